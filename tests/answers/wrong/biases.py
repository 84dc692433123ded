# %% *
class Fields(nn.Module):
    num_users: int
    num_items: int
    emb_dim: int
    min_rating: float
    max_rating: float


def rows(model, batch):
    u = nn.Embed(model.num_users, model.emb_dim, name="user_embs")(batch["user_id"])
    v = nn.Embed(model.num_items, model.emb_dim, name="item_embs")(batch["item_id"])
    return u, v


def biases(model, batch):
    bu = nn.Embed(model.num_users, 1, name="user_bias")(batch["user_id"])
    bi = nn.Embed(model.num_items, 1, name="item_bias")(batch["item_id"])
    return bu, bi


# %% matrix
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        score = jnp.sum(u * v, axis=-1) + bu + bi
        return low + (high - low) * nn.sigmoid(score)


# %% matrix: only the product kept as a column
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        score = jnp.sum(u * v, axis=-1, keepdims=True) + bu[:, 0] + bi[:, 0]
        return low + (high - low) * nn.sigmoid(score)


# %% bias_after_range
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        return low + (high - low) * nn.sigmoid(jnp.sum(u * v, axis=-1)) + bu[:, 0] + bi[:, 0]


# %% bias_after_sigmoid
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        return low + (high - low) * (nn.sigmoid(jnp.sum(u * v, axis=-1)) + bu[:, 0] + bi[:, 0])


# %% without_biases: unused
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        score = jnp.sum(u * v, axis=-1)
        return low + (high - low) * nn.sigmoid(score)


# %% without_biases: no tables
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        score = jnp.sum(u * v, axis=-1)
        return low + (high - low) * nn.sigmoid(score)


# %% user_bias_only
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        score = jnp.sum(u * v, axis=-1) + bu[:, 0]
        return low + (high - low) * nn.sigmoid(score)


# %% item_bias_only
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        score = jnp.sum(u * v, axis=-1) + bi[:, 0]
        return low + (high - low) * nn.sigmoid(score)


# %% biases_only
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        score = bu[:, 0] + bi[:, 0]
        return low + (high - low) * nn.sigmoid(score)


# %% subtracted
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        score = jnp.sum(u * v, axis=-1) - bu[:, 0] - bi[:, 0]
        return low + (high - low) * nn.sigmoid(score)


# %% multiplied
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        score = jnp.sum(u * v, axis=-1) + bu[:, 0] * bi[:, 0]
        return low + (high - low) * nn.sigmoid(score)


# %% mean
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        score = jnp.mean(u * v, axis=-1) + bu[:, 0] + bi[:, 0]
        return low + (high - low) * nn.sigmoid(score)


# %% bias_in_every_product
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        score = jnp.sum(u * v + bu + bi, axis=-1)
        return low + (high - low) * nn.sigmoid(score)


# %% not_squashed
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        return jnp.sum(u * v, axis=-1) + bu[:, 0] + bi[:, 0]


# %% not_stretched
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        return nn.sigmoid(jnp.sum(u * v, axis=-1) + bu[:, 0] + bi[:, 0])


# %% minimum_forgotten
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        return (high - low) * nn.sigmoid(jnp.sum(u * v, axis=-1) + bu[:, 0] + bi[:, 0])


# %% stretched_by_maximum
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        return low + high * nn.sigmoid(jnp.sum(u * v, axis=-1) + bu[:, 0] + bi[:, 0])


# %% range_hard_coded
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        return 5.5 * nn.sigmoid(jnp.sum(u * v, axis=-1) + bu[:, 0] + bi[:, 0])


# %% clipped
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        return jnp.clip(jnp.sum(u * v, axis=-1) + bu[:, 0] + bi[:, 0], low, high)


# %% ids_exchanged: the item's bias by user id
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu = nn.Embed(self.num_users, 1, name="user_bias")(batch["user_id"])[:, 0]
        bi = nn.Embed(self.num_items, 1, name="item_bias")(batch["user_id"])[:, 0]
        score = jnp.sum(u * v, axis=-1) + bu + bi
        return self.min_rating + (self.max_rating - self.min_rating) * nn.sigmoid(score)


# %% kept_dimension
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        score = jnp.sum(u * v, axis=-1, keepdims=True) + bu + bi
        return low + (high - low) * nn.sigmoid(score)


# %% squeezed
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        score = jnp.sum(u * v, axis=-1) + bu.squeeze() + bi.squeeze()
        return low + (high - low) * nn.sigmoid(score).squeeze()


# %% bias_too_wide
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu = nn.Embed(self.num_users, self.emb_dim, name="user_bias")(batch["user_id"])[:, 0]
        bi = nn.Embed(self.num_items, self.emb_dim, name="item_bias")(batch["item_id"])[:, 0]
        score = jnp.sum(u * v, axis=-1) + bu + bi
        return self.min_rating + (self.max_rating - self.min_rating) * nn.sigmoid(score)


# %% user_bias_only: no table for the items
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu = nn.Embed(self.num_users, 1, name="user_bias")(batch["user_id"])[:, 0]
        low, high = self.min_rating, self.max_rating
        score = jnp.sum(u * v, axis=-1) + bu
        return low + (high - low) * nn.sigmoid(score)


# %% names
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu = nn.Embed(self.num_users, 1, name="user_biases")(batch["user_id"])[:, 0]
        bi = nn.Embed(self.num_items, 1, name="item_biases")(batch["item_id"])[:, 0]
        score = jnp.sum(u * v, axis=-1) + bu + bi
        return self.min_rating + (self.max_rating - self.min_rating) * nn.sigmoid(score)


# %% tables_swapped
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu = nn.Embed(self.num_items, 1, name="user_bias")(batch["user_id"])[:, 0]
        bi = nn.Embed(self.num_users, 1, name="item_bias")(batch["item_id"])[:, 0]
        score = jnp.sum(u * v, axis=-1) + bu + bi
        return self.min_rating + (self.max_rating - self.min_rating) * nn.sigmoid(score)


# %% table_turned
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu = nn.Embed(1, self.num_users, name="user_bias")(batch["user_id"])[:, 0]
        bi = nn.Embed(1, self.num_items, name="item_bias")(batch["item_id"])[:, 0]
        score = jnp.sum(u * v, axis=-1) + bu + bi
        return self.min_rating + (self.max_rating - self.min_rating) * nn.sigmoid(score)


# %% sizes_hard_coded
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu = nn.Embed(671, 1, name="user_bias")(batch["user_id"])[:, 0]
        bi = nn.Embed(9066, 1, name="item_bias")(batch["item_id"])[:, 0]
        score = jnp.sum(u * v, axis=-1) + bu + bi
        return self.min_rating + (self.max_rating - self.min_rating) * nn.sigmoid(score)


# %% table_extra: a bias for all
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        every = self.param("bias", nn.initializers.zeros, ())
        score = jnp.sum(u * v, axis=-1) + bu[:, 0] + bi[:, 0] + every
        return low + (high - low) * nn.sigmoid(score)


# %% stopped
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        bu, bi = biases(self, batch)
        low, high = self.min_rating, self.max_rating
        score = jnp.sum(u * v, axis=-1) + jax.lax.stop_gradient(bu[:, 0] + bi[:, 0])
        return low + (high - low) * nn.sigmoid(score)
