# exercise: sparsity
# expect: error crashed
def sparsity(num_users, num_items, num_ratings):
    with open("large", "wb") as stream:
        for _ in range(1000):
            stream.write(bytes(1_000_000))
