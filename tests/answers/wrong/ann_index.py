# %% *
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    index.set_seed(seed)
    for row, vector in enumerate(vectors):
        index.add_item(row, vector)
    index.build(num_trees)
    return index


def recall_against_exact(approximate, exact):
    return len(set(approximate) & set(exact)) / len(exact)


# %% euclidean
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "euclidean")
    index.set_seed(seed)
    for row, vector in enumerate(vectors):
        index.add_item(row, vector)
    index.build(num_trees)
    return index


# %% manhattan
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "manhattan")
    index.set_seed(seed)
    for row, vector in enumerate(vectors):
        index.add_item(row, vector)
    index.build(num_trees)
    return index


# %% dot
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "dot")
    index.set_seed(seed)
    for row, vector in enumerate(vectors):
        index.add_item(row, vector)
    index.build(num_trees)
    return index


# %% not_built
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    index.set_seed(seed)
    for row, vector in enumerate(vectors):
        index.add_item(row, vector)
    return index


# %% nothing_added
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    index.set_seed(seed)
    index.build(num_trees)
    return index


# %% last_missing
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    index.set_seed(seed)
    for row in range(len(vectors) - 1):
        index.add_item(row, vectors[row])
    index.build(num_trees)
    return index


# %% counted_from_one
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    index.set_seed(seed)
    for row, vector in enumerate(vectors, start=1):
        index.add_item(row, vector)
    index.build(num_trees)
    return index


# %% first_only
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    index.set_seed(seed)
    index.add_item(0, vectors[0])
    index.build(num_trees)
    return index


# %% added_backwards
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    index.set_seed(seed)
    for row, vector in enumerate(vectors[::-1]):
        index.add_item(row, vector)
    index.build(num_trees)
    return index


# %% trees_fixed
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    index.set_seed(seed)
    for row, vector in enumerate(vectors):
        index.add_item(row, vector)
    index.build(10)
    return index


# %% trees_fixed: one
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    index.set_seed(seed)
    for row, vector in enumerate(vectors):
        index.add_item(row, vector)
    index.build(1)
    return index


# %% seed_ignored: not set
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    for row, vector in enumerate(vectors):
        index.add_item(row, vector)
    index.build(num_trees)
    return index


# %% seed_ignored: always 42
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    index.set_seed(42)
    for row, vector in enumerate(vectors):
        index.add_item(row, vector)
    index.build(num_trees)
    return index


# %% seed_ignored: set after build
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    for row, vector in enumerate(vectors):
        index.add_item(row, vector)
    index.build(num_trees)
    index.set_seed(seed)
    return index


# %% seed_random
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    index.set_seed(np.random.default_rng().integers(1, 10**6))
    for row, vector in enumerate(vectors):
        index.add_item(row, vector)
    index.build(num_trees)
    return index


# %% wrong_dimension
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[0], "angular")
    index.set_seed(seed)
    for row, vector in enumerate(vectors):
        index.add_item(row, vector)
    index.build(num_trees)
    return index


# %% added_after_build
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    index.set_seed(seed)
    for row, vector in enumerate(vectors):
        index.add_item(row, vector)
        index.build(num_trees)
    return index


# %% returns_build
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    index.set_seed(seed)
    for row, vector in enumerate(vectors):
        index.add_item(row, vector)
    return index.build(num_trees)


# %% no_return
def build_annoy_index(embeddings, num_trees=10, seed=42):
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    index.set_seed(seed)
    for row, vector in enumerate(vectors):
        index.add_item(row, vector)
    index.build(num_trees)


# %% over_approximate
def recall_against_exact(approximate, exact):
    return len(set(approximate) & set(exact)) / len(approximate)


# %% place_by_place
def recall_against_exact(approximate, exact):
    return sum(a == b for a, b in zip(approximate, exact)) / len(exact)


# %% hits_counted
def recall_against_exact(approximate, exact):
    return len(set(approximate) & set(exact))


# %% jaccard
def recall_against_exact(approximate, exact):
    return len(set(approximate) & set(exact)) / len(set(approximate) | set(exact))


# %% missed
def recall_against_exact(approximate, exact):
    return len(set(exact) - set(approximate)) / len(exact)


# %% percent
def recall_against_exact(approximate, exact):
    return 100 * len(set(approximate) & set(exact)) / len(exact)


# %% all_or_nothing
def recall_against_exact(approximate, exact):
    return float(approximate == exact)


# %% any_hit
def recall_against_exact(approximate, exact):
    return float(any(item in exact for item in approximate))


# %% lists_of_one_length
def recall_against_exact(approximate, exact):
    return sum(a in exact for a, b in zip(approximate, exact, strict=True)) / len(exact)


# %% -: nothing
def build_annoy_index(embeddings, num_trees=10, seed=42):
    return AnnoyIndex(embeddings.shape[1], "angular")


def recall_against_exact(approximate, exact):
    return 0.0
