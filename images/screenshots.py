"""Take the README's pictures from the real thing: `python -m images.screenshots`."""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from benchmarks.class_runs import copy_course, grade
from benchmarks.synthetic import write_class
from images.browser import Notebook, chromium, jupyter
from images.style import HERE

EDITION = "notebooks/recommender_systems/Recommender_Systems.ipynb"
# A mistake that many make, and that gives nothing away.
ANSWER = """# exercise: sparsity
def sparsity(num_users: int, num_items: int, num_ratings: int) -> float:
    \"\"\"Percent of cells without a rating, from 0 (all rated) to 100 (none rated).\"\"\"
    return num_ratings / (num_users * num_items)"""
_CLASS_SIZE = 40
_MAX_BYTES = 150_000
_WIDTH, _MARGIN, _SHARPNESS = 1000, 16, 1.5


def notebook(browser: Browser, course: Path) -> Path:
    """The student edition in JupyterLab: an exercise, a wrong answer, and what its check says."""
    with jupyter(course) as server:
        page = _window(browser, 760)
        opened = Notebook(page, server, course, EDITION)
        page.keyboard.press("ControlOrMeta+b")  # without the list of files
        for text in ("# Find the course", "config = Config()"):
            opened.run(opened.cell(text))
        cell = opened.cell("# exercise: sparsity")
        opened.write(cell, ANSWER)
        opened.run(cell)
        opened.run(opened.cell('check("sparsity")'))
        heading = page.get_by_role("heading", name="Exercise sparsity")
        heading.evaluate("it => it.scrollIntoView({block: 'start'})")
        page.wait_for_timeout(1000)
        return _save("notebook.png", page.screenshot())


def class_report(browser: Browser, course: Path) -> Path:
    """From `report.html` of a class that was made up, the table of its exercises."""
    submitted, results = course / "build" / "submitted", course / "build" / "results"
    write_class(submitted, _CLASS_SIZE)
    grade(course, submitted, results, workers=2)
    page = _window(browser, 760)
    page.goto((results / "report.html").as_uri())
    top = page.get_by_role("heading", name="Exercises").bounding_box()["y"] - _MARGIN
    table = page.get_by_role("table").filter(has_text="discrimination").bounding_box()
    height = table["y"] + table["height"] + _MARGIN - top
    clip = {"x": 0, "y": top, "width": _WIDTH, "height": height}
    return _save("class_report.png", page.screenshot(clip=clip, full_page=True))


def _window(browser: Browser, height: int) -> Page:
    size = {"width": _WIDTH, "height": height}
    return browser.new_page(viewport=size, device_scale_factor=_SHARPNESS)


def _save(name: str, png: bytes) -> Path:
    """Few colours make a small file; a screen has few."""
    packed = io.BytesIO()
    few = Image.open(io.BytesIO(png)).convert("RGB").quantize(96, dither=Image.Dither.NONE)
    few.save(packed, "PNG", optimize=True)
    if packed.tell() > _MAX_BYTES:
        raise SystemExit(f"{name} weighs {packed.tell():,} bytes, over {_MAX_BYTES:,}.")
    target = HERE / name
    target.write_bytes(packed.getvalue())
    return target


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        course = copy_course(Path(folder))
        for picture in (notebook, class_report):
            target = picture(browser, course)
            print(f"images/{target.name}: {target.stat().st_size:,} bytes")
