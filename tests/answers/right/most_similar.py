# %% the query pushed to the end
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    query = movie_to_id_mapping[movie_name]
    similarity = get_cos_sim_distances(embeddings[query], embeddings).at[query].set(-jnp.inf)
    return jnp.argsort(similarity, descending=True)[:k].tolist()


# %% top_k
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    query = movie_to_id_mapping[movie_name]
    similarity = get_cos_sim_distances(embeddings[query], embeddings)
    _, best = jax.lax.top_k(similarity, k + 1)
    return [int(row) for row in best if int(row) != query][:k]


# %% sorted with a key
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    query = movie_to_id_mapping[movie_name]
    similarity = np.array(get_cos_sim_distances(embeddings[query], embeddings))
    others = [row for row in range(len(similarity)) if row != query]
    return sorted(others, key=lambda row: similarity[row], reverse=True)[:k]


# %% a heap of pairs
import heapq


def get_top_k_most_similar_movies(movie_name, embeddings, k):
    query = movie_to_id_mapping[movie_name]
    values = np.asarray(get_cos_sim_distances(embeddings[query], embeddings)).tolist()
    pairs = ((value, row) for row, value in enumerate(values) if row != query)
    return [row for _, row in heapq.nlargest(k, pairs)]


# %% a mask, and an array as the result
def get_top_k_most_similar_movies(movie_name, embeddings, k):
    query = movie_to_id_mapping.get(movie_name)
    order = np.argsort(np.asarray(get_cos_sim_distances(embeddings[query], embeddings)))[::-1]
    return order[order != query][:k]


# %% pandas, without the helper
import pandas as pd


def get_top_k_most_similar_movies(movie_name, embeddings, k):
    table = np.asarray(embeddings, dtype=float)
    table = table / np.sqrt((table**2).sum(1, keepdims=True))
    query = movie_to_id_mapping[movie_name]
    similarity = pd.Series(table @ table[query]).drop(query)
    return similarity.sort_values(ascending=False).index[:k].tolist()
