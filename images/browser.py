"""A real browser on a real Jupyter: what the browser tests drive and the screenshots show."""

import contextlib
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
from playwright.sync_api import Browser, Locator, Page, sync_playwright

_NAMES = ("chromium", "google-chrome")
# Drawn in software, also WebGL, and without a word to anybody else.
_FLAGS = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
_START_SECONDS, _CELL_MS = 60, 180_000


class NoBrowserError(Exception):
    """There is no browser on this machine; the message says how to get one."""


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise NoBrowserError("No Chromium is installed. On Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def jupyter(folder: Path) -> Iterator[str]:
    """A Jupyter server with `folder` as its root; yields its address, token included.

    JupyterLab, Notebook 7 and nbgrader's pages are all there. It keeps its settings to itself.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as own:
        command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"]
        command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
        command += [f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={token}"]
        log = Path(own, "server.log")
        with log.open("w") as stream:
            server = subprocess.Popen(
                command, cwd=folder, env=_settings_in(own), stdout=stream, stderr=stream
            )
        address = f"http://127.0.0.1:{port}/?token={token}"
        try:
            _wait_for(f"http://127.0.0.1:{port}/api", server, log)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=_START_SECONDS)


def _settings_in(folder: str) -> dict[str, str]:
    # A kernel inherits this: it must show what it shows to a person.
    kept = {name: value for name, value in os.environ.items() if name != "RECSYS_HEADLESS"}
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    names += ("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    bin_first = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return kept | {name: str(Path(folder, name)) for name in names} | {"PATH": bin_first}


def _wait_for(url: str, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(urllib.error.URLError), urllib.request.urlopen(url, timeout=2):
            return
        time.sleep(0.2)
    raise RuntimeError(f"Jupyter did not start:\n{log.read_text()[-2000:]}")


class Notebook:
    """A notebook in JupyterLab or Notebook 7, found and used by what a person sees."""

    def __init__(self, page: Page, server: str, root: Path, path: str, app: str = "lab"):
        """Open `path`, below the server's `root`, in `app`: "lab" or "notebooks"."""
        self.page = page
        self._sources = [cell.source for cell in nbformat.read(root / path, 4).cells]
        base, token = server.split("/?")
        where = f"lab/tree/{path}" if app == "lab" else f"{app}/{path}"
        page.goto(f"{base}/{where}?{token}&reset")
        page.locator(".jp-Cell").first.wait_for(timeout=_START_SECONDS * 1000)
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for(
            timeout=_START_SECONDS * 1000
        )
        # JupyterLab asks once whether it may fetch its news.
        with contextlib.suppress(Exception):
            page.get_by_role("button", name="No", exact=True).click(timeout=3000)

    def cell(self, text: str) -> Locator:
        """The first cell of the file with `text`, scrolled to.

        Jupyter shows the text of a cell only while it is in view, so its place comes from the file.
        """
        place = next(n for n, source in enumerate(self._sources) if text in source)
        found = self.page.locator(".jp-Notebook .jp-Cell").nth(place)
        found.scroll_into_view_if_needed()
        return found

    def write(self, cell: Locator, source: str) -> None:
        """Put `source` in place of what the cell says, as one pastes it."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)

    def run(self, cell: Locator) -> Locator:
        """Run the cell, wait for its end and return its outputs."""
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.text_content()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+Enter")
        self._wait_until_run(prompt, before)
        outputs = cell.locator(".jp-OutputArea").first
        outputs.evaluate("area => area.scrollIntoView({block: 'nearest'})")
        return outputs

    def run_all(self) -> None:
        """Menu Run, Run All Cells; returns when the last code cell has run."""
        prompt = self.page.locator(".jp-CodeCell .jp-InputPrompt").last
        before = prompt.text_content()
        self.menu("Run", "Run All Cells")
        self._wait_until_run(prompt, before)

    def menu(self, name: str, entry: str) -> None:
        """Choose `entry` in the menu `name`."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{name}$")).click()
        self.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{entry}$")).click()

    def errors(self) -> list[str]:
        """Last lines of the tracebacks that the notebook shows."""
        texts = self.page.locator(
            ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error'],"
            ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']"
        ).all_inner_texts()
        return [text.strip().splitlines()[-1] for text in texts if text.strip()]

    def _wait_until_run(self, prompt: Locator, before: str) -> None:
        deadline = time.monotonic() + _CELL_MS / 1000
        while time.monotonic() < deadline:
            # Out of view a prompt may not be drawn anew.
            prompt.evaluate("it => it.scrollIntoView({block: 'nearest'})")
            now = prompt.text_content()
            if now != before and re.fullmatch(r"\[\d+\]:", now):
                return
            self.page.wait_for_timeout(200)
        raise TimeoutError(f"A cell did not finish in {_CELL_MS // 1000} s.")
