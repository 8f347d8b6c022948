"""Compares Assay's verdicts on mutated safetensors files with those of the `safetensors` wheel.

    python Tests/FormatComparison/compare_safetensors.py .build/debug/CheckpointVerdicts

Needs safetensors 0.8.0. Every file is derived from a seed, so that runs agree. Prints both lists of differences and
exits with 1 when one of them is not listed below.
"""

import collections
import json
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import unicodedata

import safetensors

WHEEL = "0.8.0"
FILES = 6000

# Refused although the wheel accepts: the rule that refuses it, what that stands for, and how the file shows it.
STRICTER = {
    "duplicateKey": ("duplicate names of tensors, metadata or fields", lambda header: header.duplicates),
    "tensorMalformed": (
        "a tensor written as an array, or a dimension above 2^63 - 1 beside a zero",
        lambda header: header.arrays or header.largest >= 2**63),
    "headerTooDeep": ("an additional field more than 64 levels deep", lambda header: header.depth > 64),
    "ambiguousName": ("names that Unicode calls equal", lambda header: header.equal_names),
}
# Not refused although the wheel refuses.
LENIENT = {
    "inconclusive": ("an element type that the wheel does not know", lambda header: header.types - set(KNOWN_TYPES)),
}

SIZES = {
    "F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U64": 8, "U32": 4, "U16": 2,
    "U8": 1, "BOOL": 1, "F8_E4M3": 1, "F8_E5M2": 1, "F8_E8M0": 1, "C64": 8,
}
KNOWN_TYPES = [*SIZES, "F4", "F6_E2M3", "F6_E3M2", "F8_E4M3FNUZ", "F8_E5M2FNUZ"]
NAMES = ["a", "b.weight", "", "é", "e\u0301", "x" * 40, "\u202e", "a\nb", "__metadata", "ключ"]
ODD_NUMBERS = [0, 1, -1, 2**31, 2**32, 2**63 - 1, 2**63, 2**64 - 1, 2**64, 1.0, 1.5, "1", None, True, [], 1e3]
ODD_TEXTS = [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\\ud800", b"\\u0000", b"\x00", b"\t", b"\\x", b"\\/", b"\xef\xbb\xbf"]


def model(rng):
    """A valid header as a list of members, and the data's size."""
    members, position = [], 0
    if rng.random() < 0.5:
        members.append(("__metadata__", {"format": "pt"} if rng.random() < 0.7 else {}))
    for name in rng.sample(NAMES, rng.randint(0, 4)):
        dtype = rng.choice(list(SIZES))
        shape = [rng.choice([0, 1, 2, 3]) for _ in range(rng.randint(0, 3))]
        count = 1
        for size in shape:
            count *= size
        end = position + count * SIZES[dtype]
        members.append((name, {"dtype": dtype, "shape": shape, "data_offsets": [position, end]}))
        position = end
    rng.shuffle(members)
    return members, position


def text(value):
    """JSON of nested lists of members, which may repeat a key."""
    if isinstance(value, list) and value and all(isinstance(m, tuple) for m in value):
        return "{" + ",".join(json.dumps(k) + ":" + text(v) for k, v in value) + "}"
    if isinstance(value, dict):
        return text(list(value.items())) if value else "{}"
    return json.dumps(value, ensure_ascii=False)


def intact(entry):
    """Whether a tensor's entry still has what further changes build on."""
    if not isinstance(entry, dict) or not isinstance(entry.get("shape"), list) or "dtype" not in entry:
        return False
    offsets = entry.get("data_offsets")
    return isinstance(offsets, list) and len(offsets) == 2 and all(type(offset) is int for offset in offsets)


def mutate_members(rng, members, size):
    """One change of the header's meaning; returns members and the data's size."""
    tensors = [i for i, (name, _) in enumerate(members) if name != "__metadata__"]
    kind = rng.randrange(14)
    if kind == 0:
        members.append(("__metadata__", rng.choice([None, {}, {"a": 1}, {"a": None}, [], "x", {"é": "v"}])))
    elif kind == 1 and members:
        members.append(rng.choice(members))
    elif kind == 2:
        size += rng.choice([-1, 1, 8, -size])
    elif tensors:
        index = rng.choice(tensors)
        name, entry = members[index]
        if not intact(entry):
            return members, max(0, size)
        entry = dict(entry)
        if kind == 3:
            entry["dtype"] = rng.choice(list(SIZES) + ["F4", "F6_E2M3", "Q7_NEW", "", "f32", "F32 "])
        elif kind == 4:
            entry["shape"] = entry["shape"] + [rng.choice(ODD_NUMBERS)]
        elif kind == 5:
            offsets = list(entry["data_offsets"])
            offsets[rng.randrange(2)] = rng.choice(ODD_NUMBERS)
            entry["data_offsets"] = offsets
        elif kind == 6:
            shift = rng.choice([-1, 1, 4])
            entry["data_offsets"] = [offset + shift for offset in entry["data_offsets"]]
        elif kind == 7:
            entry["data_offsets"] = rng.choice([[], [0], [0, 1, 2], None, "0,1", {"0": 1}])
        elif kind == 8:
            entry.pop(rng.choice(list(entry)))
        elif kind == 9:
            entry[rng.choice(["x", "y"])] = rng.choice([1, None, {"k": [1]}, "t", [[[]]], 1e400 if rng.random() < 0.1 else 2])
        elif kind == 10:
            entry["shape"] = rng.choice([None, "2", 3, [[1]], {}, [2**40, 2**40], [2**63, 0], [0, 2**63 - 1]])
        elif kind == 11:
            members[index] = (name, [entry["dtype"], entry["shape"], entry["data_offsets"]])
            return members, max(0, size)
        elif kind == 12:
            items = list(entry.items())
            members[index] = (name, items + [rng.choice(items)])
            return members, max(0, size)
        else:
            depth = rng.choice([3, 60, 64, 70, 120, 130])
            entry["deep"] = json.loads("[" * depth + "]" * depth)
        members[index] = (name, entry)
    return members, max(0, size)


def mutate_bytes(rng, header):
    """One change of the header's bytes."""
    header = bytearray(header)
    kind = rng.randrange(7)
    position = rng.randrange(len(header) + 1)
    if kind == 0:
        header[position:position] = rng.choice(ODD_TEXTS)
    elif kind == 1 and header:
        header[position % len(header)] ^= 1 << rng.randrange(8)
    elif kind == 2:
        header[position:position] = rng.choice([b" ", b"\n", b",", b"}", b"{", b"//", b"0"])
    elif kind == 3:
        del header[position : position + rng.randint(1, 4)]
    elif kind == 4:
        header = bytearray(rng.choice([b" ", b"\n\t", b"\xef\xbb\xbf", b"\x00"])) + header
    elif kind == 5:
        header += rng.choice([b" ", b"   \n", b"\x00", b"x", b"{}"])
    else:
        header = bytearray(rng.choice([b"", b"null", b"[]", b"1", b'"x"', b"{", b"{}", bytes(header) * 2]))
    return bytes(header)


def file(seed):
    """The bytes of file number `seed`."""
    rng = random.Random(seed)
    members, size = model(rng)
    for _ in range(rng.choice([0, 1, 1, 1, 2, 3])):
        members, size = mutate_members(rng, members, size)
    header = (text(members) if members else "{}").encode()
    for _ in range(rng.choice([0, 0, 1, 1, 2])):
        header = mutate_bytes(rng, header)
    length = len(header)
    if rng.random() < 0.08:
        length = rng.choice([0, 1, length - 1, length + 1, length + 8, 100_000_000, 100_000_001, 2**63, 2**64 - 1]) % 2**64
    content = struct.pack("<Q", length) + header + bytes(rng.randrange(256) for _ in range(size))
    if rng.random() < 0.05:
        content = content[: rng.randrange(len(content) + 1)]
    return content


class Header:
    """What a header shows of the listed differences."""

    def __init__(self, content):
        self.duplicates, self.largest, self.types = False, 0, set()
        length = struct.unpack("<Q", content[:8])[0]
        value = json.loads(content[8 : 8 + length], object_pairs_hook=self.members)
        tensors = {name: entry for name, entry in value.items() if name != "__metadata__"}
        self.arrays = any(isinstance(entry, list) for entry in tensors.values())
        normalized = {unicodedata.normalize("NFC", name) for name in tensors}
        self.equal_names = len(normalized) < len(tensors)
        self.types = {entry.get("dtype") for entry in tensors.values() if isinstance(entry, dict)}
        self.depth = 0
        self.walk(value, 1)

    def members(self, pairs):
        self.duplicates |= len({key for key, _ in pairs}) < len(pairs)
        return dict(pairs)

    def walk(self, value, depth):
        if isinstance(value, int):
            self.largest = max(self.largest, value)
        elif isinstance(value, (list, dict)):
            self.depth = max(self.depth, depth)
            for inner in value.values() if isinstance(value, dict) else value:
                self.walk(inner, depth + 1)


def wheel(content):
    """Whether the wheel accepts a file."""
    try:
        safetensors.deserialize(content)
        return True
    except safetensors.SafetensorError:
        return False


def main():
    if safetensors.__version__ != WHEEL:
        sys.exit(f"safetensors {safetensors.__version__} is installed; the comparison is with {WHEEL}")
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for seed in range(FILES):
            path = pathlib.Path(folder) / f"{seed}.safetensors"
            path.write_bytes(file(seed))
            paths.append(str(path))
        said = subprocess.run(
            [sys.argv[1]], input="\n".join(paths) + "\n", capture_output=True, text=True, check=True).stdout.splitlines()
        contents = [pathlib.Path(path).read_bytes() for path in paths]
    theirs = [wheel(content) for content in contents]
    if len(said) != FILES:
        sys.exit(f"{len(said)} verdicts on {FILES} files")
    stricter, lenient = collections.defaultdict(list), collections.defaultdict(list)
    for seed, (ours, accepts) in enumerate(zip(said, theirs)):
        if accepts and ours.startswith("refused"):
            stricter[ours.split()[1]].append(seed)
        elif not accepts and not ours.startswith("refused"):
            lenient[ours].append(seed)
    print(f"{FILES} files: the wheel accepts {sum(theirs)}, Assay {sum(not v.startswith('refused') for v in said)}")
    unlisted = 0
    for title, found, listed in [
        ("refused by Assay, accepted by the wheel", stricter, STRICTER),
        ("not refused by Assay, refused by the wheel", lenient, LENIENT),
    ]:
        print(title + ":")
        for rule, seeds in sorted(found.items()):
            meaning, shows = listed.get(rule, ("not listed", lambda header: False))
            strange = [seed for seed in seeds if not shows(Header(contents[seed]))]
            unlisted += len(strange)
            print(f"  {rule}: {len(seeds)} files ({meaning}), such as number {seeds[0]}")
            if strange:
                print(f"    {len(strange)} of them for no listed reason, such as number {strange[0]}")
        if not found:
            print("  none")
    if unlisted:
        sys.exit(f"{unlisted} differences are not listed")


main()
