#!/usr/bin/env python3
"""Compares `assay tokenize` with the Hugging Face `tokenizers` wheel, line by line.

    compare.py FOLDER...  [--assay PROGRAM] [--lines 50000] [--seed 1] [--text FILE...] [--shown 5]

Each folder holds a tokenizer.json. Texts are generated (mixed_lines.py), or the lines of --text. Both programs run on one
thread; differing lines and both rates (MB of UTF-8 a second, loading not counted) are printed, and the exit status is 1
if any line differs. Needs the wheel: pip install tokenizers.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"

try:
    import tokenizers
except ImportError:
    sys.exit("compare.py needs the Python package tokenizers: pip install tokenizers")

from mixed_lines import lines


def assay_ids(program, folder, texts):
    process = subprocess.run(
        [program, "tokenize", folder, "--json", "--time", "--threads", "1"],
        input="".join(json.dumps(text) + "\n" for text in texts), capture_output=True, text=True)
    if process.returncode:
        sys.exit(f"{folder}: {process.stderr.strip()}")
    seconds = dict(part.split("=") for part in process.stderr.split())["seconds"]
    return [[int(number) for number in line.split()] for line in process.stdout.split("\n")[:-1]], float(seconds)


def wheel_ids(folder, texts):
    tokenizer = tokenizers.Tokenizer.from_file(str(pathlib.Path(folder, "tokenizer.json")))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    start = time.perf_counter()
    encodings = [tokenizer.encode(text) for text in texts]
    seconds = time.perf_counter() - start
    return tokenizer, [encoding.ids for encoding in encodings], seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--assay", default=".build/release/assay")
    parser.add_argument("--lines", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--text", nargs="*", default=[])
    parser.add_argument("--shown", type=int, default=5)
    options = parser.parse_args()
    texts = [line for file in options.text for line in pathlib.Path(file).read_text().split("\n")]
    texts = texts[:options.lines] or lines(options.lines, options.seed)
    size = sum(len(text.encode()) for text in texts) / 1e6
    differing = 0
    print(f"tokenizers {tokenizers.__version__}, {len(texts)} lines, {size:.1f} MB, one thread each")
    for folder in options.folders:
        ours, our_seconds = assay_ids(options.assay, folder, texts)
        tokenizer, theirs, their_seconds = wheel_ids(folder, texts)
        assert len(ours) == len(theirs)
        wrong = [index for index in range(len(texts)) if ours[index] != theirs[index]]
        differing += len(wrong)
        print(f"{pathlib.Path(folder).name}: {len(wrong)} lines differ; assay {size / our_seconds:.2f} MB/s, "
              f"tokenizers {size / their_seconds:.2f} MB/s")
        for index in wrong[:options.shown]:
            a, b = ours[index], theirs[index]
            at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            print(f"  line {index + 1}, token {at}: assay {a[at:at + 6]}, tokenizers {b[at:at + 6]}")
            print(f"    tokenizers: {[tokenizer.id_to_token(t) for t in b[max(0, at - 2):at + 6]]}")
            print(f"    assay:      {[tokenizer.id_to_token(t) for t in a[max(0, at - 2):at + 6]]}")
            if len(texts[index]) < 400:
                print(f"    text: {ascii(texts[index])}")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
