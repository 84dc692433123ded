# %% *
class Fields(nn.Module):
    num_users: int
    num_items: int
    emb_dim: int


# %% einsum
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(self.num_users, self.emb_dim, name="user_embs")(batch["user_id"])
        v = nn.Embed(self.num_items, self.emb_dim, name="item_embs")(batch["item_id"])
        return jnp.einsum("bd,bd->b", u, v)


# %% setup
class CFDotProduct(Fields):
    def setup(self):
        normal = nn.initializers.normal()
        self.user_embs = nn.Embed(self.num_users, self.emb_dim, embedding_init=normal)
        self.item_embs = nn.Embed(self.num_items, self.emb_dim, embedding_init=normal)

    def __call__(self, batch):
        return (self.user_embs(batch["user_id"]) * self.item_embs(batch["item_id"])).sum(axis=1)


# %% vmap
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(num_embeddings=self.num_users, features=self.emb_dim, name="user_embs")
        v = nn.Embed(num_embeddings=self.num_items, features=self.emb_dim, name="item_embs")
        return jax.vmap(jnp.dot)(u(batch["user_id"]), v(batch["item_id"]))


# %% matrices of one row and one column
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(self.num_users, self.emb_dim, name="user_embs")(batch["user_id"])
        v = nn.Embed(self.num_items, self.emb_dim, name="item_embs")(batch["item_id"])
        return jnp.matmul(u[:, None, :], v[:, :, None]).reshape(-1)


# %% one-hot
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        users = nn.Embed(self.num_users, self.emb_dim, name="user_embs").embedding
        items = nn.Embed(self.num_items, self.emb_dim, name="item_embs").embedding
        u = jax.nn.one_hot(batch["user_id"], self.num_users) @ users
        v = jax.nn.one_hot(batch["item_id"], self.num_items) @ items
        return jnp.squeeze(jnp.sum(u * v, axis=1, keepdims=True), axis=1)


# %% a loop over the dimensions
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(self.num_users, self.emb_dim, name="user_embs")(batch["user_id"])
        v = nn.Embed(self.num_items, self.emb_dim, name="item_embs")(batch["item_id"])
        total = jnp.zeros(len(batch["user_id"]))
        for d in range(self.emb_dim):
            total = total + u[:, d] * v[:, d]
        return total


# %% the diagonal of all pairs
class CFDotProduct(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(self.num_users, self.emb_dim, name="user_embs")(batch["user_id"])
        v = nn.Embed(self.num_items, self.emb_dim, name="item_embs")(batch["item_id"])
        return jnp.diag(u @ v.T)
