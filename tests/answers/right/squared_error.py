# %% value_and_grad
@jax.jit
def train_step(state, batch):
    def loss(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return jnp.mean(error**2)

    value, grads = jax.value_and_grad(loss)(state.params)
    return state.apply_gradients(grads=grads)


@jax.jit
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    loss = jnp.mean((predicted - batch["user_rating"]) ** 2)
    new = state.metrics.single_from_model_output(logits=predicted, labels=batch["user_rating"], loss=loss)
    return state.replace(metrics=state.metrics.merge(new))


# %% a loss function of its own, without jit
def mse(params, apply_fn, batch):
    predicted = apply_fn(params, batch)
    return optax.l2_loss(predicted, batch["user_rating"]).mean() * 2


def train_step(state, batch):
    grads = jax.grad(mse)(state.params, state.apply_fn, batch)
    return state.apply_gradients(grads=grads)


def compute_metrics(*, state, batch):
    loss = mse(state.params, state.apply_fn, batch)
    labels = batch["user_rating"]
    update = type(state.metrics).single_from_model_output(logits=None, labels=labels, loss=loss)
    return state.replace(metrics=update.merge(state.metrics))


# %% the optimiser by hand
@jax.jit
def train_step(state, batch):
    def loss(params):
        return jnp.square(batch["user_rating"] - state.apply_fn(params, batch)).mean()

    grads = jax.grad(loss)(state.params)
    updates, opt_state = state.tx.update(grads, state.opt_state, state.params)
    params = optax.apply_updates(state.params, updates)
    return state.replace(step=state.step + 1, params=params, opt_state=opt_state)


@jax.jit
def compute_metrics(*, state, batch):
    errors = jnp.square(batch["user_rating"] - state.apply_fn(state.params, batch))
    update = state.metrics.single_from_model_output(logits=errors, labels=batch["user_rating"], loss=errors)
    return state.replace(metrics=state.metrics.merge(update))


# %% sums and lengths
@jax.jit
def train_step(state, batch):
    count = len(batch["user_rating"])

    def loss(params):
        error = batch["user_rating"] - state.apply_fn(params, batch)
        return jnp.dot(error, error) / count

    return state.apply_gradients(grads=jax.grad(loss)(state.params))


@jax.jit
def compute_metrics(*, state, batch):
    error = batch["user_rating"] - state.apply_fn(state.params, batch)
    update = state.metrics.single_from_model_output(
        labels=batch["user_rating"], logits=error, loss=(error @ error) / error.shape[0]
    )
    state = state.replace(metrics=state.metrics.merge(update))
    return state


# %% one rating at a time
def train_step(state, batch):
    def one(params, row):
        single = {name: value[None] for name, value in row.items()}
        return (state.apply_fn(params, single)[0] - row["user_rating"]) ** 2

    def loss(params):
        return jax.vmap(one, (None, 0))(params, batch).mean()

    return state.apply_gradients(grads=jax.grad(loss)(state.params))


def compute_metrics(state, batch):
    predicted = state.apply_fn(state.params, batch)
    losses = [(p - r) ** 2 for p, r in zip(predicted, batch["user_rating"])]
    update = state.metrics.single_from_model_output(
        logits=predicted, labels=batch["user_rating"], loss=sum(losses) / len(losses)
    )
    return state.replace(metrics=state.metrics.merge(update))


# %% vjp
@jax.jit
def train_step(state, batch):
    predicted, pull_back = jax.vjp(lambda params: state.apply_fn(params, batch), state.params)
    (grads,) = pull_back(2 * (predicted - batch["user_rating"]) / predicted.size)
    return state.apply_gradients(grads=grads)


@jax.jit
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    update = state.metrics.single_from_model_output(
        logits=predicted,
        labels=batch["user_rating"],
        loss=jnp.var(predicted - batch["user_rating"]) + jnp.mean(predicted - batch["user_rating"]) ** 2,
    )
    return state.replace(metrics=state.metrics.merge(update))
