# exercise: sparsity
# expect: error
raise ValueError("while defining")
