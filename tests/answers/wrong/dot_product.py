# %% *
class Fields(nn.Module):
    num_users: int
    num_items: int
    emb_dim: int


def rows(model, batch):
    u = nn.Embed(model.num_users, model.emb_dim, name="user_embs")(batch["user_id"])
    v = nn.Embed(model.num_items, model.emb_dim, name="item_embs")(batch["item_id"])
    return u, v


# %% mean
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return jnp.mean(u * v, axis=-1)


# %% axis_0
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return jnp.sum(u * v, axis=0)


# %% summed_over_all
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return jnp.sum(u * v)


# %% summed_over_all: vdot
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return jnp.vdot(u, v)


# %% not_summed
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return u * v


# %% kept_dimension
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return jnp.sum(u * v, axis=-1, keepdims=True)


# %% squeezed
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return jnp.squeeze(jnp.sum(u * v, axis=-1, keepdims=True))


# %% matrix
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return u @ v.T


# %% cosine
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return jnp.sum(u * v, axis=-1) / (jnp.linalg.norm(u, axis=-1) * jnp.linalg.norm(v, axis=-1))


# %% added
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return jnp.sum(u + v, axis=-1)


# %% distance
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return -jnp.linalg.norm(u - v, axis=-1)


# %% squashed
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return nn.sigmoid(jnp.sum(u * v, axis=-1))


# %% not_negative
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return nn.relu(jnp.sum(u * v, axis=-1))


# %% rounded
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return jnp.round(jnp.sum(u * v, axis=-1))


# %% ids_exchanged
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        users = nn.Embed(self.num_users, self.emb_dim, name="user_embs")
        items = nn.Embed(self.num_items, self.emb_dim, name="item_embs")
        return jnp.sum(users(batch["item_id"]) * items(batch["user_id"]), axis=-1)


# %% one_id_for_both
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        users = nn.Embed(self.num_users, self.emb_dim, name="user_embs")
        items = nn.Embed(self.num_items, self.emb_dim, name="item_embs")
        return jnp.sum(users(batch["user_id"]) * items(batch["user_id"]), axis=-1)


# %% names: none given
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(self.num_users, self.emb_dim)(batch["user_id"])
        v = nn.Embed(self.num_items, self.emb_dim)(batch["item_id"])
        return jnp.sum(u * v, axis=-1)


# %% tables_swapped
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(self.num_items, self.emb_dim, name="user_embs")(batch["user_id"])
        v = nn.Embed(self.num_users, self.emb_dim, name="item_embs")(batch["item_id"])
        return jnp.sum(u * v, axis=-1)


# %% table_turned
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(self.emb_dim, self.num_users, name="user_embs")(batch["user_id"])
        v = nn.Embed(self.emb_dim, self.num_items, name="item_embs")(batch["item_id"])
        return jnp.einsum("ij,ik->i", u, v)


# %% sizes_hard_coded: the sizes of the notebook's data
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(671, self.emb_dim, name="user_embs")(batch["user_id"])
        v = nn.Embed(9066, self.emb_dim, name="item_embs")(batch["item_id"])
        return jnp.sum(u * v, axis=-1)


# %% sizes_hard_coded: fifty dimensions
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(self.num_users, 50, name="user_embs")(batch["user_id"])
        v = nn.Embed(self.num_items, 50, name="item_embs")(batch["item_id"])
        return jnp.sum(u * v, axis=-1)


# %% table_missing: one table for both
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        table = nn.Embed(self.num_users + self.num_items, self.emb_dim, name="embs")
        return jnp.sum(table(batch["user_id"]) * table(batch["item_id"]), axis=-1)


# %% table_extra: a dense layer
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return nn.Dense(1)(u * v)[:, 0]


# %% stopped
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return jnp.sum(u * jax.lax.stop_gradient(v), axis=-1)


# %% no_return
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        product = jnp.sum(u * v, axis=-1)


# %% traced: NumPy
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return np.sum(np.asarray(u) * np.asarray(v), axis=-1)


# %% unknown_name: reads the notebook's sizes
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(num_users, self.emb_dim, name="user_embs")(batch["user_id"])
        v = nn.Embed(num_items, self.emb_dim, name="item_embs")(batch["item_id"])
        return jnp.sum(u * v, axis=-1)


# %% -: only the tables
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        return jnp.zeros(len(batch["user_id"]))
