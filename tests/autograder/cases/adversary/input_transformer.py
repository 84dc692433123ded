# exercise: sparsity
# expect: failed
shell = get_ipython()
shell.input_transformers_cleanup.append(lambda lines: ["pass\n"])
shell.ast_transformers.append(None)


def sparsity(num_users, num_items, num_ratings):
    return 1.0
