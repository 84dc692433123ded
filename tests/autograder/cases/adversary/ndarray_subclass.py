# exercise: cosine_similarity
# expect: failed
import numpy as np


class Agreeable(np.ndarray):
    def __array_ufunc__(self, *_, **__):
        return np.zeros(self.shape)

    def __eq__(self, other):
        return np.ones(self.shape, bool)

    def astype(self, *_, **__):
        return self


def get_cos_sim_distances(item, embeddings):
    return np.zeros(len(embeddings)).view(Agreeable)
