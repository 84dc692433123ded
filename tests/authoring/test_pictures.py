"""Pictures among the outputs get lighter and stay what they show."""

import base64
import io

import numpy as np
from nbformat import v4
from PIL import Image, ImageDraw

from authoring.pictures import lighten_pictures


def notebook_with(picture):
    packed = io.BytesIO()
    picture.save(packed, "PNG")
    data = {"image/png": base64.b64encode(packed.getvalue()).decode(), "text/plain": "a picture"}
    return v4.new_notebook(
        cells=[
            v4.new_markdown_cell("text"),
            v4.new_code_cell(outputs=[v4.new_output("display_data", data)]),
        ]
    )


def pixels(notebook):
    data = notebook.cells[1].outputs[0].data["image/png"]
    return len(data), np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"), int)


def test_a_plot_becomes_lighter_and_looks_the_same():
    picture = Image.new("RGBA", (400, 300), (255, 255, 255, 255))
    draw = ImageDraw.Draw(picture)
    for n in range(40):
        draw.ellipse((n * 8, n * 5, n * 8 + 40, n * 5 + 40), fill=(6 * n, 90, 255 - 6 * n, 255))
    notebook = notebook_with(picture)
    before, shown = pixels(notebook)
    lighten_pictures(notebook)
    after, kept = pixels(notebook)
    assert after < before
    assert np.abs(kept - shown).max() <= 8
    assert notebook.cells[1].outputs[0].data["text/plain"] == "a picture"


def test_a_picture_that_cannot_be_lighter_stays():
    notebook = notebook_with(Image.new("1", (3, 3)))
    before = notebook.cells[1].outputs[0].data["image/png"]
    lighten_pictures(notebook)
    assert notebook.cells[1].outputs[0].data["image/png"] == before
