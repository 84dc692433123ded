# %% query_not_excluded
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    return np.argsort(-similarity)[:k].tolist()


# %% query_not_excluded: compared with the name
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(-similarity).tolist()
    return [other for other in order if other != movie_name][:k]


# %% excluded_by_position
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    return np.argsort(-similarity)[1 : k + 1].tolist()


# %% excluded_by_position: reversed, without the last
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    return np.argsort(similarity)[:-1][::-1][:k].tolist()


# %% excluded_by_similarity
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(-similarity).tolist()
    return [other for other in order if similarity[other] < 0.999999][:k]


# %% excluded_after_cut
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(-similarity).tolist()
    return [other for other in order[:k] if other != movie]


# %% one_too_many
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(-similarity).tolist()
    return [other for other in order if other != movie][: k + 1]


# %% worst_first
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(similarity).tolist()
    return [other for other in order if other != movie][:k]


# %% worst_first: the right ones upside down
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(-similarity).tolist()
    return [other for other in order if other != movie][:k][::-1]


# %% not_cut
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(-similarity).tolist()
    return [other for other in order if other != movie]


# %% k_fixed
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(-similarity).tolist()
    return [other for other in order if other != movie][:5]


# %% last_left_out
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(-similarity).tolist()
    return [other for other in order if other != len(order) - 1][:k]


# %% first_row_left_out
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(-similarity).tolist()
    return [other for other in order if other != 0][:k]


# %% other_query: the row k
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[k], embeddings))
    order = np.argsort(-similarity).tolist()
    return [other for other in order if other != movie][:k]


# %% other_query: the last row
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[-1], embeddings))
    order = np.argsort(-similarity).tolist()
    return [other for other in order if other != movie][:k]


# %% dot_product
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    similarity = np.asarray(embeddings @ embeddings[movie])
    order = np.argsort(-similarity).tolist()
    return [other for other in order if other != movie][:k]


# %% euclidean
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    similarity = -np.linalg.norm(np.asarray(embeddings - embeddings[movie]), axis=1)
    order = np.argsort(-similarity).tolist()
    return [other for other in order if other != movie][:k]


# %% by_strength
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(-np.abs(similarity)).tolist()
    return [other for other in order if other != movie][:k]


# %% by_number
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(-similarity).tolist()
    return sorted([other for other in order if other != movie][:k])


# %% not_sorted
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    return [other for other in range(len(similarity)) if other != movie][:k]


# %% rank_instead_of_item
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    ranks = np.argsort(np.argsort(-similarity))
    return [int(rank) for other, rank in enumerate(ranks) if other != movie][:k]


# %% rank_instead_of_item: enumerate over the sorted
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    best = sorted(similarity, reverse=True)
    return [rank for rank, value in enumerate(best)][1 : k + 1]


# %% numbers_shifted
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    others = np.delete(similarity, movie)
    return np.argsort(-others)[:k].tolist()


# %% similarities
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    return sorted(np.delete(similarity, movie).tolist(), reverse=True)[:k]


# %% names
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(-similarity).tolist()
    names = {row: name for name, row in movie_to_id_mapping.items()}
    return [names[other] for other in order if other != movie][:k]


# %% pairs
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(-similarity).tolist()
    return [(other, float(similarity[other])) for other in order if other != movie][:k]


# %% set
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(-similarity).tolist()
    return {other for other in order[: k + 1] if other != movie}


# %% lazy
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    order = np.argsort(-similarity).tolist()
    return filter(lambda other: other != movie, order[: k + 1])


# %% -: nothing
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    movie = movie_to_id_mapping[movie_name]
    similarity = np.asarray(get_cos_sim_distances(embeddings[movie], embeddings))
    return []
