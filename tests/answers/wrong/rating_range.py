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


# %% not_squashed
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return jnp.sum(u * v, axis=-1)


# %% clipped
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return jnp.clip(jnp.sum(u * v, axis=-1), low, high)


# %% not_stretched
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return nn.sigmoid(jnp.sum(u * v, axis=-1))


# %% minimum_forgotten
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return (high - low) * nn.sigmoid(jnp.sum(u * v, axis=-1))


# %% stretched_by_maximum
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return low + high * nn.sigmoid(jnp.sum(u * v, axis=-1))


# %% range_hard_coded
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return 5.5 * nn.sigmoid(jnp.sum(u * v, axis=-1))


# %% range_hard_coded: the stars
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return 0.5 + 4.5 * nn.sigmoid(jnp.sum(u * v, axis=-1))


# %% limits_added
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return low + (high + low) * nn.sigmoid(jnp.sum(u * v, axis=-1))


# %% limits_exchanged
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return high + (low - high) * nn.sigmoid(jnp.sum(u * v, axis=-1))


# %% limits_exchanged: a minus in the sigmoid
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return low + (high - low) * nn.sigmoid(-jnp.sum(u * v, axis=-1))


# %% stretched_before
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return nn.sigmoid(low + (high - low) * jnp.sum(u * v, axis=-1))


# %% moved_first
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return (nn.sigmoid(jnp.sum(u * v, axis=-1)) + low) * (high - low)


# %% sigmoid_before_sum
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return low + (high - low) * jnp.sum(nn.sigmoid(u * v), axis=-1)


# %% mean
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return low + (high - low) * nn.sigmoid(jnp.mean(u * v, axis=-1))


# %% tanh
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return low + (high - low) * jnp.tanh(jnp.sum(u * v, axis=-1))


# %% twice_squashed
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        score = nn.sigmoid(jnp.sum(u * v, axis=-1))
        return low + (high - low) * nn.sigmoid(score)


# %% sharpened
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return low + (high - low) * nn.hard_sigmoid(jnp.sum(u * v, axis=-1))


# %% softmax
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return low + (high - low) * nn.softmax(jnp.sum(u * v, axis=-1))


# %% scaled_by_batch
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        score = jnp.sum(u * v, axis=-1)
        return low + (high - low) * (score - score.min()) / (score.max() - score.min())


# %% kept_dimension
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return low + (high - low) * nn.sigmoid(jnp.sum(u * v, axis=-1, keepdims=True))


# %% squeezed
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        score = jnp.squeeze(jnp.sum(u * v, axis=-1, keepdims=True))
        return low + (high - low) * nn.sigmoid(score)


# %% names
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u = nn.Embed(self.num_users, self.emb_dim, name="users")(batch["user_id"])
        v = nn.Embed(self.num_items, self.emb_dim, name="items")(batch["item_id"])
        return self.min_rating + (self.max_rating - self.min_rating) * nn.sigmoid(jnp.sum(u * v, axis=-1))


# %% unknown_name: self forgotten
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return min_rating + (max_rating - min_rating) * nn.sigmoid(jnp.sum(u * v, axis=-1))


# %% -: the middle for all
class CFWithRange(Fields):
    @nn.compact
    def __call__(self, batch):
        u, v = rows(self, batch)
        low, high = self.min_rating, self.max_rating
        return jnp.full(len(u), (low + high) / 2)
