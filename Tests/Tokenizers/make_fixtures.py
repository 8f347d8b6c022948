#!/usr/bin/env python3
"""Makes Tests/Fixtures/tokenizers/kinds.json: small tokenizers of every kind, and the ids that the reference gives.

    make_fixtures.py [OUTPUT]

Needs the Python packages tokenizers, sentencepiece and protobuf. A variant is a base with some members of its
tokenizer.json replaced. Ids are those of the `tokenizers` wheel for a text, and for a pair of texts.
"""

import base64
import json
import pathlib
import sys
import tempfile

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, __version__, models, pre_tokenizers, trainers

from mixed_lines import lines

SENTENCES = [
    "The auditor opened the weights, read them twice and wrote down what had changed.",
    "A garden party goes wrong in the best way; the cook burns the soup and saves the dinner.",
    "Two brothers repair an old boat, and nothing else happens. It isn't much, but it's enough.",
    "Nobody in this office has ever met a real customer, they'd say, and we'll never know.",
    "Der Prüfer öffnete die Gewichte. Le vérificateur a lu deux fois. Проверяющий написал отчёт.",
    "In 2026 the 3 models cost $1,234.50; 42 of 100 were refused. def check(x): return x ** 2",
    "審査員は重みを二度読んだ。 감사관은 두 번 읽었다. المدقق قرأ الأوزان مرتين. लेखापरीक्षक ने दो बार पढ़ा।",
]
WHOLE = ["newword", "<new>", "Ünited"]
MARKED = [" ".join(["the garden", "newword newwords", "<NEW> <new>", "x<mask>y  <mask>  z", "ünited ÜNITED", "</s>the"]),
          "the<s> a </s>\tb", "we're WE'LL it'S 'ſ x\u0027re", "  two  spaces ", "a\n\n b\r\n  c\t\td", "x" * 70,
          "12345 1 22 ٣٤٥ ½ ²³", "HelloWorld iPhone ABCdef ʕaʕ ǅx \u0301B", "e\u0301 \u1e9b\u0323 ﬁ ① ㍿ \uac00\u11a8 \u1100\u1161",
          "``quoted'' text", "▁under ▁▁ Ġ <0x41>", "\u200b\u200d\ufeff\u00ad", "\u0600 12\u0600 1", "🇩🇪🇫🇷 👨‍👩‍👧 ❤️", "ab\u0001c"]


def base_json(tokenizer):
    return json.loads(tokenizer.to_str())


def byte_pairs(pre_tokenizer, size, special, **options):
    tokenizer = Tokenizer(models.BPE(**{k: v for k, v in options.items() if k in ("unk_token", "fuse_unk", "byte_fallback")}))
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.train_from_iterator(SENTENCES * 4, trainers.BpeTrainer(
        vocab_size=size, min_frequency=1, special_tokens=special, show_progress=False,
        **{k: v for k, v in options.items() if k not in ("unk_token", "fuse_unk", "byte_fallback")}))
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True)])
    tokenizer.add_tokens([AddedToken(WHOLE[0], single_word=True), AddedToken(WHOLE[1], normalized=False), WHOLE[2]])
    return base_json(tokenizer)


def unigram():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.train_from_iterator(SENTENCES * 4, trainers.UnigramTrainer(
        vocab_size=320, special_tokens=["<s>", "</s>", "<unk>"] + BYTES, unk_token="<unk>", show_progress=False))
    tokenizer.add_tokens([AddedToken(WHOLE[0], single_word=True)])
    return base_json(tokenizer)


def own_map():
    """A compiled map of a few dozen own rules, among them sequences of several characters."""
    rules = {"ﬁ": "fi", "①": "1", "Ａ": "A", "\u00a0": " ", "\u3000": " ", "\u200b": " ", "\t": " ", "\n": " ", "\u0001": "",
             "e\u0301": "é", "a\u0308": "ä", "가\u11a8": "각", "½": "1/2", "…": "...", "ß": "ss", "क\u093c": "\u0958", "㍿": "株式会社",
             "“": "\"", "”": "\"", "É": "é", "🇩🇪": "DE", "x\u0301\u0302": "X", "\u0344": "\u0308\u0301"}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / "rules.tsv").write_text("".join(
            " ".join(f"{ord(c):X}" for c in a) + "\t" + " ".join(f"{ord(c):X}" for c in b) + "\n" for a, b in rules.items()))
        (path / "text").write_text("\n".join(SENTENCES))
        sentencepiece.SentencePieceTrainer.train(
            input=str(path / "text"), model_prefix=str(path / "m"), vocab_size=300, hard_vocab_limit=False,
            normalization_rule_tsv=str(path / "rules.tsv"), minloglevel=2)
        proto = sentencepiece_model_pb2.ModelProto()
        proto.ParseFromString((path / "m.model").read_bytes())
    return base64.b64encode(proto.normalizer_spec.precompiled_charsmap).decode()


BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
LETTERS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
MARKS = LETTERS.replace(r"?\p{L}+", r"?[\p{L}\p{M}]+").replace(r"[^\s\p{L}\p{N}]", r"[^\s\p{L}\p{M}\p{N}]").replace("{1,3}", "")
CAPITAL, SMALL, BEFORE = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]", r"[^\r\n\p{L}\p{N}]?"


def cased(digits, ending):
    return (f"{BEFORE}{CAPITAL}*{SMALL}+{ending}|{BEFORE}{CAPITAL}+{SMALL}*{ending}|{digits}|"
            r" ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")


def split(expression, behavior="Isolated", invert=False, kind="Regex"):
    return {"type": "Split", "pattern": {kind: expression}, "behavior": behavior, "invert": invert}


def sequence(*parts):
    return {"type": "Sequence", "pretokenizers": list(parts)}


def normalizers(*parts):
    return {"normalizer": {"type": "Sequence", "normalizers": [p if isinstance(p, dict) else {"type": p} for p in parts]}}


def replace(pattern, content, kind="Regex"):
    return {"type": "Replace", "pattern": {kind: pattern}, "content": content}


def metaspace(scheme="always", divides=True):
    return {"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": divides}


BYTE_LEVEL = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
BYTES_ONLY = dict(BYTE_LEVEL, use_regex=False)
PREFIXED = dict(BYTE_LEVEL, add_prefix_space=True)
CONTRACTED = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"


def variants(bases, charsmap):
    byte = bases["bytes"]
    found = {}

    def add(base, name, **changes):
        found[f"{base}: {name}"] = {"base": base, "json": changes}

    def model(base, **changes):
        kept = {k: v for k, v in bases[base]["model"].items() if k not in ("vocab", "merges")}
        return {"model": dict(kept, **changes)}

    add("bytes", "GPT-2")
    add("bytes", "prefix space", pre_tokenizer=PREFIXED)
    add("bytes", "no expression", pre_tokenizer=BYTES_ONLY)
    add("bytes", "no expression, prefix space", pre_tokenizer=dict(PREFIXED, use_regex=False))
    for name, expression in [("Llama 3", LETTERS), ("Qwen 2", LETTERS.replace("{1,3}", "")), ("Qwen 3.5", MARKS),
                             ("GPT-4o", cased(r"\p{N}{1,3}", CONTRACTED)), ("Tekken", cased(r"\p{N}", ""))]:
        add("bytes", name, pre_tokenizer=sequence(split(expression), BYTES_ONLY))
    add("bytes", "digit groups", pre_tokenizer=sequence(split(r"\p{N}{1,3}"), split(LETTERS), PREFIXED))
    add("bytes", "digits", pre_tokenizer=sequence({"type": "Digits", "individual_digits": True}, BYTE_LEVEL))
    add("bytes", "punctuation, bytes, digits", pre_tokenizer=sequence(
        {"type": "Punctuation", "behavior": "Contiguous"}, BYTE_LEVEL, {"type": "Digits", "individual_digits": False}))
    add("bytes", "whitespace", pre_tokenizer=sequence({"type": "Whitespace"}, PREFIXED))
    for behavior in ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]:
        for invert in [False, True]:
            add("bytes", f"split at a, {behavior}, {invert}", pre_tokenizer=sequence(
                split("a", behavior, invert, "String"), BYTES_ONLY))
    add("bytes", "ignored merges", **model("bytes", ignore_merges=True))
    add("bytes", "merges as text", **model("bytes", merges=[" ".join(pair) for pair in byte["model"]["merges"]]))
    ids = {t["content"]: t["id"] for t in byte["added_tokens"]}
    add("bytes", "RoBERTa", post_processor={
        "type": "RobertaProcessing", "sep": ["</s>", ids["</s>"]], "cls": ["<s>", ids["<s>"]], "trim_offsets": True,
        "add_prefix_space": False})
    add("bytes", "sequence of processors", post_processor={"type": "Sequence", "processors": [
        BYTE_LEVEL, {"type": "TemplateProcessing", "single": [
            {"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "B", "type_id": 1}}, {"Sequence": {"id": "A", "type_id": 0}}],
            "special_tokens": {"<s>": {"id": "<s>", "ids": [ids["<s>"]], "tokens": ["<s>"]}}}]})
    for name in ["NFC", "NFD", "NFKC", "NFKD", "Lowercase", "Nmt", "StripAccents", "ByteLevel"]:
        add("bytes", name, **normalizers(name), **({"pre_tokenizer": None} if name == "ByteLevel" else {}))
    add("bytes", "strip", **normalizers({"type": "Strip", "strip_left": True, "strip_right": True}))
    add("bytes", "strip left", **normalizers({"type": "Strip", "strip_left": True, "strip_right": False}, "NFKD"))
    add("bytes", "replace", **normalizers(replace(" {2,}", " "), replace("``", '"', "String"), replace("a", "", "String")))
    for expression in [r"\s+", r"\s{2,}|[\n\r\t]", r"[\n\r\t]", " +", r"\n", r"\s{2,}"]:
        add("bytes", f"replace {expression}", **normalizers(replace(expression, " ")))
    add("bytes", "prepend", **normalizers({"type": "Prepend", "prepend": "a"}, "Lowercase"))

    llama = normalizers({"type": "Prepend", "prepend": "▁"}, replace(" ", "▁", "String"))
    add("pieces", "Llama 2", pre_tokenizer=None, **llama)
    for scheme in ["always", "first", "never"]:
        for divides in [True, False]:
            add("pieces", f"metaspace {scheme}, {divides}", pre_tokenizer=metaspace(scheme, divides))
    add("pieces", "first, start dropped", pre_tokenizer=metaspace("first"), **normalizers("Nmt", replace("``", '"', "String")))
    add("pieces", "unknown not fused", **model("pieces", byte_fallback=False, fuse_unk=False))
    add("pieces", "unknown fused", pre_tokenizer=metaspace("first", False), **model("pieces", byte_fallback=False))
    add("pieces", "unknown dropped", **model("pieces", byte_fallback=False, unk_token=None))
    add("suffix", "CLIP", **normalizers("NFC", replace(r"\s+", " "), "Lowercase"))
    add("prefix", "continuation")

    add("unigram", "plain")
    add("unigram", "bytes", **model("unigram", byte_fallback=True))
    add("unigram", "XLM-R", pre_tokenizer=sequence({"type": "WhitespaceSplit"}, metaspace()), **normalizers(
        {"type": "Precompiled", "precompiled_charsmap": charsmap}, replace(" {2,}", " ")))
    add("unigram", "ALBERT", **normalizers(
        replace("``", '"', "String"), replace("''", '"', "String"), "NFKD", "StripAccents", "Lowercase",
        {"type": "Precompiled", "precompiled_charsmap": charsmap}, replace(" {2,}", " ")))
    add("unigram", "DeBERTa", **normalizers(
        {"type": "Strip", "strip_left": True, "strip_right": True},
        {"type": "Precompiled", "precompiled_charsmap": charsmap}, replace(" {2,}", " ")))
    add("unigram", "byte characters", pre_tokenizer=PREFIXED)
    add("unigram", "one word", pre_tokenizer=metaspace("first", False))
    add("unigram", "Nmt, NFKC", **normalizers("Nmt", "NFKC", replace(" {2,}", " ")))
    return found


def applied(base, changes):
    result = dict(base, **changes)
    if "model" in changes:
        result["model"] = dict(base["model"], **changes["model"])
    return result


def main():
    output = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "Tests/Fixtures/tokenizers/kinds.json")
    bases = {
        "bytes": byte_pairs(pre_tokenizers.ByteLevel(add_prefix_space=False), 420, ["<s>", "</s>"],
                            initial_alphabet=pre_tokenizers.ByteLevel.alphabet()),
        "pieces": byte_pairs(pre_tokenizers.Metaspace(), 560, ["<unk>", "<s>", "</s>"] + BYTES, unk_token="<unk>",
                             fuse_unk=True, byte_fallback=True),
        "suffix": byte_pairs(pre_tokenizers.Split(Regex(r"\s"), "removed"), 260, ["<|end|>"], unk_token="<|end|>",
                             end_of_word_suffix="</w>"),
        "prefix": byte_pairs(pre_tokenizers.WhitespaceSplit(), 260, ["<unk>"], unk_token="<unk>",
                             continuing_subword_prefix="##"),
        "unigram": unigram(),
    }
    texts = MARKED + [line for line in lines(60, seed=7) if len(line) < 240] + SENTENCES
    cases, found = {}, variants(bases, own_map())
    for name, variant in found.items():
        tokenizer = Tokenizer.from_str(json.dumps(applied(bases[variant["base"]], variant["json"])))
        encodings = [tokenizer.encode(text) for text in texts]
        pair = tokenizer.encode(texts[0], texts[-1])
        cases[name] = {"ids": [encoding.ids for encoding in encodings], "pair": pair.ids, "types": pair.type_ids}
    document = {"wheel": __version__, "texts": texts, "bases": bases, "variants": found, "cases": cases}
    output.write_text(json.dumps(document, ensure_ascii=True, separators=(",", ":")).replace('},"', '},\n"'))
    print(len(found), "variants,", len(texts), "texts,", output.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
