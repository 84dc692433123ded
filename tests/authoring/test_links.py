"""Links that lead nowhere, and pictures that are heavy or without words."""

import pytest

from authoring.course import Course
from authoring.links import link_faults, output_faults, picture_faults
from authoring.verify import course_faults


@pytest.fixture
def folder(tmp_path):
    """A picture, and a document with two headings."""
    (tmp_path / "dot.svg").write_text("<svg/>")
    (tmp_path / "page.md").write_text("# Terms\n## What *is* [it](x)?\n```\n# no heading\n```\n")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("![a dot](no.svg)", "no.svg does not exist"),
        ('![a dot](no.svg "its title")', "no.svg does not exist"),
        ("[![a dot](dot.svg)](no.md)", "no.md does not exist"),
        ("[a page][1]\n\n[1]: no.md", "no.md does not exist"),
        ("<a class=x href='no.md'>a page</a>", "no.md does not exist"),
        ("![](dot.svg)", "picture dot.svg has no alt text"),
        ("<IMG SRC='dot.svg'>", "picture dot.svg has no alt text"),
        ("# Here\n[below](#nowhere)", "#nowhere: there is no such heading"),
        ("[code](page.md#no-heading)", "page.md#no-heading: there is no such heading"),
    ],
)
def test_a_fault_is_one_sentence(text, fault, folder):
    assert list(link_faults(text, folder)) == [fault]


@pytest.mark.parametrize(
    "text",
    [
        "![a dot](dot.svg) [![a dot](dot.svg)](page.md)",
        "# Here it is!\n[up](#here-it-is) [there](page.md#what-is-it) [terms](page.md#terms)",
        "`[x](no.md)` and ``[x](no.md)``\n\n```\n[y](no.md)\n```\n",
        "<img alt='a dot' src='dot.svg'> <a id='x'></a> [far](https://example.org/no.md#x)",
    ],
)
def test_what_leads_somewhere_is_no_fault(text, folder):
    assert list(link_faults(text, folder)) == []


def test_a_heavy_picture_shown_or_not(folder):
    (folder / "dot.svg").write_bytes(b" " * 150_001)
    told = "dot.svg weighs 150,001 bytes, over 150,000"
    assert list(link_faults("![a dot](dot.svg)", folder)) == [told]
    assert list(picture_faults(folder)) == [told]


def test_a_picture_in_an_output():
    heavy = "A" * 200_004
    image = f"<img src='data:image/png;base64,{heavy}'>"
    weight = "a picture in an output weighs 150,003 bytes, over 150,000"
    assert list(output_faults({"text/html": image})) == [
        "a picture in an output has no alt text",
        weight,
    ]
    assert list(output_faults({"image/png": heavy})) == [weight]
    assert list(output_faults({"image/png": "AAAA", "text/plain": "a plot"})) == []


@pytest.mark.parametrize(
    "document", ["README.md", "docs/students.md", "helpers/pictures/assets/README.md"]
)
def test_every_document_of_the_course_is_read(document, small):
    path = small.root / document
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text() if path.exists() else ""
    path.write_text(f"{before}\n[gone](no.md)\n")
    assert f"{document}: no.md does not exist" in list(course_faults(Course(small.root)))
