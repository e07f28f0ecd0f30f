"""A real Chromium for tests and pictures, which draws without a graphics card and asks for nothing by itself."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 1_500  # fiftieths of a second
ARGUMENTS = (
    "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-sync", "--disable-component-update", "--disable-default-apps",
    "--no-first-run", "--disable-extensions", "--disable-domain-reliability",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
)  # fmt: skip
SLOW_DRIVER = "GL Driver Message"
"""What the console says of a driver without a card."""


@contextmanager
def chromium() -> Iterator["Browser"]:
    """Give a browser; without one the test is skipped, which under CI is a failure."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium to open the page with")
        pytest.skip("no Chromium to open the page with")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def wait_until(page: "Page", question: str) -> None:
    """Wait until a page answers yes; its policy forbids the waiting that playwright brings."""
    for _ in range(PATIENCE):
        if page.evaluate(question):
            return
        page.wait_for_timeout(20)
    pytest.fail(f"the page never came to {question}")
