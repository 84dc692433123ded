# %% *
class Fields(nn.Module):
    num_users: int
    num_items: int
    emb_dim: int
    min_rating: float
    max_rating: float


# %% squeeze with an axis
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        users, items = batch["user_id"], batch["item_id"]
        u = nn.Embed(self.num_users, self.emb_dim, name="user_embs")(users)
        v = nn.Embed(self.num_items, self.emb_dim, name="item_embs")(items)
        bu = nn.Embed(self.num_users, 1, name="user_bias")(users).squeeze(-1)
        bi = nn.Embed(self.num_items, 1, name="item_bias")(items).squeeze(-1)
        score = jnp.einsum("bd,bd->b", u, v) + bu + bi
        return self.min_rating + (self.max_rating - self.min_rating) * jax.nn.sigmoid(score)


# %% setup
class CFDotProductBias(Fields):
    def setup(self):
        self.user_embs = nn.Embed(self.num_users, self.emb_dim)
        self.item_embs = nn.Embed(self.num_items, self.emb_dim)
        self.user_bias = nn.Embed(self.num_users, 1)
        self.item_bias = nn.Embed(self.num_items, 1)

    def __call__(self, batch):
        u, i = batch["user_id"], batch["item_id"]
        score = jnp.sum(self.user_embs(u) * self.item_embs(i), axis=1)
        score += self.user_bias(u).reshape(-1) + self.item_bias(i).reshape(-1)
        return nn.sigmoid(score) * (self.max_rating - self.min_rating) + self.min_rating


# %% columns throughout, flattened at the end
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(self.num_users, self.emb_dim, name="user_embs")(batch["user_id"])
        v = nn.Embed(self.num_items, self.emb_dim, name="item_embs")(batch["item_id"])
        bu = nn.Embed(self.num_users, 1, name="user_bias")(batch["user_id"])
        bi = nn.Embed(self.num_items, 1, name="item_bias")(batch["item_id"])
        score = jnp.sum(u * v, axis=1, keepdims=True) + bu + bi
        return (self.min_rating + (self.max_rating - self.min_rating) * nn.sigmoid(score)).flatten()


# %% biases as longer embeddings
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(self.num_users, self.emb_dim, name="user_embs")(batch["user_id"])
        v = nn.Embed(self.num_items, self.emb_dim, name="item_embs")(batch["item_id"])
        bu = nn.Embed(self.num_users, 1, name="user_bias")(batch["user_id"])
        bi = nn.Embed(self.num_items, 1, name="item_bias")(batch["item_id"])
        ones = jnp.ones_like(bu)
        longer_u = jnp.concatenate([u, bu, ones], axis=1)
        longer_v = jnp.concatenate([v, ones, bi], axis=1)
        score = (longer_u * longer_v).sum(1)
        return self.min_rating + (self.max_rating - self.min_rating) / (1 + jnp.exp(-score))


# %% vmap over the rows
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        tables = {
            name: nn.Embed(size, dim, name=name).embedding
            for name, size, dim in [
                ("user_embs", self.num_users, self.emb_dim),
                ("item_embs", self.num_items, self.emb_dim),
                ("user_bias", self.num_users, 1),
                ("item_bias", self.num_items, 1),
            ]
        }

        def one(user, item):
            score = tables["user_embs"][user] @ tables["item_embs"][item]
            score = score + tables["user_bias"][user, 0] + tables["item_bias"][item, 0]
            return self.min_rating + (self.max_rating - self.min_rating) * nn.sigmoid(score)

        return jax.vmap(one)(batch["user_id"], batch["item_id"])


# %% indexing the bias
class CFDotProductBias(Fields):
    @nn.compact
    def __call__(self, batch):
        def look_up(side, count, dim):
            return nn.Embed(count, dim, name=side)

        score = jax.vmap(jnp.dot)(
            look_up("user_embs", self.num_users, self.emb_dim)(batch["user_id"]),
            look_up("item_embs", self.num_items, self.emb_dim)(batch["item_id"]),
        )
        score = score + look_up("user_bias", self.num_users, 1)(batch["user_id"])[:, 0]
        score = score + look_up("item_bias", self.num_items, 1)(batch["item_id"])[:, 0]
        low, high = self.min_rating, self.max_rating
        return (low + high) / 2 + (high - low) / 2 * jnp.tanh(score / 2)
