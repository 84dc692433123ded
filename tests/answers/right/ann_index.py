# %% *
def recall_against_exact(approximate, exact):
    return len(set(approximate) & set(exact)) / len(exact)


# %% range over the rows
def build_annoy_index(embeddings, num_trees=10, seed=42):
    table = np.array(embeddings)
    index = AnnoyIndex(table.shape[1], "angular")
    for row in range(len(table)):
        index.add_item(row, table[row])
    index.set_seed(seed)
    index.build(num_trees)
    return index


# %% lists of numbers
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = embeddings.tolist()
    index = AnnoyIndex(len(vectors[0]), metric="angular")
    index.set_seed(seed)
    [index.add_item(row, vector) for row, vector in enumerate(vectors)]
    index.build(n_trees=num_trees)
    return index


def recall_against_exact(approximate, exact):
    return sum(item in approximate for item in exact) / len(exact)


# %% one thread, NumPy for the recall
def build_annoy_index(embeddings: jax.Array, num_trees: int = 10, seed: int = 42) -> AnnoyIndex:
    n, d = embeddings.shape
    index = AnnoyIndex(d, "angular")
    index.set_seed(seed)
    for row, vector in zip(range(n), np.asarray(embeddings)):
        index.add_item(row, vector)
    index.build(num_trees, n_jobs=1)
    return index


def recall_against_exact(approximate, exact):
    return np.isin(exact, approximate).mean()


# %% row by row from JAX, intersect1d
def build_annoy_index(embeddings, num_trees=10, seed=42):
    index = AnnoyIndex(embeddings.shape[-1], "angular")
    index.set_seed(seed)
    for row in range(embeddings.shape[0]):
        index.add_item(row, embeddings[row])
    index.build(num_trees)
    return index


def recall_against_exact(approximate, exact):
    return float(np.intersect1d(approximate, exact).size / np.size(exact))


# %% added backwards, a loop for the recall
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    for row in reversed(range(len(vectors))):
        index.add_item(row, vectors[row])
    index.set_seed(seed)
    index.build(num_trees)
    return index


def recall_against_exact(approximate, exact):
    found = 0
    for item in approximate:
        if item in exact:
            found += 1
    return found / len(exact)


# %% unit vectors, the same angles
def build_annoy_index(embeddings, num_trees=10, seed=42):
    unit = np.asarray(embeddings / jnp.linalg.norm(embeddings, axis=1, keepdims=True))
    index = AnnoyIndex(unit.shape[1], "angular")
    index.set_seed(seed)
    for row, vector in enumerate(unit):
        index.add_item(row, vector)
    index.build(num_trees)
    return index
