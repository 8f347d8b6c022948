"""Three random blocks of each quantised format of GGUF, and the numbers that PyPI's gguf 0.19.0 makes of them.

usage: make_gguf_blocks.py Tests/Fixtures/gguf/blocks.json
"""
import json
import sys

import gguf
import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType

# Where each format keeps half-precision scales: random bits there would mostly be infinite or not a number.
SCALES = {
    "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0], "Q4_K": [0, 2], "Q5_K": [0, 2],
    "Q6_K": [208],
}

random = np.random.default_rng(20)
formats = []
for name, scales in SCALES.items():
    kind = GGMLQuantizationType[name]
    blocks = random.integers(0, 256, (3, GGML_QUANT_SIZES[kind][1]), dtype=np.uint8)
    for index in range(3):
        for place in scales:
            # The last block has subnormal scales.
            scale = np.float16(random.normal() * 0.02) if index < 2 else np.uint16(random.integers(1, 1024))
            blocks[index, place : place + 2] = np.frombuffer(scale.tobytes(), np.uint8)
    values = gguf.dequantize(blocks, kind).astype("<f4")
    assert np.isfinite(values).all()
    formats.append({"type": name, "blocks": blocks.tobytes().hex(), "values": values.tobytes().hex()})
with open(sys.argv[1], "w") as file:
    json.dump(formats, file, indent=0)
