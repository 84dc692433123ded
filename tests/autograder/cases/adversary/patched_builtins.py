# exercise: sparsity
# expect: failed error crashed
import builtins
import json
import sys

builtins.isinstance = lambda *_: True
builtins.len = lambda _: 1
json.dumps = lambda *_, **__: '{"body": true, "blobs": []}'
sys.modules["numpy"] = sys.modules["json"]


def sparsity(num_users, num_items, num_ratings):
    return 1.0
