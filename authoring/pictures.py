"""Make the pictures among a notebook's outputs light enough to be committed."""

import base64
import io

from nbformat import NotebookNode
from PIL import Image

_COLOURS = 128


def lighten_pictures(notebook: NotebookNode) -> None:
    """Store each PNG among the outputs with a palette, where that is smaller."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data:
                data["image/png"] = _lighter(data["image/png"])


def _lighter(encoded: str) -> str:
    with Image.open(io.BytesIO(base64.b64decode(encoded))) as picture:
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    packed = io.BytesIO()
    flat.quantize(_COLOURS, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
    lighter = base64.b64encode(packed.getvalue()).decode()
    return min(lighter, encoded, key=len)
