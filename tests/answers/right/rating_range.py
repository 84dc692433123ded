# %% *
class Fields(nn.Module):
    num_users: int
    num_items: int
    emb_dim: int
    min_rating: float
    max_rating: float


# %% einsum and sigmoid
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(self.num_users, self.emb_dim, name="user_embs")(batch["user_id"])
        v = nn.Embed(self.num_items, self.emb_dim, name="item_embs")(batch["item_id"])
        share = jax.nn.sigmoid(jnp.einsum("ij,ij->i", u, v))
        return share * (self.max_rating - self.min_rating) + self.min_rating


# %% setup
class CFWithRange(Fields):
    def setup(self):
        self.user_embs = nn.Embed(self.num_users, self.emb_dim)
        self.item_embs = nn.Embed(self.num_items, self.emb_dim)
        self.width = self.max_rating - self.min_rating

    def __call__(self, batch):
        score = (self.user_embs(batch["user_id"]) * self.item_embs(batch["item_id"])).sum(-1)
        return self.min_rating + self.width * nn.sigmoid(score)


# %% the sigmoid as a hyperbolic tangent
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(self.num_users, self.emb_dim, name="user_embs")(batch["user_id"])
        v = nn.Embed(self.num_items, self.emb_dim, name="item_embs")(batch["item_id"])
        score = jnp.sum(u * v, axis=1)
        middle, half = (self.max_rating + self.min_rating) / 2, (self.max_rating - self.min_rating) / 2
        return middle + half * jnp.tanh(score / 2)


# %% an exponential
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(self.num_users, self.emb_dim, name="user_embs")(batch["user_id"])
        v = nn.Embed(self.num_items, self.emb_dim, name="item_embs")(batch["item_id"])
        score = jax.vmap(jnp.vdot)(u, v)
        return (self.max_rating - self.min_rating) / (1 + jnp.exp(-score)) + self.min_rating


# %% a mixture of both ends
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(self.num_users, self.emb_dim, name="user_embs")(batch["user_id"])
        v = nn.Embed(self.num_items, self.emb_dim, name="item_embs")(batch["item_id"])
        score = (u[:, None, :] @ v[:, :, None])[:, 0, 0]
        return nn.sigmoid(score) * self.max_rating + nn.sigmoid(-score) * self.min_rating


# %% a helper function
def squash(score, low, high):
    return low + (high - low) * jax.scipy.special.expit(score)


class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        def rows(size, name, ids):
            return nn.Embed(size, self.emb_dim, name=name)(ids)

        u = rows(self.num_users, "user_embs", batch["user_id"])
        v = rows(self.num_items, "item_embs", batch["item_id"])
        return squash((u * v).sum(axis=-1), self.min_rating, self.max_rating)
