# exercise: sparsity
# expect: error failed
class Trap(list):
    def __len__(self):
        raise RuntimeError("do not look")

    __iter__ = __getattribute__ = __repr__ = __float__ = __array__ = __len__


def sparsity(num_users, num_items, num_ratings):
    return Trap()
