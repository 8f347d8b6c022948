#!/usr/bin/env python3
"""Trains tokenizers of 32,000 entries for compare.py: train_large.py OUTPUT TEXT_FILE...

Needs the Python packages tokenizers, sentencepiece and protobuf, and some 10 MB of text; 60,000 lines of mixed_lines.py
are added to it. The Unigram models have SentencePiece's own map nmt_nfkc.
"""

import base64
import json
import pathlib
import sys
import tempfile

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

from make_fixtures import BYTES, LETTERS, metaspace, replace
from mixed_lines import lines

SIZE = 32_000
CONFIG = {"tokenizer_class": "PreTrainedTokenizerFast"}


def save(output, name, document):
    folder = output / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(json.dumps(document))
    (folder / "tokenizer_config.json").write_text(json.dumps(CONFIG))
    print(name, len(document["model"]["vocab"]), flush=True)


def word_pieces(texts):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(texts, trainers.WordPieceTrainer(
        vocab_size=SIZE, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], show_progress=False))
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.add_tokens([AddedToken("newword", single_word=True), AddedToken("<new>", normalized=True)])
    return json.loads(tokenizer.to_str())


def byte_level(texts, expression, normalizer=None):
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=expression is None)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = byte_level if expression is None else pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(expression), "isolated"), byte_level])
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=SIZE, special_tokens=["<s>", "</s>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False))
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 1), ("<s>", 0))
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True)])
    return json.loads(tokenizer.to_str())


def sentence_pieces(texts, kind, **options):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / "text").write_text("\n".join(" ".join(text.splitlines()) for text in texts))
        sentencepiece.SentencePieceTrainer.train(
            input=str(path / "text"), model_prefix=str(path / "m"), model_type=kind, vocab_size=SIZE, minloglevel=2,
            hard_vocab_limit=False, input_sentence_size=60_000, shuffle_input_sentence=True, **options)
        proto = sentencepiece_model_pb2.ModelProto()
        proto.ParseFromString((path / "m.model").read_bytes())
    return proto


def added(names):
    return [{"id": id, "content": name, "single_word": False, "lstrip": name == "<mask>", "rstrip": False,
             "normalized": False, "special": True} for name, id in names.items()]


def unigrams(proto):
    """XLM-RoBERTa, ALBERT, DeBERTa-v3, one word, and bytes for unknown characters."""
    pieces = [[name, 0.0] for name in ["<s>", "<pad>", "</s>", "<unk>"]]
    pieces += [[piece.piece, piece.score] for piece in proto.pieces[3:]]
    known = {"type": "Precompiled",
             "precompiled_charsmap": base64.b64encode(proto.normalizer_spec.precompiled_charsmap).decode()}
    spaces = replace(" {2,}", " ")
    split = {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, metaspace()]}
    accents = [replace("``", '"', "String"), {"type": "NFKD"}, {"type": "StripAccents"}, {"type": "Lowercase"}]
    strip = {"type": "Strip", "strip_left": True, "strip_right": True}
    for name, steps, pre_tokenizer, head in [
            ("xlm-roberta", [known, spaces], split, []), ("albert", accents + [known, spaces], metaspace(), []),
            ("deberta-v3", [strip, known, spaces], metaspace(), []),
            ("unigram-one-word", [known], metaspace("first", False), []),
            ("unigram-bytes", [known, spaces], metaspace(), [[byte, -20.0] for byte in BYTES])]:
        vocabulary = pieces[:4] + head + pieces[4:] + [["<mask>", 0.0]]
        yield name, {
            "version": "1.0", "added_tokens": added({"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "<mask>": len(vocabulary) - 1}),
            "normalizer": {"type": "Sequence", "normalizers": steps}, "pre_tokenizer": pre_tokenizer,
            "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": True,
                               "add_prefix_space": False},
            "model": {"type": "Unigram", "unk_id": 3, "vocab": vocabulary, "byte_fallback": bool(head)}}


def llamas(proto):
    """Llama 2, with its spaces made by the normalizer and by the pre-tokenizer."""
    vocabulary = {piece.piece: id for id, piece in enumerate(proto.pieces)}
    merges = []
    for piece, id in vocabulary.items():
        halves = [(piece[:cut], piece[cut:]) for cut in range(1, len(piece))]
        merges += sorted((id, vocabulary[a], vocabulary[b], a, b) for a, b in halves if a in vocabulary and b in vocabulary)
    model = {"type": "BPE", "unk_token": "<unk>", "fuse_unk": True, "byte_fallback": True, "vocab": vocabulary,
             "merges": [[a, b] for _, _, _, a, b in sorted(merges)]}
    prepended = [{"type": "Prepend", "prepend": "▁"}, replace(" ", "▁", "String")]
    for name, normalizer, pre_tokenizer in [
            ("llama-2", {"type": "Sequence", "normalizers": prepended}, None), ("llama-2-first", None, metaspace("first", False))]:
        yield name, {"version": "1.0", "added_tokens": added({"<unk>": 0, "<s>": 1, "</s>": 2}), "normalizer": normalizer,
                     "pre_tokenizer": pre_tokenizer, "model": model}


def main():
    output = pathlib.Path(sys.argv[1])
    texts = [line for file in sys.argv[2:] for line in pathlib.Path(file).read_text().split("\n")] + lines(60_000, seed=99)
    save(output, "wordpiece", word_pieces(texts))
    save(output, "roberta", byte_level(texts, None))
    llama3 = byte_level(texts, LETTERS)
    save(output, "llama-3", llama3)
    llama3["model"]["ignore_merges"] = True
    save(output, "llama-3-ignored-merges", llama3)
    save(output, "qwen-2", byte_level(texts, LETTERS.replace("{1,3}", ""), normalizers.NFC()))
    for name, document in unigrams(sentence_pieces(texts, "unigram", character_coverage=0.9995)):
        save(output, name, document)
    identity = dict(normalization_rule_name="identity", remove_extra_whitespaces=False, split_digits=True, byte_fallback=True)
    for name, document in llamas(sentence_pieces(texts, "bpe", character_coverage=0.9995, **identity)):
        save(output, name, document)


if __name__ == "__main__":
    main()
