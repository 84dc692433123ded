"""Pictures: plots, maps of embeddings, and posters of movies."""
