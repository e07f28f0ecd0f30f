"""A real Chromium for tests and pictures, told to ask for nothing by itself."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

QUIETLY = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--disable-default-apps", "--no-first-run", "--disable-extensions",
    "--disable-domain-reliability", "--disable-features=Translate,OptimizationHints,MediaRouter",
)  # fmt: skip


def path_of_chromium() -> str:
    """Return where Chromium is; without one a test is skipped, which under CI is a failure."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail("no chromium to look at the pages with")
        pytest.skip("no chromium to look at the pages with")
    return str(found)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a Chromium without a window."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path_of_chromium(), args=list(QUIETLY))
        try:
            yield browser
        finally:
            browser.close()
