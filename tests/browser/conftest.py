"""A browser, a Jupyter server on a copy of the course, and a picture of every step."""

import itertools
import shutil
from pathlib import Path

import pytest


# Playwright is imported late: the quick tests, which pass by here, do without it.
@pytest.fixture(scope="session")
def browser():
    """Chromium."""
    from images.browser import chromium

    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def server(course_copy):
    """The address of a Jupyter server on a copy of the course."""
    from images.browser import jupyter

    with jupyter(course_copy) as address:
        yield address


@pytest.fixture
def page(browser):
    """A window of the size of a small laptop."""
    window = browser.new_page(viewport={"width": 1280, "height": 900})
    yield window
    window.close()


@pytest.fixture
def open_notebook(page, server, course, course_copy, shot):
    """Open an edition as it was made, with a fresh kernel: `open_notebook(path, app="lab")`."""
    from images.browser import Notebook

    def open_fresh(path: str, app: str = "lab") -> Notebook:
        shutil.copy2(course / path, course_copy / path)
        return Notebook(page, server, course_copy, path, app)

    yield open_fresh
    shot("end")
    base, token = server.split("/?")
    page.goto("about:blank")
    for session in page.request.get(f"{base}/api/sessions?{token}").json():
        page.request.delete(f"{base}/api/sessions/{session['id']}?{token}")


@pytest.fixture(scope="session")
def shot_folder(course) -> Path:
    """Where the pictures lie: build/browser/."""
    folder = course / "build" / "browser"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def shot(page, shot_folder, request):
    """Keep what the page shows: `shot("wrong answer")`."""
    number = itertools.count(1)

    def take(name: str) -> None:
        # Posters and plots fade in.
        page.wait_for_timeout(300)
        page.screenshot(path=shot_folder / f"{request.node.name}-{next(number)}-{name}.png")

    return take
