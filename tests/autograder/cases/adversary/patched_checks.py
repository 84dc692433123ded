# exercise: sparsity
# expect: failed
import helpers.checks.compare
import helpers.checks.local
import helpers.checks.report

helpers.checks.compare.is_close = lambda *_: True
helpers.checks.compare.expect_number = lambda *_, **__: None
helpers.checks.report.Mismatch = ZeroDivisionError
helpers.checks.local.LocalWork.call = lambda *_, **__: 1.0


def sparsity(num_users, num_items, num_ratings):
    return 1.0
