# exercise: cosine_similarity
# expect: error crashed failed
import io
import os
import struct

import numpy as np


class Bomb:
    def __reduce__(self):
        return os.system, ("touch /tmp/pwned",)


stream = io.BytesIO()
np.save(stream, np.array([Bomb()], dtype=object), allow_pickle=True)
header = b'{"body": {"dict": {"status": "answered", "value": {"array": 0, "scalar": false}}}, "blobs": [%d]}'
header = header % len(stream.getvalue())
payload = header + stream.getvalue()


def get_cos_sim_distances(item, embeddings):
    for descriptor in range(3, 4096):
        try:
            os.write(descriptor, struct.pack(">QI", len(payload), len(header)) + payload)
        except OSError:
            pass
