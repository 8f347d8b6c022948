"""Writes the PyTorch checkpoints under Tests/Fixtures/pytorch with torch.save (made with PyTorch 2.15).

    python Tests/Reference/make_pytorch.py Tests/Fixtures/pytorch
"""

import collections
import pathlib
import sys

import torch

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)

matrix = torch.arange(24, dtype=torch.float32).reshape(4, 6)
plain = matrix.clone()
state = collections.OrderedDict(
    plain=plain,
    transposed=matrix.clone().t(),
    view=matrix[1:3, 2:5],
    half=torch.tensor([1.5, -2.0], dtype=torch.float16),
    brain=torch.tensor([1.5, -3.0], dtype=torch.bfloat16),
    double=torch.tensor([0.1], dtype=torch.float64),
    ids=torch.arange(5),
    flag=torch.tensor([True, False]),
    byte=torch.tensor([1, 255], dtype=torch.uint8),
    char=torch.tensor([-1], dtype=torch.int8),
    scalar=torch.tensor(7.0),
    empty=torch.zeros(0, 3),
    tied=plain,
    parameter=torch.nn.Parameter(torch.tensor([4.0, 5.0])),
    complex=torch.zeros(2, dtype=torch.complex64),
)
torch.save(state, folder / "state.bin")
torch.save(torch.nn.Linear(3, 2).state_dict(), folder / "linear.bin")
torch.save({"w": torch.zeros(2)}, folder / "legacy.bin", _use_new_zipfile_serialization=False)
torch.serialization.set_crc32_options(False)
torch.save({"w": torch.tensor([1.0, 2.0])}, folder / "no-checksums.bin")
torch.serialization.set_crc32_options(True)
torch.save({"w": torch.zeros(3).to(torch.float8_e4m3fn)}, folder / "float8.bin")
