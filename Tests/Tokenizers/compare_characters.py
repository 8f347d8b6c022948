#!/usr/bin/env python3
"""Compares what single steps make of every character with the Hugging Face `tokenizers` wheel.

    compare_characters.py [--assay PROGRAM]

Each normalizer, and each pre-tokenizer that has character classes, stands alone before a vocabulary of bytes. A text is a
character at the beginning, before a letter, and at the end: all of planes 0 to 2 that are assigned or near, and the tags
of plane 14. The exit status is 1 if any text differs. Needs the wheel: pip install tokenizers.
"""

import argparse
import pathlib
import sys
import tempfile

from tokenizers import __version__, pre_tokenizers

from compare_generated import assay_ids, wheel_ids, write
from generated_configurations import CHARSMAP, EXPRESSIONS
from make_fixtures import BYTES_ONLY, metaspace, sequence, split

CHARACTERS = [*range(0xD800), *range(0xE000, 0x32400), *range(0xE0000, 0xE0200)]
BERT = {"type": "BertNormalizer", "clean_text": False, "handle_chinese_chars": False, "strip_accents": False,
        "lowercase": False}


def steps():
    """Each step's name with the normalizer and the pre-tokenizer that it makes."""
    kinds = [{"type": kind} for kind in ["NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt"]]
    kinds += [dict(BERT, **{name: True}) for name in ["clean_text", "handle_chinese_chars", "strip_accents", "lowercase"]]
    kinds += [{"type": "Strip", "strip_left": True, "strip_right": True},
              {"type": "Precompiled", "precompiled_charsmap": CHARSMAP}]
    for kind in kinds:
        name = next((name for name in BERT if kind["type"] == "BertNormalizer" and kind[name] is True), kind["type"])
        yield name, kind, BYTES_ONLY
    cutting = [{"type": kind} for kind in ["BertPreTokenizer", "WhitespaceSplit", "Whitespace"]]
    cutting += [{"type": "Digits", "individual_digits": True}, {"type": "Punctuation", "behavior": "Isolated"}]
    cutting += [split(expression) for expression in EXPRESSIONS]
    for kind in cutting:
        # Metaspace shows where words begin.
        yield kind.get("pattern", {}).get("Regex", kind["type"]), None, sequence(kind, metaspace(), BYTES_ONLY)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--assay", default=".build/release/assay")
    options = parser.parse_args()
    texts = [chr(value) + "b" + chr(value) for value in CHARACTERS]
    vocabulary = {character: id for id, character in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()))}
    count = differing = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        for name, normalizer, pre_tokenizer in steps():
            count += 1
            write(folder, {
                "version": "1.0", "added_tokens": [], "normalizer": normalizer, "pre_tokenizer": pre_tokenizer,
                "post_processor": None, "decoder": None, "model": {"type": "BPE", "vocab": vocabulary, "merges": []}})
            ours, refusal = assay_ids(options.assay, folder, texts)
            if ours is None: sys.exit(f"{name}: refused: {refusal}")
            _, theirs = wheel_ids(folder, texts)
            wrong = [f"U+{ord(text[0]):04X}" for text, a, b in zip(texts, ours, theirs) if a != b]
            differing += len(wrong)
            if wrong: print(f"{name}: {len(wrong)} characters differ: {' '.join(wrong[:20])}", flush=True)
    print(f"tokenizers {__version__}, {len(texts)} characters, {count} steps: {differing} differ")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
