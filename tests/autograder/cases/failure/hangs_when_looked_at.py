# exercise: sparsity
# expect: timeout
class Trap(list):
    def __len__(self):
        return 3

    def __iter__(self):
        while True:
            pass


def sparsity(num_users, num_items, num_ratings):
    return Trap()
