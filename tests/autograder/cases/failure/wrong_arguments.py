# exercise: sparsity
# expect: error
def sparsity(users):
    return 100.0
