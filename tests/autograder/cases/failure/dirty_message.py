# exercise: sparsity
# expect: error
def sparsity(num_users, num_items, num_ratings):
    raise ValueError("\x1b[31m<script>alert(1)</script>\x00\u202e" + "x" * 100_000)
