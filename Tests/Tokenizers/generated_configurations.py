"""Makes random tokenizer.json files over everything that Assay runs, each from a seed and a number.

A file has up to four normalizers, up to three pre-tokenizers, a model whose small vocabulary comes from the words that
these steps make of the given texts, added tokens of all kinds, and a post-processor.
"""

import json
import pathlib

from tokenizers import Tokenizer

from generated_models import model
from make_fixtures import (BYTE_LEVEL, CONTRACTED, LETTERS, MARKS, cased, metaspace, replace, split)

KINDS = pathlib.Path(__file__).parent.parent / "Fixtures/tokenizers/kinds.json"
BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
EXPRESSIONS = [GPT2, LETTERS, LETTERS.replace("{1,3}", ""), MARKS, cased(r"\p{N}{1,3}", CONTRACTED), cased(r"\p{N}", ""),
               r"\p{N}{1,3}", r"\p{N}", r"\s"]
REPLACED = [" {2,}", " +", r"\s+", r"\s{2,}", r"[\n\r\t]", r"\s{2,}|[\n\r\t]", r"\n"]
TEXTS = ["a", " ", "e", "''", "``", "fi", "▁", "\u0301", "  ", "the", "ß", "1", "\t", "f", "i"]
ADDED = ["<s>", "</s>", "[MASK]", "<new>", "newword", "NewWord", "the", "é", "e\u0301", "ﬁ", "①", "12", " ", "  a", "▁", "▁the", "Å",
         "\u200b", "ß", "가", "<extra id>", "I'm", "İ", ".", "f", "\u0301", "A", "\t", "👍🏽", "你"]


def compiled_map():
    """The compiled map that the fixtures were made with."""
    text = KINDS.read_text()
    key = '"precompiled_charsmap"'
    return json.JSONDecoder().raw_decode(text[text.index(key) + len(key):].lstrip(" :"))[0]


CHARSMAP = compiled_map()


def normalizer(rng):
    kind = rng.choice(["NFC", "NFD", "NFKC", "NFKD", "NFKC", "NFKD", "Lowercase", "StripAccents", "StripAccents", "Strip", "Nmt", "Bert",
                       "Bert", "Replace", "Replace", "Prepend", "Precompiled", "ByteLevel"])
    if kind == "Strip":
        return {"type": "Strip", "strip_left": rng.random() < 0.7, "strip_right": rng.random() < 0.7}
    if kind == "Bert":
        return {"type": "BertNormalizer", "clean_text": rng.random() < 0.7, "handle_chinese_chars": rng.random() < 0.6,
                "strip_accents": rng.choice([None, True, False]), "lowercase": rng.random() < 0.5}
    if kind == "Replace":
        content = rng.choice(["", " ", "▁", "x", '"', "  ", "é", "ﬁ", "ab c", "\u0301"])
        if rng.random() < 0.5: return replace(rng.choice(REPLACED), content)
        return replace(rng.choice(TEXTS), content, "String")
    if kind == "Prepend": return {"type": "Prepend", "prepend": rng.choice(["▁", "a", " ", "é", "ab", "\u0301"])}
    if kind == "Precompiled": return {"type": "Precompiled", "precompiled_charsmap": CHARSMAP}
    return {"type": kind}


def pre_tokenizer(rng):
    kind = rng.choice(["Bert", "ByteLevel", "Digits", "Metaspace", "Metaspace", "Metaspace", "Punctuation", "Split", "Split",
                       "Whitespace", "WhitespaceSplit"])
    if kind == "Bert": return {"type": "BertPreTokenizer"}
    if kind == "ByteLevel": return dict(BYTE_LEVEL, add_prefix_space=rng.random() < 0.5, use_regex=rng.random() < 0.6)
    if kind == "Digits": return {"type": "Digits", "individual_digits": rng.random() < 0.5}
    if kind == "Metaspace":
        step = metaspace(rng.choice(["always", "first", "first", "never"]), rng.random() < 0.6)
        if rng.random() < 0.2: step["replacement"] = rng.choice(["_", "a", "é"])
        if rng.random() < 0.2: step["add_prefix_space"] = step["prepend_scheme"] != "never"
        if step["prepend_scheme"] == "always" and rng.random() < 0.2: del step["prepend_scheme"]
        return step
    if kind == "Punctuation": return {"type": "Punctuation", "behavior": rng.choice(BEHAVIORS)}
    if kind == "Split":
        behavior, invert = rng.choice(BEHAVIORS), rng.random() < 0.3
        if rng.random() < 0.5: return split(rng.choice(EXPRESSIONS), behavior, invert)
        return split(rng.choice(TEXTS + ["", ""]), behavior, invert, "String")
    return {"type": kind}


def joined(steps, name, list_name):
    if not steps: return None
    return steps[0] if len(steps) == 1 else {"type": name, list_name: steps}


def growth(step):
    """How many bytes a step makes of one at most."""
    kind = step["type"]
    if kind == "Replace": return max(1, len(step["content"].encode()))
    if kind == "Prepend": return 1 + len(step["prepend"].encode())
    if kind == "Metaspace": return 1 + len(step["replacement"].encode())
    return {"NFC": 3, "NFD": 3, "NFKC": 11, "NFKD": 11, "Precompiled": 12, "ByteLevel": 4, "Lowercase": 2,
            "BertNormalizer": 2}.get(kind, 1)


def bounded(steps):
    """The steps but for those with which they would make a text longer than Assay lets them."""
    kept, total = [], 1
    for step in steps:
        if total * growth(step) > 4096: continue
        total *= growth(step)
        kept.append(step)
    return kept


def added_tokens(rng, vocabulary, reference):
    """Tokens of which no two are equal and none is empty once they are normalized, with the ids that they get."""
    tokens, patterns = [], set()
    following = len(vocabulary)
    for content in rng.sample(ADDED, rng.choice([0, 0, 1, 2, 4, 6])):
        normalized = rng.random() < 0.5
        pattern = content
        if normalized and reference.normalizer: pattern = reference.normalizer.normalize_str(content)
        if not pattern or (normalized, pattern) in patterns: continue
        patterns.add((normalized, pattern))
        id = vocabulary.get(content, following)
        following += content not in vocabulary
        tokens.append({"id": id, "content": content, "single_word": rng.random() < 0.3, "lstrip": rng.random() < 0.3,
                       "rstrip": rng.random() < 0.3, "normalized": normalized, "special": rng.random() < 0.4})
    return tokens


def post_processor(rng, vocabulary):
    def special():
        token = rng.choice(list(vocabulary))
        return token, vocabulary[token]

    kind = rng.choice(["none", "none", "BertProcessing", "RobertaProcessing", "TemplateProcessing", "ByteLevel", "Sequence"])
    if kind == "none": return None
    byte_level = dict(BYTE_LEVEL)
    if kind == "ByteLevel": return byte_level
    (cls, cls_id), (sep, sep_id) = special(), special()
    if kind == "BertProcessing": return {"type": kind, "sep": [sep, sep_id], "cls": [cls, cls_id]}
    if kind == "RobertaProcessing":
        return {"type": kind, "sep": [sep, sep_id], "cls": [cls, cls_id], "trim_offsets": rng.random() < 0.5,
                "add_prefix_space": rng.random() < 0.5}
    text = [{"Sequence": {"id": "A", "type_id": 0}}]
    head = [{"SpecialToken": {"id": cls, "type_id": 0}}] * rng.randint(0, 2)
    tail = [{"SpecialToken": {"id": sep, "type_id": 0}}] * rng.randint(0, 2)
    template = {
        "type": "TemplateProcessing", "single": head + text + tail,
        "pair": head + text + tail + [{"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {token: {"id": token, "ids": [id], "tokens": [token]} for token, id in [(cls, cls_id), (sep, sep_id)]}}
    return template if kind == "TemplateProcessing" else {"type": "Sequence", "processors": [byte_level, template]}


def configuration(rng, texts):
    """A tokenizer.json as a dictionary."""
    first = [normalizer(rng) for _ in range(rng.choice([0, 1, 1, 2, 2, 3, 4]))]
    second = [pre_tokenizer(rng) for _ in range(rng.choice([0, 1, 1, 1, 2, 2, 3]))]
    steps = bounded(first + second)
    first = [step for step in steps if any(step is other for other in first)]
    document = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": joined(first, "Sequence", "normalizers"),
        "pre_tokenizer": joined(steps[len(first):], "Sequence", "pretokenizers"), "post_processor": None, "decoder": None,
        "model": {"type": "WordPiece", "unk_token": "u", "continuing_subword_prefix": "", "max_input_chars_per_word": 1,
                  "vocab": {"u": 0}}}
    reference = Tokenizer.from_str(json.dumps(document))
    document["model"] = model(rng, words(reference, texts))
    known = document["model"]["vocab"]
    vocabulary = known if isinstance(known, dict) else {token: id for id, (token, _) in enumerate(known)}
    document["added_tokens"] = added_tokens(rng, vocabulary, reference)
    document["post_processor"] = post_processor(rng, vocabulary)
    return document


def words(reference, texts):
    """The words that the normalizer and the pre-tokenizer make of the texts."""
    found = []
    for text in texts:
        if reference.normalizer: text = reference.normalizer.normalize_str(text)
        found += [word for word, _ in reference.pre_tokenizer.pre_tokenize_str(text)] if reference.pre_tokenizer else [text]
    return [word for word in found if word]
