"""Draw every picture of the course anew: `python -m images.draw`."""

from images import hyperplanes, models, overview

PICTURES = (
    overview.header,
    overview.bookshop,
    overview.recommender_loop,
    overview.funnel,
    overview.four_stages,
    models.content_vs_collaborative,
    models.matrix_factorisation,
    hyperplanes.regions,
    hyperplanes.tree,
)

if __name__ == "__main__":
    for picture in PICTURES:
        target = picture()
        print(f"images/{target.name}: {target.stat().st_size:,} bytes")
