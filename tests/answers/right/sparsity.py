# %% share of full cells
def sparsity(num_users, num_items, num_ratings):
    return (1 - num_ratings / (num_users * num_items)) * 100


# %% counting the empty cells
def sparsity(num_users: int, num_items: int, num_ratings: int) -> float:
    cells = num_users * num_items
    empty = cells - num_ratings
    return 100 * empty / cells


# %% NumPy scalars
def sparsity(num_users, num_items, num_ratings):
    return np.float64(100.0) - np.float32(100.0) * num_ratings / num_users / num_items


# %% JAX
def sparsity(num_users, num_items, num_ratings):
    return 100 * (1 - jnp.divide(num_ratings, jnp.multiply(num_users, num_items)))


# %% exact fractions
from fractions import Fraction


def sparsity(num_users, num_items, num_ratings):
    full = Fraction(num_ratings, num_users * num_items)
    return float(100 * (1 - full))


# %% a lambda
sparsity = lambda users, items, ratings: 1e2 - ratings * 1e2 / items / users
