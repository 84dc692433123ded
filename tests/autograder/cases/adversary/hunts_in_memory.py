# exercise: sparsity
# expect: error
# says: found []
import gc
import sys


def sparsity(num_users, num_items, num_ratings):
    found = [name for name in sys.modules if name.startswith("grading_tests")]
    for thing in gc.get_objects():
        module = getattr(type(thing), "__module__", "")
        if str(module).startswith("grading_tests"):
            found.append(str(type(thing)))
    raise RuntimeError(f"found {found}")
