# exercise: sparsity
# expect: failed
class Equal(float):
    def __eq__(self, other):
        return True

    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __hash__ = float.__hash__

    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__


def sparsity(num_users, num_items, num_ratings):
    return Equal(1.0)
