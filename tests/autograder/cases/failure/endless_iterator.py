# exercise: sparsity
# expect: failed error
class Endless(list):
    def __len__(self):
        return 3

    def __iter__(self):
        number = 0
        while number < 3_000_000:
            number += 1
            yield number


def sparsity(num_users, num_items, num_ratings):
    return Endless()
