# %% *
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        return jnp.mean((state.apply_fn(params, batch) - batch["user_rating"]) ** 2)

    return state.apply_gradients(grads=jax.grad(loss_of)(state.params))


@jax.jit
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    loss = jnp.mean((predicted - batch["user_rating"]) ** 2)
    return measured(state, predicted, batch["user_rating"], loss)


def measured(state, predicted, labels, loss):
    new = state.metrics.single_from_model_output(logits=predicted, labels=labels, loss=loss)
    return state.replace(metrics=state.metrics.merge(new))


# %% parameters_not_updated: the new state is dropped
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return jnp.mean(error**2)

    grads = jax.grad(loss_of)(state.params)
    state.apply_gradients(grads=grads)
    return state


# %% parameters_not_updated: the new parameters are dropped
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return jnp.mean(error**2)

    grads = jax.grad(loss_of)(state.params)
    updates, _ = state.tx.update(grads, state.opt_state, state.params)
    optax.apply_updates(state.params, updates)
    return state


# %% stopped
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return jnp.mean(jax.lax.stop_gradient(error) ** 2)

    return state.apply_gradients(grads=jax.grad(loss_of)(state.params))


# %% ascent
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return -jnp.mean(error**2)

    return state.apply_gradients(grads=jax.grad(loss_of)(state.params))


# %% ascent: gradients turned
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return jnp.mean(error**2)

    grads = jax.grad(loss_of)(state.params)
    return state.apply_gradients(grads=jax.tree.map(jnp.negative, grads))


# %% summed: the step
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return jnp.sum(error**2)

    return state.apply_gradients(grads=jax.grad(loss_of)(state.params))


# %% summed: the measure
@jax.jit
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    error = predicted - batch["user_rating"]
    loss = jnp.sum(error**2)
    return measured(state, predicted, batch["user_rating"], loss)


# %% half: the step
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return 0.5 * jnp.mean(error**2)

    return state.apply_gradients(grads=jax.grad(loss_of)(state.params))


# %% half: l2_loss in the measure
@jax.jit
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    error = predicted - batch["user_rating"]
    loss = optax.l2_loss(predicted, batch["user_rating"]).mean()
    return measured(state, predicted, batch["user_rating"], loss)


# %% absolute: the step
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return jnp.mean(jnp.abs(error))

    return state.apply_gradients(grads=jax.grad(loss_of)(state.params))


# %% absolute: the measure
@jax.jit
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    error = predicted - batch["user_rating"]
    loss = jnp.abs(error).mean()
    return measured(state, predicted, batch["user_rating"], loss)


# %% root: the step
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return jnp.sqrt(jnp.mean(error**2))

    return state.apply_gradients(grads=jax.grad(loss_of)(state.params))


# %% root: the measure
@jax.jit
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    error = predicted - batch["user_rating"]
    loss = jnp.sqrt(jnp.mean(error**2))
    return measured(state, predicted, batch["user_rating"], loss)


# %% square_of_mean: the step
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return jnp.mean(error) ** 2

    return state.apply_gradients(grads=jax.grad(loss_of)(state.params))


# %% square_of_mean: the measure
@jax.jit
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    error = predicted - batch["user_rating"]
    loss = jnp.mean(error) ** 2
    return measured(state, predicted, batch["user_rating"], loss)


# %% not_squared
@jax.jit
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    error = predicted - batch["user_rating"]
    loss = jnp.mean(error)
    return measured(state, predicted, batch["user_rating"], loss)


# %% by_hand
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return jnp.mean(error**2)

    grads = jax.grad(loss_of)(state.params)
    updates, _ = state.tx.update(grads, state.opt_state, state.params)
    return state.replace(params=optax.apply_updates(state.params, updates))


# %% own_learning_rate
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return jnp.mean(error**2)

    grads = jax.grad(loss_of)(state.params)
    return state.replace(params=jax.tree.map(lambda p, g: p - 0.01 * g, state.params, grads))


# %% stepped_twice
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return jnp.mean(error**2)

    grads = jax.grad(loss_of)(state.params)
    grads = jax.tree.map(lambda g: 2 * g, grads)
    return state.apply_gradients(grads=grads)


# %% first_rating_only
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return error[0] ** 2

    return state.apply_gradients(grads=jax.grad(loss_of)(state.params))


# %% replaced
@jax.jit
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    error = predicted - batch["user_rating"]
    loss = jnp.mean(error**2)
    new = state.metrics.single_from_model_output(logits=predicted, labels=batch["user_rating"], loss=loss)
    return state.replace(metrics=new)


# %% batches_count_the_same: a label for the batch
@jax.jit
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    error = predicted - batch["user_rating"]
    loss = jnp.mean(error**2)
    return measured(state, predicted, batch["user_rating"].mean(), loss)


# %% learns_while_measuring
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    loss = jnp.mean((predicted - batch["user_rating"]) ** 2)
    return measured(train_step(state, batch), predicted, batch["user_rating"], loss)


# %% metric_lost
@jax.jit
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    error = predicted - batch["user_rating"]
    loss = jnp.mean(error**2)
    new = state.metrics.single_from_model_output(logits=predicted, labels=batch["user_rating"], loss=loss)
    state.metrics.merge(new)
    return state


# %% metric_lost: replace without a name for it
@jax.jit
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    error = predicted - batch["user_rating"]
    loss = jnp.mean(error**2)
    new = state.metrics.single_from_model_output(logits=predicted, labels=batch["user_rating"], loss=loss)
    state.replace(metrics=state.metrics.merge(new))
    return state


# %% not_scalar
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return error**2

    return state.apply_gradients(grads=jax.grad(loss_of)(state.params))


# %% loss_beside_gradient
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return jnp.mean(error**2)

    grads = jax.value_and_grad(loss_of)(state.params)
    return state.apply_gradients(grads=grads)


# %% returns_no_state: a loss beside it
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return jnp.mean(error**2)

    loss, grads = jax.value_and_grad(loss_of)(state.params)
    return state.apply_gradients(grads=grads), loss


# %% returns_no_state: the metrics
@jax.jit
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    error = predicted - batch["user_rating"]
    loss = jnp.mean(error**2)
    new = state.metrics.single_from_model_output(logits=predicted, labels=batch["user_rating"], loss=loss)
    return state.metrics.merge(new)


# %% assigned
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    loss = jnp.mean((predicted - batch["user_rating"]) ** 2)
    new = state.metrics.single_from_model_output(logits=predicted, labels=batch["user_rating"], loss=loss)
    state.metrics = state.metrics.merge(new)
    return state


# %% labels_missing
@jax.jit
def compute_metrics(*, state, batch):
    predicted = state.apply_fn(state.params, batch)
    error = predicted - batch["user_rating"]
    loss = jnp.mean(error**2)
    new = state.metrics.single_from_model_output(logits=predicted, loss=loss)
    return state.replace(metrics=state.metrics.merge(new))


# %% no_return
def train_step(state, batch):
    def loss_of(params):
        return jnp.mean((state.apply_fn(params, batch) - batch["user_rating"]) ** 2)

    state = state.apply_gradients(grads=jax.grad(loss_of)(state.params))


# %% traced
@jax.jit
def train_step(state, batch):
    def loss_of(params):
        error = state.apply_fn(params, batch) - batch["user_rating"]
        return float(jnp.mean(error**2))

    return state.apply_gradients(grads=jax.grad(loss_of)(state.params))


# %% -: both do nothing
def train_step(state, batch):
    return state


def compute_metrics(*, state, batch):
    return state
