# exercise: cosine_similarity
# expect: passed
import math


def get_cos_sim_distances(item, embeddings):
    length = math.sqrt(sum(float(x) ** 2 for x in item))
    result = []
    for row in embeddings:
        dot = sum(float(x) * float(y) for x, y in zip(row, item, strict=True))
        result.append(dot / (length * math.sqrt(sum(float(x) ** 2 for x in row))))
    return np.array(result)
