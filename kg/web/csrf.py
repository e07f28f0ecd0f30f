"""What a form must bring so that no page of another site can have a browser send it."""

import hmac
import secrets
from typing import TYPE_CHECKING

from kg.web.door import RefusedError

if TYPE_CHECKING:
    from starlette.requests import Request


class Seal:
    """A mark that forms of this server carry, as long as it runs; nobody else can read it off a page."""

    def __init__(self) -> None:
        self.mark = secrets.token_urlsafe(24)

    def check(self, request: "Request", mark: str) -> None:
        """Raise RefusedError where a form was not sent by a page of this server."""
        site = request.headers.get("sec-fetch-site", "same-origin")
        if (
            site != "same-origin"
            or not self._is_own(request)
            or not hmac.compare_digest(mark.encode(), self.mark.encode())
        ):
            raise RefusedError(
                403, "this form is not of this server, or of before it was started anew; load the page again"
            )

    def _is_own(self, request: "Request") -> bool:
        """Return whether a form comes from this host; browsers that are to tell nothing of it say null."""
        origin = request.headers.get("origin", "null")
        return origin == "null" or origin.partition("://")[2] == request.headers.get("host")
