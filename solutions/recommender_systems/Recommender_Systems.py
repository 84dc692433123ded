# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: -all,nbgrader,tags
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Recommender Systems
#
# [![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)](https://colab.research.google.com/github/@@REPOSITORY@@/blob/main/@@NOTEBOOK@@)
#
# ![Recommender Systems: from 100,000 ratings to five movies for one person. A wall of posters, five of them lit](../../images/header.svg)
#
# A shop with nine thousand movies shows you five. Which five? By the end of this practical you will
# have built a system that decides it: from 100,000 ratings of real people to a list of movies for one
# of them. You will write its models, its training step, its search and the measure of its success.
#
# **You will learn** how a recommender system is put together, how collaborative filtering finds
# structure that nobody described, how to tell a good model from a bad one, and how a search among
# millions stays fast.
#
# **You need** Python, some NumPy, and an idea of what a gradient is. JAX and Flax are explained where they
# appear. There is no need for a GPU: each model trains in seconds.
#
# **How it works.** Twelve exercises wait for your code and two for your thoughts. Write your answer
# where it says `YOUR CODE HERE`, run the cell, then run the check below it. A check tells you at once
# what holds and what does not, and shows your result beside the expected one. Your teacher's checks look at the
# same things on other numbers, and at the cases named under *Also checked*. If an exercise resists, read
# on: nothing later depends on it.

# %% [markdown]
# ## Set-up
#
# Run these cells first. They work with and without a network.

# %% tags=["setup"]
# Find the course on this machine. Elsewhere (on Colab) fetch its released edition.
import subprocess
import sys
from pathlib import Path

here = Path.cwd()
places = [here, *here.parents, here / "recommender-systems"]
course = next((place for place in places if (place / "helpers" / "checks").is_dir()), None)
if course is None:
    course = here / "recommender-systems"
    address = "https://github.com/@@REPOSITORY@@"
    options = ["--quiet", "--depth=1", "--branch=@@RELEASE@@", "--config=advice.detachedHead=false"]
    if subprocess.run(["git", "clone", *options, address, str(course)]).returncode != 0:
        sys.exit(f"The course could not be fetched from {address}. Is there a network?")
sys.path.insert(0, str(course))

from helpers import prepare_environment

prepare_environment()

# %%
import jax
import jax.numpy as jnp
import numpy as np
import optax
import pandas as pd
from annoy import AnnoyIndex
from flax import linen as nn
from IPython.display import display

from helpers import (
    Config,
    Leaderboard,
    TrainState,
    cross_tabulate,
    densify_column_values,
    display_recommendations,
    get_dataset,
    get_train_val_split,
    initialise_train_state,
    live_loss,
    load_checkpoint,
    make_mapping,
    make_movie_lookup,
    needs,
    open_projector,
    plot_biases,
    plot_embedding_map,
    plot_leaderboard,
    plot_predictions,
    plot_recall_curve,
    pred_step,
    prepare_dataloaders,
    progress_panel,
    save_and_submit,
    search_dataframe,
    train_model,
    write_projector,
)
from helpers.checks import check

config = Config()
config

# %% [markdown]
# Your progress: each check that passes moves it. Run the cell again wherever you like to see it.

# %%
progress_panel()

# %% [markdown]
# ## 1. Recommender systems: an overview
#
# ### 1.1 A real-world scenario: the bookshop
#
# You walk into a bookshop. You pass most shelves without a glance, stop at a few, take a book down,
# read its back, put it away. Another one you buy. A week later you return, and the bookseller, who
# has watched many people choose, says: "You liked that one? Then look at these three." You buy one of the three.
#
# ![Shelves of books, most passed by, three opened, one bought; the bookseller says: you liked that one? Then look at these three](../../images/bookshop.svg)

# %% [markdown]
# #### Exercise `bookshop`: what does a bookseller know?
#
# *Level: easy. About 5 minutes. 2 points, read by your teacher.*
#
# Write four to six sentences:
#
# 1. What do the ignored, the opened and the bought books each say about the books, and about you?
# 2. The bookseller never asked what you like. From what could they tell, and whom else did they need to have watched?
# 3. Name one thing that this bookseller will get wrong about you, and why.
#
# *Rubric.* 1 point for signals of different strength, and what each says about the reader and about the book. 1 point for the
# bookseller's source, and one limit with its reason.
#
# <details><summary>Ask for a hint</summary><blockquote>Which of the three costs the reader most, and could happen by accident least? And
# whom do you shop for in December?</blockquote></details>

# %% [markdown] nbgrader={"grade": true, "grade_id": "bookshop", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Buying is a strong sign that a reader likes a book, taking it down a weak one, and passing by is
# almost none: most ignored books were never noticed. Together these signs draw a profile of the reader
# (favourite genres, authors, length, price) and of the book (who reaches for it). The bookseller
# compares my few choices with those of many earlier customers, finds people who chose like me, and shows
# what they bought next; nobody had to describe the books. They will misjudge me where my choices were not
# for me (a present), where I have shown nothing yet (a new customer, or a new interest), and they will
# favour books that everybody buys.
# ### END SOLUTION

# %% [markdown]
# ### 1.2 The architecture of a recommender system
#
# #### 1.2.1 Overview: a loop
#
# Replace the bookseller by a program. A person meets **items** (books, movies, songs) and leaves
# **feedback**: a purchase, a rating, a click. The recommender learns from everybody's feedback. Given a
# **query** (who is asking, and perhaps the hour, the device, the last search) it picks items from the
# catalogue and shows them. What the person does next is feedback again.
#
# ![A loop: person, feedback, recommender, recommended items, and back to the person](../../images/recommender_loop.svg)

# %% [markdown]
# #### 1.2.2 Zooming in: a funnel
#
# YouTube described its recommender in 2016 (Covington et al.). Millions of videos cannot all be judged with care
# in the fraction of a second that a page may take. So the work is split in two:
#
# - **Retrieval** (or candidate generation) is quick and rough: from millions of items to hundreds. It may
#   make mistakes, as long as the good items are among the hundreds.
# - **Ranking** (or scoring) is slow and careful: it looks at many features of each candidate and orders
#   the hundreds, so that a dozen can be shown.
#
# ![A funnel: 10,000,000 items; retrieval, quick and rough, leaves 500 candidates; ranking, slow and careful, shows 12](../../images/funnel.svg)

# %% [markdown]
# #### 1.2.3 Four stages
#
# In practice two more stages have proved useful (Oldridge and Byrne, NVIDIA Merlin, 2022): **filtering** takes out what
# must not be shown (sold out, seen already, not for children), and **ordering** arranges the final
# list by rules of the house: variety, freshness, a sponsored place.
#
# ![Four stages and what becomes of six movies: retrieval finds them, filtering drops two seen already, scoring predicts the rating of each, ordering puts the best first](../../images/four_stages.svg)
#
# You will build the first three for movies: retrieval by similar embeddings, a filter for what
# was watched, and scores by predicted rating.

# %% [markdown]
# ## 2. Collaborative filtering
#
# ### 2.1 Overview
#
# How do we know that two movies are alike? **Content-based filtering** compares their descriptions: genre,
# cast, plot. Somebody has to write these, and taste is not always in them. **Collaborative
# filtering** needs no description at all. If the people who liked *this* also liked *that*, then the two
# belong together, whatever they are about.
#
# ![Content-based: two movies are described alike, so who liked one gets the other. Collaborative: two people liked A and B, one of them also C, so the other gets C](../../images/content_vs_collaborative.svg)

# %% [markdown]
# ### 2.2 Matrix factorisation
#
# Write all ratings into a table $A$ with a row for each of $m$ users and a column for each of $n$ items.
# Most cells are empty. We look for two thin tables
#
# - $U \in \mathbb{R}^{m \times d}$, one row $U_i$, the **embedding**, for each user, and
# - $V \in \mathbb{R}^{n \times d}$, one row $V_j$ for each item,
#
# so that the dot product $\langle U_i, V_j \rangle$ is close to the rating $A_{ij}$ wherever we know it. Then the same
# product *predicts* the cells that we do not know. Each of the $d$ columns can stand for a trait, such as "how much
# action", but nobody names the traits: they are found.
#
# ![A table of ratings of four users and five movies as the product of a table of users and a table of items; an empty cell is predicted: 2 × 1 + 1 × 1.5 = 3.5](../../images/matrix_factorisation.svg)
#
# The tables hold $(m + n)\,d$ numbers instead of $m\,n$: they cannot learn the ratings by heart, and so they must find what
# the ratings have in common.

# %% [markdown]
# #### Two ways to find the tables
#
# We want the smallest mean squared error over the observed cells:
#
# $$\frac{1}{|\text{obs}|} \sum_{(i,j) \in \text{obs}} \left(A_{ij} - \langle U_i, V_j \rangle\right)^2$$
#
# - **Stochastic gradient descent (SGD)** takes a batch of ratings, computes the gradient of the error and
#   moves both tables a little against it. It works for any model and any loss.
# - **Weighted alternating least squares (WALS)** holds $V$ fixed, for which the best $U$ is found by solving linear
#   equations; then it holds $U$ fixed and solves for $V$; and so on. It is made for this
#   one problem, needs few rounds and copes well with the empty cells counted as weak zeros.
#
# We take SGD, because the model will grow beyond a plain product.

# %% [markdown]
# ### 2.3 The MovieLens data
#
# People at [movielens.org](https://movielens.org) rate movies from half a star to five stars. The research group
# GroupLens at the University of Minnesota publishes the ratings (Harper and Konstan 2015). This course carries the
# edition *latest-small* of October 2016 along, so you need no download.

# %%
df = get_dataset(config.DATASET, source=config.SOURCE)
df.head()

# %% [markdown]
# One row is one rating. `timestamp` counts seconds since 1 January 1970 (UTC). The key of a movie is its
# `movie_id` and not its title: two different movies are called *Hamlet (2000)*.
#
# Here are the ratings of some of the busiest users for some of the best-known movies, laid out as the table $A$:

# %%
cross_tabulate(df)

# %% [markdown]
# #### Exercise `sparsity`: how empty is the table?
#
# *Level: easy. About 3 minutes. 1 point.*
#
# Even the most popular corner has holes. How many percent of the *whole* table are empty?
#
# $$\text{sparsity} = 100 \left(1 - \frac{\text{number of ratings}}{\text{number of users} \times \text{number of items}}\right)$$


# %% nbgrader={"grade": false, "grade_id": "sparsity", "locked": false, "schema_version": 3, "solution": true, "task": false}
# exercise: sparsity
def sparsity(num_users: int, num_items: int, num_ratings: int) -> float:
    """Percent of cells without a rating, from 0 (all rated) to 100 (none rated)."""
    ### BEGIN SOLUTION
    num_cells = num_users * num_items
    return 100.0 * (1.0 - num_ratings / num_cells)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sparsity-tests", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("sparsity")
### BEGIN HIDDEN TESTS
from grading_tests import grade

grade("sparsity", globals())
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>Ask for a hint</summary><blockquote>
# <details><summary>Hint 1</summary>How many cells does a table of 2 users and 5 movies have?</details>
# <details><summary>Hint 2</summary>Find the share of full cells first, between 0 and 1.</details>
# <details><summary>If you see a result near 1.6 or 0.98…</summary>Near 1.6 it is the percentage of full
# cells; near 0.98 it is a share and not yet a percentage.</details>
# </blockquote></details>
#
# *Also checked: an empty table and a full one.*

# %%
with needs("sparsity"):
    percent = sparsity(df.user_id.nunique(), df.movie_id.nunique(), len(df))
    print(f"{percent:.2f} % of the table is empty.")

# %% [markdown]
# ### 2.4 Preparing the data
#
# An embedding table has rows 0, 1, 2, …, but movie ids have gaps. `densify_column_values` numbers them
# through. From here on `user_id` and `item_id` count from 0, and `movies` tells what is behind an `item_id`.

# %%
df["user_id"], user_list, user_to_id = densify_column_values(df, "user_id")
df["item_id"], movie_list, _ = densify_column_values(df, "movie_id")
num_users, num_items = len(user_list), len(movie_list)

movies = make_movie_lookup(df)
movies.head().round(2)

# %% [markdown]
# We hold one rating in five back to **validate** on: what a model has learnt by heart does not help it there. Which ratings
# are held back depends only on the seed, the user and the movie, so everybody gets the same ones and your numbers can be
# compared with your neighbour's. A *batch* is a dictionary of arrays, one value per rating.

# %%
train_df, val_df = get_train_val_split(df, seed=config.SEED)
train_ds, val_ds = prepare_dataloaders(
    train_df, val_df, config.BATCH_SIZE, config.NUM_EPOCHS, seed=config.SEED
)
batch = next(iter(train_ds))
print(f"{len(train_df):,} ratings to learn from, {len(val_df):,} to validate on. A batch:")
{name: (column.dtype, column.shape) for name, column in batch.items()}

# %% [markdown]
# #### A number to beat
#
# Never judge a model without a simple rival. The simplest predicts the same for everyone: the mean rating. Its
# mean squared error (MSE) opens our table. Every model you finish will add its row.

# %%
leaderboard = Leaderboard()
mean_rating = train_df.user_rating.mean()
leaderboard.add("mean rating", ((val_df.user_rating - mean_rating) ** 2).mean(), baseline=True)
leaderboard

# %% [markdown]
# #### Exercise `baseline`: some movies are better, some people are kinder
#
# *Level: medium. About 10 minutes. 2 points.*
#
# A far better rival knows two more things: how much above the mean a movie is rated, and how much above *that* a user
# rates. With $\mu$ the mean of all ratings $r$, and $n_j$, $n_i$ the numbers of ratings of movie $j$ and of user $i$:
#
# $$b_j = \frac{\sum_{i} (r_{ij} - \mu)}{n_j + \lambda}, \qquad
# b_i = \frac{\sum_{j} (r_{ij} - \mu - b_j)}{n_i + \lambda}$$
#
# The **damping** $\lambda$ (`damping`) keeps a movie with one enthusiastic rating from being the best movie of all: few ratings,
# little trust. An id without any rating gets 0.


# %% nbgrader={"grade": false, "grade_id": "baseline", "locked": false, "schema_version": 3, "solution": true, "task": false}
# exercise: baseline
def fit_bias_baseline(
    user_id: np.ndarray,
    item_id: np.ndarray,
    rating: np.ndarray,
    num_users: int,
    num_items: int,
    damping: float = 5.0,
) -> tuple[float, np.ndarray, np.ndarray]:
    """Return the mean rating, `user_bias` (num_users,) and `item_bias` (num_items,).

    `user_id`, `item_id` and `rating` have one entry per rating, shape (num_ratings,).
    """
    ### BEGIN SOLUTION
    mean = float(np.mean(rating, dtype=np.float64))

    def damped_mean(ids, residual, size):
        total = np.bincount(ids, weights=residual, minlength=size)
        count = np.bincount(ids, minlength=size)
        return total / np.maximum(count + damping, 1e-12)  # an unseen id: 0 / tiny = 0

    item_bias = damped_mean(item_id, rating - mean, num_items)
    user_bias = damped_mean(user_id, rating - mean - item_bias[item_id], num_users)
    return mean, user_bias, item_bias
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "baseline-tests", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("baseline")
### BEGIN HIDDEN TESTS
from grading_tests import grade

grade("baseline", globals())
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>Ask for a hint</summary><blockquote>
# <details><summary>Hint 1</summary><code>np.bincount(ids, weights=values, minlength=size)</code> adds up the values of each
# id; without <code>weights</code> it counts them.</details>
# <details><summary>Hint 2</summary><code>item_bias[item_id]</code> has one entry per rating: the bias of the movie that was
# rated.</details>
# <details><summary>If you see "shape (3,)" where (4,) is expected…</summary>The last ids have no rating: give
# <code>minlength</code>.</details>
# </blockquote></details>
#
# *Also checked: other dampings, and ids without a rating when the damping is 0.*

# %%
with needs("baseline"):
    mean, user_bias, item_bias = fit_bias_baseline(
        train_df.user_id.to_numpy(),
        train_df.item_id.to_numpy(),
        train_df.user_rating.to_numpy(),
        num_users,
        num_items,
    )
    predicted = mean + user_bias[val_df.user_id] + item_bias[val_df.item_id]
    leaderboard.add(
        "mean and biases", ((val_df.user_rating - predicted) ** 2).mean(), baseline=True
    )
leaderboard

# %% [markdown]
# No embedding, no gradient, and almost a third of the error is gone. This is the number to beat.

# %% [markdown]
# ### 2.5 Building the model
#
# #### 2.5.1 The dot product
#
# In Flax a model is a class. Its **fields** are its settings; `__call__` says what it computes. `nn.Embed` is a table of
# embeddings: called with an array of ids it returns their rows. The values of all tables live outside the model, in `params`.
#
# #### Exercise `dot_product`: two tables and a product
#
# *Level: medium. About 10 minutes. 3 points.*
#
# For each row of the batch: look up the user's embedding and the item's, and return their dot product,
#
# $$\hat r_{ij} = \sum_{k=1}^{d} U_{ik} V_{jk}.$$
#
# Call the tables `user_embs` and `item_embs` (`name=...`). Start them small, with
# `embedding_init=nn.initializers.normal()`.


# %% nbgrader={"grade": false, "grade_id": "dot_product", "locked": false, "schema_version": 3, "solution": true, "task": false}
# exercise: dot_product
class CFDotProduct(nn.Module):
    """Predict a rating by the dot product of a user's and an item's embedding."""

    num_users: int
    num_items: int
    emb_dim: int

    @nn.compact
    def __call__(self, batch: dict[str, jax.Array]) -> jax.Array:
        """`batch["user_id"]` and `batch["item_id"]` are (batch,); returns (batch,)."""
        ### BEGIN SOLUTION
        initial = nn.initializers.normal()
        users = nn.Embed(self.num_users, self.emb_dim, embedding_init=initial, name="user_embs")
        items = nn.Embed(self.num_items, self.emb_dim, embedding_init=initial, name="item_embs")
        return jnp.sum(users(batch["user_id"]) * items(batch["item_id"]), axis=-1)
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dot_product-tests", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("dot_product")
### BEGIN HIDDEN TESTS
from grading_tests import grade

grade("dot_product", globals())
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>Ask for a hint</summary><blockquote>
# <details><summary>Hint 1</summary><code>nn.Embed(num_embeddings=..., features=..., name=...)</code> makes a table;
# <code>table(ids)</code> has shape (batch, d).</details>
# <details><summary>Hint 2</summary>Multiply element by element, then add up over <em>one</em> axis. Which one is left?</details>
# <details><summary>If you see "ScopeParamNotFoundError"…</summary>The check hands your model tables with the names
# <code>user_embs</code> and <code>item_embs</code>; yours are called otherwise.</details>
# </blockquote></details>
#
# *Also checked: a batch of one rating, and that the gradient reaches both tables.*

# %% [markdown]
# #### Exercise `squared_error`: learn, and measure
#
# *Level: medium. About 15 minutes. 3 points.*
#
# A `state` carries everything that changes in training: `state.params`, the optimiser's memory, and `state.metrics`, which
# collects the loss over many batches. `state.apply_fn(params, batch)` gives the predictions. Write
#
# - `train_step`: the gradient of the mean squared error over the batch,
#   $L = \frac{1}{|B|} \sum_{(i,j) \in B} (r_{ij} - \hat r_{ij})^2$, by the parameters, and one step of the optimiser with it;
# - `compute_metrics`: the same loss, *merged* into `state.metrics`. Pass `logits` (the predictions), `labels` (the true ratings)
#   and `loss` to `state.metrics.single_from_model_output(...)`; the labels tell how many ratings the batch has, so that
#   a short batch weighs less.
#
# JAX arrays never change. Each function returns a *new* state.


# %% nbgrader={"grade": false, "grade_id": "squared_error", "locked": false, "schema_version": 3, "solution": true, "task": false}
# exercise: squared_error
@jax.jit
def train_step(state: TrainState, batch: dict[str, jax.Array]) -> TrainState:
    """One step of gradient descent on the batch's mean squared error; returns the new state."""

    ### BEGIN SOLUTION
    def loss_of(params):
        predicted = state.apply_fn(params, batch)
        return optax.squared_error(predicted, batch["user_rating"]).mean()

    return state.apply_gradients(grads=jax.grad(loss_of)(state.params))
    ### END SOLUTION


@jax.jit
def compute_metrics(*, state: TrainState, batch: dict[str, jax.Array]) -> TrainState:
    """Merge the batch's mean squared error into `state.metrics`; returns the new state."""
    ### BEGIN SOLUTION
    predicted = state.apply_fn(state.params, batch)
    update = state.metrics.single_from_model_output(
        logits=predicted,
        labels=batch["user_rating"],
        loss=optax.squared_error(predicted, batch["user_rating"]).mean(),
    )
    return state.replace(metrics=state.metrics.merge(update))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "squared_error-tests", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("squared_error")
### BEGIN HIDDEN TESTS
from grading_tests import grade

grade("squared_error", globals())
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>Ask for a hint</summary><blockquote>
# <details><summary>Hint 1</summary>Put the loss into a function of <code>params</code> alone, and hand that function to
# <code>jax.grad</code>. <code>optax.squared_error</code> gives one error per rating.</details>
# <details><summary>Hint 2</summary><code>state.apply_gradients(grads=...)</code> returns the state after the step;
# <code>state.replace(metrics=...)</code> one with other metrics.</details>
# <details><summary>If you see "Gradient only defined for scalar-output functions"…</summary>The loss still has one value per
# rating: take the mean.</details>
# </blockquote></details>
#
# *Also checked: several batches of different sizes, and that measuring changes no parameter.*

# %% [markdown]
# Now train. `train_model` runs your `train_step` and `compute_metrics` over all batches, `NUM_EPOCHS` times through the data.
# A whole epoch is compiled into one program, so that Python does not stand between the steps.


# %%
def fit(model, weight_decay=0.0):
    """Train `model` from scratch; return its state and the loss of every epoch."""
    key = jax.random.key(config.SEED)
    state = initialise_train_state(model, key, train_ds, config, weight_decay)
    report = live_loss(baseline={"mean rating": leaderboard.rows[0][1]})
    return train_model(state, train_ds, val_ds, train_step, compute_metrics, report=report)


with needs("dot_product", "squared_error"):
    model = CFDotProduct(num_users=num_users, num_items=num_items, emb_dim=config.EMB_DIM)
    _, history = fit(model)
    leaderboard.add("dot product", history["val_loss"][-1])
leaderboard

# %% [markdown]
# Half a million parameters, and it *loses to the mean rating*. Look at the curves: the train loss falls and falls while the
# validation loss stays high. The model spends its first epochs on learning that ratings are around 3.5, then
# it learns the training ratings by heart. Three remedies follow, one at a time.

# %% [markdown]
# #### 2.5.2 The range of the ratings
#
# #### Exercise `rating_range`: never below the worst, never above the best
#
# *Level: easy. About 5 minutes. 2 points.*
#
# Ratings lie between 0.5 and 5, but a dot product can be anything. The sigmoid $\sigma(y) = 1 / (1 + e^{-y})$ squashes any
# number into $(0, 1)$; stretched, it covers any range:
#
# $$\hat r_{ij} = \text{min} + (\text{max} - \text{min}) \; \sigma(\langle U_i, V_j \rangle)$$
#
# We will use 0 and 5.5, a little more than the range itself: the sigmoid reaches its ends only at infinity, and a movie can
# deserve a full 5.


# %% nbgrader={"grade": false, "grade_id": "rating_range", "locked": false, "schema_version": 3, "solution": true, "task": false}
# exercise: rating_range
class CFWithRange(nn.Module):
    """The dot product model, with predictions between `min_rating` and `max_rating`."""

    num_users: int
    num_items: int
    emb_dim: int
    min_rating: float
    max_rating: float

    @nn.compact
    def __call__(self, batch: dict[str, jax.Array]) -> jax.Array:
        """`batch["user_id"]` and `batch["item_id"]` are (batch,); returns (batch,)."""
        ### BEGIN SOLUTION
        initial = nn.initializers.normal()
        users = nn.Embed(self.num_users, self.emb_dim, embedding_init=initial, name="user_embs")
        items = nn.Embed(self.num_items, self.emb_dim, embedding_init=initial, name="item_embs")
        affinity = jnp.sum(users(batch["user_id"]) * items(batch["item_id"]), axis=-1)
        return self.min_rating + (self.max_rating - self.min_rating) * nn.sigmoid(affinity)
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rating_range-tests", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("rating_range")
### BEGIN HIDDEN TESTS
from grading_tests import grade

grade("rating_range", globals())
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>Ask for a hint</summary><blockquote>
# <details><summary>Hint 1</summary>Copy the lines of your dot product model; two steps are new.</details>
# <details><summary>Hint 2</summary><code>nn.sigmoid</code> first, then the multiplication, then the addition.</details>
# <details><summary>If you see predictions below the minimum…</summary>The minimum must be added after the sigmoid, and the
# factor is max − min.</details>
# </blockquote></details>
#
# *Also checked: another range, the limits, a batch of one.*

# %%
with needs("rating_range", "squared_error"):
    model = CFWithRange(
        num_users=num_users,
        num_items=num_items,
        emb_dim=config.EMB_DIM,
        min_rating=0.0,
        max_rating=5.5,
    )
    _, history = fit(model)
    leaderboard.add("with range", history["val_loss"][-1])
leaderboard

# %% [markdown]
# Better than the mean at last, but your two-line baseline is far ahead. What did it know?

# %% [markdown]
# #### 2.5.3 Biases
#
# #### Exercise `biases`: good movies and kind people
#
# *Level: medium. About 10 minutes. 3 points.*
#
# A dot product can say that a movie is very *sci-fi*, but hardly that it is simply *good*. Give every user and every movie one
# number of its own, an embedding of size 1, and add both before the sigmoid:
#
# $$\hat r_{ij} = \text{min} + (\text{max} - \text{min}) \; \sigma(\langle U_i, V_j \rangle + b_i + b_j)$$
#
# Call the new tables `user_bias` and `item_bias`.


# %% nbgrader={"grade": false, "grade_id": "biases", "locked": false, "schema_version": 3, "solution": true, "task": false}
# exercise: biases
class CFDotProductBias(nn.Module):
    """The dot product model with a bias for each user and item, within a range."""

    num_users: int
    num_items: int
    emb_dim: int
    min_rating: float
    max_rating: float

    @nn.compact
    def __call__(self, batch: dict[str, jax.Array]) -> jax.Array:
        """`batch["user_id"]` and `batch["item_id"]` are (batch,); returns (batch,)."""

        ### BEGIN SOLUTION
        def rows(size, features, name, ids):
            initial = nn.initializers.normal()
            return nn.Embed(size, features, embedding_init=initial, name=name)(ids)

        users, items = batch["user_id"], batch["item_id"]
        user_embs = rows(self.num_users, self.emb_dim, "user_embs", users)  # (batch, d)
        item_embs = rows(self.num_items, self.emb_dim, "item_embs", items)
        user_bias = rows(self.num_users, 1, "user_bias", users)[..., 0]  # (batch,)
        item_bias = rows(self.num_items, 1, "item_bias", items)[..., 0]
        score = jnp.sum(user_embs * item_embs, axis=-1) + user_bias + item_bias
        return self.min_rating + (self.max_rating - self.min_rating) * nn.sigmoid(score)
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "biases-tests", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("biases")
### BEGIN HIDDEN TESTS
from grading_tests import grade

grade("biases", globals())
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>Ask for a hint</summary><blockquote>
# <details><summary>Hint 1</summary>A table of biases is an <code>nn.Embed</code> with <code>features=1</code>. Its rows have
# shape (batch, 1), the dot products (batch,).</details>
# <details><summary>Hint 2</summary>Adding (batch, 1) to (batch,) gives (batch, batch)! Take the last axis off first:
# <code>bias[..., 0]</code>.</details>
# <details><summary>If a batch of one gives shape ()…</summary><code>jnp.squeeze</code> without an axis drops every axis of
# length one, also the batch's.</details>
# </blockquote></details>
#
# *Also checked: a batch of one, another range, and that the gradient reaches all four tables.*

# %%
with needs("biases", "squared_error"):
    model = CFDotProductBias(
        num_users=num_users,
        num_items=num_items,
        emb_dim=config.EMB_DIM,
        min_rating=0.0,
        max_rating=5.5,
    )
    _, history = fit(model)
    leaderboard.add("with range and biases", history["val_loss"][-1])
leaderboard

# %% [markdown]
# #### 2.5.4 Weight decay
#
# The train loss ends near 0.1 and the validation loss near 0.9, still behind the baseline: the model **overfits**. Fifty
# numbers per movie are plenty to learn a handful of ratings by heart. **Weight decay** pulls every embedding a little towards zero at every
# step, so a number stays large only if many ratings keep pushing it up. The biases are left alone: they are few, and a good
# movie should stay good. Nothing changes in the model; it is a setting of the optimiser, AdamW.

# %% tags=["checkpoint"]
state = None
with needs("biases", "squared_error"):
    state, history = fit(model, weight_decay=config.WEIGHT_DECAY)
    leaderboard.add("with range, biases and weight decay", history["val_loss"][-1])
leaderboard

# %%
plot_leaderboard(leaderboard.rows)

# %% [markdown]
# The same model, held in check, now beats every rival. Its validation loss falls to the end: much more of what it learns on the
# training ratings holds for ratings that it has never seen.
#
# **Why so large a batch, and so strong a decay?** The original practical took batches of 64, a rate of 0.005 and a decay of 0.1: 1,251
# steps per epoch. AdamW moves *every* row of both tables at every step, however small the batch, so the time is in the number of steps. A
# batch of 1,024 needs 78. Its gradient is an average over more ratings, less noisy, and bears a larger rate. But AdamW shrinks the weights
# by *rate × decay* per step, and fewer steps shrink them less; so the decay must grow with the batch. Here it pulls with
# 78 × 0.02 × 1.2 ≈ 1.9 per epoch, there with 1,251 × 0.005 × 0.1 ≈ 0.6, which turned out to be too little: the same model ends
# lower, and in a tenth of the time. Try `Config.original()`.

# %% [markdown]
# ### 2.6 Reading the model
#
# If your model is not finished, a trained one of ours steps in here, so that you can go on.

# %%
if state is None:
    state = load_checkpoint(num_users, num_items)

params = state.params["params"]
user_embs = params["user_embs"]["embedding"]  # (num_users, d)
item_embs = params["item_embs"]["embedding"]  # (num_items, d)
item_bias = np.asarray(params["item_bias"]["embedding"])[:, 0]  # (num_items,)

# %% [markdown]
# How good are its predictions, star by star? Each box holds the middle half of the predictions for ratings of so many stars, among
# those that we held back.

# %%
batch = {name: val_df[name].to_numpy() for name in ("user_id", "item_id")}
plot_predictions(np.asarray(pred_step(state, batch)), val_df.user_rating.to_numpy())

# %% [markdown]
# Higher stars get higher predictions, but the model rarely dares to go far from the middle: being wrong about an extreme costs most.

# %% [markdown]
# #### 2.6.1 Biases: the best and the worst
#
# A movie's bias is what the model thinks of it *apart from* anybody's taste. Three ratings are not much to go by, so we look at
# movies with at least twenty.

# %%
known = movies[movies.num_ratings >= 20]
best_first = known.index[np.argsort(-item_bias[known.index])].to_numpy()

plot_biases(item_bias, movies)

# %%
print("The best")
display_recommendations(
    best_first[:5], movies, item_bias[best_first[:5]], "bias", use_posters=config.USE_POSTERS
)

# %%
print("The worst")
worst_first = best_first[::-1]
display_recommendations(
    worst_first[:5], movies, item_bias[worst_first[:5]], "bias", use_posters=config.USE_POSTERS
)

# %% [markdown]
# Do you agree? Remember what is *not* in this list: movies that few people have seen, and everything since 2016.

# %% [markdown]
# #### 2.6.2 Distances between embeddings
#
# A single coordinate of an embedding means little, but embeddings that point the same way belong to movies that the same
# people like. Three measures are in use for a query $q$ and an item $x$:
#
# - **cosine**: $\cos(q, x) = \dfrac{\langle q, x \rangle}{\lVert q \rVert \, \lVert x \rVert}$, the angle, whatever the lengths;
# - **dot product**: $\langle q, x \rangle$, which favours long embeddings, often those of popular items;
# - **Euclidean distance**: $\lVert q - x \rVert$, where small means alike.
#
# We take the cosine.
#
# #### Exercise `cosine_similarity`: the angle between movies
#
# *Level: easy. About 8 minutes. 2 points.*
#
# Compute the cosine of one embedding with *every* row of a table, without a Python loop.


# %% nbgrader={"grade": false, "grade_id": "cosine_similarity", "locked": false, "schema_version": 3, "solution": true, "task": false}
# exercise: cosine_similarity
def get_cos_sim_distances(item: jax.Array, embeddings: jax.Array) -> jax.Array:
    """Cosine of `item` (d,) with each row of `embeddings` (n, d); returns (n,), from -1 to 1."""
    ### BEGIN SOLUTION
    lengths = jnp.linalg.norm(embeddings, axis=1) * jnp.linalg.norm(item)
    return embeddings @ item / lengths
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cosine_similarity-tests", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("cosine_similarity")
### BEGIN HIDDEN TESTS
from grading_tests import grade

grade("cosine_similarity", globals())
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>Ask for a hint</summary><blockquote>
# <details><summary>Hint 1</summary><code>embeddings @ item</code> holds all dot products at once.</details>
# <details><summary>Hint 2</summary><code>jnp.linalg.norm(embeddings, axis=1)</code> gives one length per row; without the axis
# it gives a single number for the whole table.</details>
# <details><summary>If you see values above 1…</summary>A length is missing in the denominator. There are two.</details>
# </blockquote></details>
#
# *Also checked: rows of very different lengths, and a table of one row.*

# %% [markdown]
# #### Exercise `most_similar`: more like this
#
# *Level: medium. About 10 minutes. 2 points.*
#
# Given a movie's name, return the numbers of the `k` most similar movies, best first, and never the movie itself. The global
# dictionary `movie_to_id_mapping` turns a name into a row of `embeddings`.
#
# Beware: the movie itself has cosine 1, but it is not always the *first* of a sorted list. Another movie can point in
# exactly the same direction. Leave it out by its number and not by its place.
#
# We search among movies with at least twenty ratings; embeddings with less behind them are mostly chance.

# %%
known_movies = known.reset_index(drop=True)
known_embs = item_embs[known.index.to_numpy()]  # (number of known movies, d)
movie_to_id_mapping = make_mapping(known_movies.label)


# %% nbgrader={"grade": false, "grade_id": "most_similar", "locked": false, "schema_version": 3, "solution": true, "task": false}
# exercise: most_similar
def get_top_k_most_similar_movies(movie_name: str, embeddings: jax.Array, k: int) -> list[int]:
    """Rows of the `k` movies most similar to `movie_name`, best first, without itself."""
    ### BEGIN SOLUTION
    movie = movie_to_id_mapping[movie_name]
    similarity = get_cos_sim_distances(embeddings[movie], embeddings)
    best_first = np.argsort(-np.asarray(similarity)).tolist()
    return [other for other in best_first if other != movie][:k]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "most_similar-tests", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("most_similar")
### BEGIN HIDDEN TESTS
from grading_tests import grade

grade("most_similar", globals())
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>Ask for a hint</summary><blockquote>
# <details><summary>Hint 1</summary><code>argsort</code> sorts upwards. Sort the negative similarity, or reverse the
# result.</details>
# <details><summary>Hint 2</summary>Take the movie out of the sorted list first, and cut after <code>k</code> then.</details>
# <details><summary>If you get k − 1 movies…</summary>You cut first and took the movie out afterwards.</details>
# </blockquote></details>
#
# *Also checked: exact copies of the movie's embedding, k = 1, and k = all the others.*

# %%
query = "Terminator 2: Judgment Day (1991)"
with needs("most_similar", "cosine_similarity"):
    similar = get_top_k_most_similar_movies(query, known_embs, 5)
    print(f"Like {query}")
    display_recommendations(similar, known_movies, use_posters=config.USE_POSTERS)

# %% [markdown]
# #### 2.6.3 Search for your own movies
#
# Type a part of a title. A click on a hit shows its nearest neighbours.

# %%
search_dataframe(known_movies, np.asarray(known_embs), query="star")

# %% [markdown]
# #### 2.6.4 A map of the movies
#
# Fifty dimensions do not fit on paper. *Principal component analysis* (PCA) turns the cloud of embeddings so that we see its two widest
# directions. Colours are genres, which the model was never told.

# %%
plot_embedding_map(np.asarray(item_embs), movies)

# %% [markdown]
# Two directions of fifty lose much. *t-SNE* gives up on distances and directions, and places movies so that those close in all fifty
# dimensions are close on paper too.

# %%
plot_embedding_map(np.asarray(item_embs), movies, method="tsne")

# %% [markdown]
# TensorBoard's **Embedding Projector** shows the same cloud in three dimensions, to turn and to search. Click on a movie to
# see its neighbours; on the left, choose between PCA, t-SNE and UMAP.

# %%
log_dir = write_projector(np.asarray(item_embs), movies, course / "build" / "projector")
open_projector(log_dir)

# %% [markdown]
# ### 2.7 Making recommendations
#
# #### 2.7.1 By similarity
#
# Users and movies live in the same space: the model was trained to give a *user* and a *movie* a large product when the user
# likes the movie. So a user is a query like any other. Here is one, and what this user rated highest:

# %%
user_id = 18
rated = df[df.user_id == user_id].merge(movies.num_ratings, left_on="item_id", right_index=True)
rated = rated.sort_values(["user_rating", "num_ratings"], ascending=False)
print(f"User {user_id} has rated {len(rated)} movies. Some favourites:")
favourites, stars = rated.item_id.to_numpy()[:5], rated.user_rating.to_numpy()[:5]
display_recommendations(favourites, movies, stars, "stars", use_posters=config.USE_POSTERS)

# %% [markdown]
# #### Exercise `recommend`: the nearest movies to a user
#
# *Level: medium. About 10 minutes. 3 points.*
#
# Return the `k` items whose embeddings have the largest cosine with the user's, best first, and nothing that the user has
# watched. This is retrieval and filtering in one function.


# %% nbgrader={"grade": false, "grade_id": "recommend", "locked": false, "schema_version": 3, "solution": true, "task": false}
# exercise: recommend
def recommend_for_user(
    user_emb: jax.Array, item_embs: jax.Array, already_watched: list[int], k: int
) -> list[int]:
    """Rows of the `k` items nearest to `user_emb` (d,) in `item_embs` (n, d), none watched.

    Fewer than `k` when fewer are left.
    """
    ### BEGIN SOLUTION
    watched = set(already_watched)
    similarity = get_cos_sim_distances(user_emb, item_embs)
    best_first = np.argsort(-np.asarray(similarity)).tolist()
    return [item for item in best_first if item not in watched][:k]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "recommend-tests", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("recommend")
### BEGIN HIDDEN TESTS
from grading_tests import grade

grade("recommend", globals())
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>Ask for a hint</summary><blockquote>
# <details><summary>Hint 1</summary>It is <code>get_top_k_most_similar_movies</code> with another query, and with more to leave
# out.</details>
# <details><summary>Hint 2</summary>Filter first, cut afterwards. A <code>set</code> makes <code>in</code> fast.</details>
# <details><summary>If your list is too short…</summary>You took the first k and filtered those.</details>
# </blockquote></details>
#
# *Also checked: nothing watched, all the nearest watched, fewer left than k.*

# %%
with needs("recommend", "cosine_similarity"):
    watched = known_movies.index[known.index.isin(rated.item_id)].tolist()
    nearest = recommend_for_user(user_embs[user_id], known_embs, watched, 5)
    display_recommendations(nearest, known_movies, use_posters=config.USE_POSTERS)

# %% [markdown]
# #### 2.7.2 By predicted rating
#
# The cosine ignores the biases: it finds what is *like* the user's taste, also when it is not very good. The whole model can predict
# the rating of every movie. This is scoring.
#
# #### Exercise `top_rated`: the best predicted
#
# *Level: medium. About 10 minutes. 3 points.*
#
# Predict the user's rating of all `num_items` items, and return the `k` highest of those not watched, with their predictions.
# `pred_step(state, batch)` applies the model to a batch with the keys `user_id` and `item_id`.


# %% nbgrader={"grade": false, "grade_id": "top_rated", "locked": false, "schema_version": 3, "solution": true, "task": false}
# exercise: top_rated
def recommend_top_rated(
    state: TrainState, user_id: int, num_items: int, already_watched: list[int], k: int
) -> list[tuple[int, float]]:
    """The `k` unwatched items with the highest predicted ratings: [(item, rating), ...]."""
    ### BEGIN SOLUTION
    batch = {
        "user_id": jnp.full(num_items, user_id, dtype=jnp.int32),
        "item_id": jnp.arange(num_items, dtype=jnp.int32),
    }
    ratings = np.array(pred_step(state, batch))
    ratings[list(already_watched)] = -np.inf
    best_first = np.argsort(-ratings)[:k]
    return [(int(item), float(ratings[item])) for item in best_first if ratings[item] > -np.inf]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "top_rated-tests", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("top_rated")
### BEGIN HIDDEN TESTS
from grading_tests import grade

grade("top_rated", globals())
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>Ask for a hint</summary><blockquote>
# <details><summary>Hint 1</summary>The batch has <code>num_items</code> rows: the same user in each, every item once.</details>
# <details><summary>Hint 2</summary>Build pairs <code>(item, rating)</code>, drop the watched, sort by the rating downwards, cut.</details>
# <details><summary>If you see "should be a list of item numbers (int)"…</summary>A NumPy or JAX number is in the pair; make it
# an <code>int</code> and a <code>float</code>.</details>
# </blockquote></details>
#
# *Also checked: other users, all the best watched, fewer left than k.*

# %%
with needs("top_rated"):
    rare = movies.index[movies.num_ratings < 20]
    not_to_show = sorted(set(rated.item_id) | set(rare))
    top = recommend_top_rated(state, user_id, num_items, not_to_show, 5)
    display_recommendations(
        [item for item, _ in top],
        movies,
        [rating for _, rating in top],
        "predicted",
        use_posters=config.USE_POSTERS,
    )

# %% [markdown]
# #### 2.7.3 How good is a list?
#
# The squared error judges single predictions, but people see *lists*. Two measures for a list and a set of **relevant** items
# (for us: movies that the user gave at least four stars among the ratings that we held back):
#
# - **Recall at k**: how many of the relevant items are among the first $k$?
#   $$\text{recall@}k = \frac{|\{\text{relevant}\} \cap \{\text{first } k\}|}{|\{\text{relevant}\}|}$$
# - **NDCG at k** also asks how high they stand. A hit at rank $r$ is worth $1/\log_2(r+1)$; the sum is divided by that of an ideal
#   list, which has as many hits at the top as it can:
#   $$\text{DCG@}k = \sum_{r=1}^{k} \frac{[\text{item at } r \text{ is relevant}]}{\log_2(r+1)}, \qquad
#   \text{NDCG@}k = \frac{\text{DCG@}k}{\sum_{r=1}^{\min(k,\,|\text{relevant}|)} 1/\log_2(r+1)}$$
#
# Both are 0.0 when nothing is relevant.
#
# #### Exercise `ranking_metrics`: judge a list
#
# *Level: medium. About 12 minutes. 3 points.*


# %% nbgrader={"grade": false, "grade_id": "ranking_metrics", "locked": false, "schema_version": 3, "solution": true, "task": false}
# exercise: ranking_metrics
def recall_at_k(recommended: list[int], relevant: list[int], k: int) -> float:
    """Share of the relevant items among the first `k` recommended, from 0 to 1."""
    ### BEGIN SOLUTION
    if not relevant:
        return 0.0
    return len(set(recommended[:k]) & set(relevant)) / len(set(relevant))
    ### END SOLUTION


def ndcg_at_k(recommended: list[int], relevant: list[int], k: int) -> float:
    """Normalised discounted cumulative gain of the first `k`, binary gains, from 0 to 1."""
    ### BEGIN SOLUTION
    if not relevant:
        return 0.0
    wanted = set(relevant)
    hits = [rank for rank, item in enumerate(recommended[:k], start=1) if item in wanted]
    ideal = range(1, min(k, len(wanted)) + 1)
    return sum(1 / np.log2(r + 1) for r in hits) / sum(1 / np.log2(r + 1) for r in ideal)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "ranking_metrics-tests", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("ranking_metrics")
### BEGIN HIDDEN TESTS
from grading_tests import grade

grade("ranking_metrics", globals())
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>Ask for a hint</summary><blockquote>
# <details><summary>Hint 1</summary>Ranks count from 1, Python from 0: <code>enumerate(..., start=1)</code>.</details>
# <details><summary>Hint 2</summary>The ideal list can have at most k hits, and at most as many as there are relevant items.</details>
# <details><summary>If a perfect list gives less than 1…</summary>The ideal sum runs over k although fewer items are
# relevant.</details>
# </blockquote></details>
#
# *Also checked: lists shorter than k, more relevant items than k, nothing relevant.*

# %% [markdown]
# Now hold three recommenders against each other, for two hundred users: the movies that most people have rated (the same for all),
# the nearest by cosine, and the best predicted.

# %%
with needs("ranking_metrics", "recommend", "top_rated"):
    seen = train_df.groupby("user_id").item_id.agg(set)
    liked = val_df[(val_df.user_rating >= 4) & val_df.item_id.isin(known.index)]
    relevant_of = liked.groupby("user_id").item_id.agg(list)
    relevant_of = relevant_of[relevant_of.map(len) >= 3].head(200)
    rare = set(movies.index[movies.num_ratings < 20])
    most_rated = known.num_ratings.sort_values(ascending=False).index
    row_of = {item: row for row, item in enumerate(known.index)}
    scores = []
    for user, relevant in relevant_of.items():
        popular = [item for item in most_rated if item not in seen[user]][:20]
        watched = [row_of[item] for item in seen[user] if item in row_of]
        rows = recommend_for_user(user_embs[user], known_embs, watched, 20)
        hidden = sorted(seen[user] | rare)
        best = recommend_top_rated(state, user, num_items, hidden, 20)
        lists = {
            "most rated": popular,
            "nearest by cosine": [known.index[row] for row in rows],
            "best predicted": [item for item, _ in best],
        }
        for name, shown in lists.items():
            recall, ndcg = recall_at_k(shown, relevant, 20), ndcg_at_k(shown, relevant, 20)
            scores.append({"recommender": name, "recall@20": recall, "NDCG@20": ndcg})
    display(pd.DataFrame(scores).groupby("recommender", sort=False).mean().round(3))

# %% [markdown]
# A surprise, and a famous one (Cremonesi et al. 2010): the best *rating* predictor is not the best *list* maker. Showing everybody the most
# rated movies is hard to beat here, because a rating exists only where somebody chose to watch, and people watch what is
# popular. A model that is to make good lists must be trained on what people choose, and not only on how many stars they give. More
# on that in section 2.9.

# %% [markdown]
# ### 2.8 Approximate nearest neighbours
#
# So far every query looked at every movie. With nine thousand that takes no time. With a hundred million items, for
# millions of users, it does. **Approximate nearest neighbours** trade a little accuracy for a lot of speed.
#
# **Annoy** (Spotify, by Erik Bernhardsson) builds trees. It picks two items at random, cuts the space halfway between
# them, sends every item to its side, and goes on in each half until few are left together.
#
# ![Points in the plane, cut again and again by lines halfway between two of them, into regions A to K](../../images/hyperplanes.svg)
#
# ![The same cuts as a tree: each leaf, A to K, holds the points of one region](../../images/hyperplane_tree.svg)
#
# A query walks down the tree and meets only its own leaf. Its true neighbours may lie just across a cut, so Annoy builds *many* trees
# with other random cuts, and compares the query with all items that it meets in any of them. More trees and a larger `search_k` (how
# many items to look at) mean better results and more time.

# %% [markdown]
# #### Exercise `ann_index`: an index, and what it misses
#
# *Level: medium. About 12 minutes. 3 points.*
#
# 1. `build_annoy_index`: make an `AnnoyIndex` of the right dimension with the metric `"angular"` (Annoy's name for what orders like the
#    cosine), set the seed, add every embedding under its row number, and build `num_trees` trees. Convert the embeddings to a
#    NumPy array *first*: fetching single rows of a JAX array is a thousand times slower.
# 2. `recall_against_exact`: the share of the exact neighbours that the approximate search found, whatever their order.


# %% nbgrader={"grade": false, "grade_id": "ann_index", "locked": false, "schema_version": 3, "solution": true, "task": false}
# exercise: ann_index
def build_annoy_index(embeddings: jax.Array, num_trees: int = 10, seed: int = 42) -> AnnoyIndex:
    """An Annoy index over the rows of `embeddings` (n, d), by angle, built with `seed`."""
    ### BEGIN SOLUTION
    vectors = np.asarray(embeddings)
    index = AnnoyIndex(vectors.shape[1], "angular")
    index.set_seed(seed)
    for item, vector in enumerate(vectors):
        index.add_item(item, vector)
    index.build(num_trees)
    return index
    ### END SOLUTION


def recall_against_exact(approximate: list[int], exact: list[int]) -> float:
    """Share of the `exact` neighbours that are among the `approximate` ones, from 0 to 1."""
    ### BEGIN SOLUTION
    return len(set(approximate) & set(exact)) / len(exact)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "ann_index-tests", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("ann_index")
### BEGIN HIDDEN TESTS
from grading_tests import grade

grade("ann_index", globals())
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>Ask for a hint</summary><blockquote>
# <details><summary>Hint 1</summary><code>AnnoyIndex(d, "angular")</code>, <code>set_seed</code>, <code>add_item(number,
# vector)</code>, <code>build(trees)</code>: in this order.</details>
# <details><summary>Hint 2</summary>Two sets, their intersection, and how many exact neighbours there are.</details>
# <details><summary>If you see "You can't add an item to a loaded index"…</summary>All items must be added before
# <code>build</code>.</details>
# </blockquote></details>
#
# *Also checked: other numbers of trees, that the seed decides the result, lists of different lengths.*

# %%
with needs("ann_index", "most_similar", "cosine_similarity"):
    index = build_annoy_index(known_embs)
    movie = movie_to_id_mapping[query]
    exact = get_top_k_most_similar_movies(query, known_embs, 10)
    for search_k in (20, 200, 2000):
        found = index.get_nns_by_item(movie, 11, search_k=search_k)
        approximate = [other for other in found if other != movie][:10]
        recall = recall_against_exact(approximate, exact)
        print(f"search_k = {search_k:>5}: {recall:.0%} of the exact ten neighbours found")

# %% [markdown]
# How does the recall grow with the work, over many queries? The dots are values of `search_k`.

# %%
with needs("ann_index", "cosine_similarity"):
    index = build_annoy_index(known_embs)
    exact_of = {}
    for row in range(0, len(known_embs), 20):
        similarity = np.asarray(get_cos_sim_distances(known_embs[row], known_embs))
        exact_of[row] = np.argsort(-similarity)[:10].tolist()
    effort = [10, 30, 100, 300, 1000, 3000]
    recalls = []
    for search_k in effort:
        found = [index.get_nns_by_item(row, 10, search_k=search_k) for row in exact_of]
        pairs = zip(found, exact_of.values(), strict=True)
        recalls.append(np.mean([recall_against_exact(some, all_ten) for some, all_ten in pairs]))
    display(plot_recall_curve(effort, recalls, xlabel="search_k (items looked at)"))

# %% [markdown]
# ### 2.9 Explicit and implicit feedback
#
# Stars are **explicit** feedback: somebody said how much they like something. It is precise, and rare. Most feedback is **implicit**: a click,
# a purchase, a song played to the end. There is a lot of it, and it is ambiguous. Nobody clicks "I dislike this"; a missing
# click can mean *not for me* or *never seen*. So models for implicit feedback predict who will choose what, count every observed choice as a
# yes with some confidence, and draw the noes from what was not chosen.
#
# #### Exercise `feedback`: which would you trust?
#
# *Level: easy. About 5 minutes. 2 points, read by your teacher.*
#
# A music service wants to recommend songs. Write four to six sentences:
#
# 1. Name two explicit and two implicit signals that it could collect, and what each can be mistaken for.
# 2. Section 2.7.3 showed that ratings make poor lists. Why could implicit feedback make better ones here?
# 3. A recommender learns from what it has shown. What goes wrong when it trains on its own effects for a year, and what could
#    be done?
#
# *Rubric.* 1 point for signals of both kinds, each with its ambiguity. 1 point for the loop, with one remedy.
#
# <details><summary>Ask for a hint</summary><blockquote>Think of what you did with the last ten songs, and of what it would look like to
# someone who sees only the player. Then: which songs can never get a play?</blockquote></details>

# %% [markdown] nbgrader={"grade": true, "grade_id": "feedback", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Explicit: a heart or a star rating, which few people give and mostly for extremes; a "do not play again", which may mean "not now".
# Implicit: playing a song to the end, which also happens when nobody is in the room; a skip, which may mean a wrong mood and not a
# wrong song. Lists should hold what people will choose, and plays record choices directly, from everyone, while ratings exist only for what
# was already chosen. A system that trains on its own effects sees feedback only for what it showed: popular songs become
# more popular, and tastes that it never tried stay invisible. Showing some songs at random, weighting the data by how often an item was
# shown, and measuring variety all help.
# ### END SOLUTION

# %% [markdown]
# ## 3. Conclusion
#
# You have built a recommender: two tables of embeddings with biases, trained on real ratings; a search for similar movies, exact and
# approximate; lists for a person; and the measures that keep you honest. On the way you have seen a model with half a million
# parameters lose to a single number, and win when it was held in check.

# %%
leaderboard

# %%
progress_panel()

# %% [markdown] tags=["graded-only"]
# ### Save and submit
#
# The last cell saves this notebook, looks at it as the autograder will, and writes the file to hand in. Run it as often as you
# like: only what you hand in last counts.

# %% tags=["graded-only"]
handed_in = save_and_submit()

# %% [markdown]
# ### Next steps
#
# - Other data: `Config(DATASET="1m", SOURCE="tfds")` trains on a million ratings (it downloads them once).
# - Real posters: with an archive of `<movie_id>.jpg` pictures, `unzip_posters(download_posters(address, sha256))` puts them in the
#   place of the drawn cards. (Both are in `helpers`.)
# - **Cold start**: what would you show to a user without a single rating? To whom would you show a new movie?
# - Replace the dot product by a small neural network over both embeddings. Does it win? (Rendle et al. 2020 have an opinion.)
# - Train on choices instead of stars: predict which movies a user *has rated*, and judge it with your NDCG.
# - Read the timestamps: does it help to know *when* somebody rated? (Koren 2009)
#
# ### References
#
# - P. Covington, J. Adams, E. Sargin. *Deep Neural Networks for YouTube Recommendations.* RecSys 2016.
# - P. Cremonesi, Y. Koren, R. Turrin. *Performance of Recommender Algorithms on Top-N Recommendation Tasks.* RecSys 2010.
# - F. M. Harper, J. A. Konstan. *The MovieLens Datasets: History and Context.* ACM TiiS 5(4), 2015.
#   [doi:10.1145/2827872](https://doi.org/10.1145/2827872)
# - Y. Koren, R. Bell, C. Volinsky. *Matrix Factorization Techniques for Recommender Systems.* IEEE Computer, 2009.
# - Y. Koren. *Collaborative Filtering with Temporal Dynamics.* KDD 2009.
# - I. Loshchilov, F. Hutter. *Decoupled Weight Decay Regularization.* ICLR 2019.
# - E. Oldridge, K. Byrne. *Recommender Systems, Not Just Recommender Models.* NVIDIA Merlin, 2022.
# - S. Rendle, W. Krichene, L. Zhang, J. Anderson. *Neural Collaborative Filtering vs. Matrix Factorization Revisited.* RecSys 2020.
# - E. Bernhardsson. [Annoy](https://github.com/spotify/annoy), and *Nearest neighbors and vector models*, 2015.
#
# This practical follows the outline of *Recommender Systems* by Amrit Purshotam (Deep Learning Indaba 2023, Apache License 2.0);
# text, code and pictures are our own. The ratings are GroupLens's, under their terms: see `data/README.md`.
#
