# exercise: sparsity
# expect: timeout
while True:
    pass
