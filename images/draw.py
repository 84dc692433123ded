"""Draw every picture of the course anew: `python -m images.draw`."""

from images import diagrams, hyperplanes

PICTURES = (
    diagrams.header,
    diagrams.bookshop,
    diagrams.recommender_loop,
    diagrams.funnel,
    diagrams.four_stages,
    diagrams.content_vs_collaborative,
    diagrams.matrix_factorisation,
    hyperplanes.regions,
    hyperplanes.tree,
)

if __name__ == "__main__":
    for picture in PICTURES:
        target = picture()
        print(f"images/{target.name}: {target.stat().st_size:,} bytes")
