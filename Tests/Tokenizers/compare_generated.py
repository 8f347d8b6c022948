#!/usr/bin/env python3
"""Compares `assay tokenize` with the Hugging Face `tokenizers` wheel over generated tokenizers.

    compare_generated.py [--assay PROGRAM] [--configurations 1000] [--lines 5000] [--seed 1] [--from 0] [--shown 3]
                         [--keep FOLDER]

Each tokenizer.json (generated_configurations.py) is compared on its own lines (hard_lines.py). Tokenizers whose ids
differ in any line, and those that Assay refuses, are printed with their numbers; `--from NUMBER --configurations 1` runs
one of them again, and `--keep FOLDER` writes it there. The exit status is 1 if there are any. Needs the wheel: pip
install tokenizers. A line in which the wheel itself panics is left out; how many were is printed.
"""

import argparse
import json
import multiprocessing
import os
import pathlib
import random
import subprocess
import sys
import tempfile

from compare import tokenizers
from generated_configurations import configuration
from hard_lines import hard_lines

# Lines from which a vocabulary is made.
SAMPLE = 400


def assay_ids(program, folder, texts):
    """The ids of each text, or the reason for which Assay refuses the folder."""
    process = subprocess.run(
        [program, "tokenize", str(folder), "--json", "--time", "--threads", "1"],
        input="".join(json.dumps(text) + "\n" for text in texts), capture_output=True, text=True)
    if process.returncode: return None, f"status {process.returncode}, {process.stderr.strip()[:300]}"
    return [[int(number) for number in line.split()] for line in process.stdout.split("\n")[:-1]], ""


def wheel_ids(folder, texts):
    """The tokenizer and the ids of each text, `None` where the wheel panics, as it does for added tokens that cross."""
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    found = []
    shown = os.dup(2)
    with open(os.devnull, "w") as nowhere: os.dup2(nowhere.fileno(), 2)
    try:
        for text in texts:
            try:
                found.append(tokenizer.encode(text).ids)
            except BaseException as error:
                if type(error).__name__ != "PanicException": raise
                found.append(None)
    finally:
        os.dup2(shown, 2)
        os.close(shown)
    return tokenizer, found


def kinds(document):
    """The configuration in a line."""
    def steps(part):
        if part is None: return "-"
        inner = part.get("normalizers") or part.get("pretokenizers") or [part]
        return "+".join(json.dumps({k: v for k, v in step.items() if k != "precompiled_charsmap"}) for step in inner)

    return f"{steps(document['normalizer'])} | {steps(document['pre_tokenizer'])} | {document['model']['type']}"


def write(folder, document):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(json.dumps(document))
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "PreTrainedTokenizerFast"}))


def differences(task):
    """Compares one configuration: its number and description, the lines that differ, those left out, what is wrong."""
    options, number, folder = task
    rng = random.Random(f"{options.seed} {number}")
    texts = hard_lines(options.lines, f"{options.seed} {number}")
    document = configuration(rng, texts[:SAMPLE])
    write(folder, document)
    ours, refusal = assay_ids(options.assay, folder, texts)
    if ours is None: return number, kinds(document), 0, 0, [f"refused: {refusal}"]
    tokenizer, theirs = wheel_ids(folder, texts)
    if len(ours) != len(texts): return number, kinds(document), len(texts), 0, [f"assay gave {len(ours)} lines"]
    known = [index for index in range(len(texts)) if theirs[index] is not None]
    wrong = [index for index in known if ours[index] != theirs[index]]
    shown = []
    for index in wrong[:options.shown]:
        a, b = ours[index], theirs[index]
        at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
        shown.append(f"line {index + 1}, token {at}: {ascii(texts[index])}")
        for name, ids in [("tokenizers", b), ("assay", a)]:
            shown.append(f"  {name}: {ascii([tokenizer.id_to_token(id) for id in ids[max(0, at - 2):at + 6]])}")
    return number, kinds(document), len(wrong), len(texts) - len(known), shown


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--assay", default=".build/release/assay")
    parser.add_argument("--configurations", type=int, default=1_000)
    parser.add_argument("--lines", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--shown", type=int, default=3)
    parser.add_argument("--keep")
    options = parser.parse_args()
    wrong = all_lines = all_left_out = 0
    print(f"tokenizers {tokenizers.__version__}, {options.configurations} generated tokenizers, "
          f"{options.lines} lines each, seed {options.seed}", flush=True)
    # A process takes 50 tokenizers, for the wheel keeps memory of every one.
    with tempfile.TemporaryDirectory() as temporary, multiprocessing.Pool(1, maxtasksperchild=50) as workers:
        folder = pathlib.Path(options.keep or temporary)
        tasks = ((options, options.first + place, folder) for place in range(options.configurations))
        for number, description, lines, left_out, shown in workers.imap(differences, tasks):
            all_lines, all_left_out = all_lines + lines, all_left_out + left_out
            if not shown: continue
            wrong += 1
            print(f"{number}: {lines} lines differ: {description}\n  " + "\n  ".join(shown), flush=True)
    print(f"{wrong} of {options.configurations} tokenizers differ or are refused, in {all_lines} lines; "
          f"{all_left_out} lines left out, in which the wheel panics")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
