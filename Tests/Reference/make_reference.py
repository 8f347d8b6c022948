#!/usr/bin/env python3
"""Makes what `assay conformance` checks a model against: reference.json, and a small random model to go with it.

    make_reference.py FOLDER                          writes reference.json into a classifier's folder
    make_reference.py FOLDER --new TYPE               makes a small random model of a transformers model_type first
        [--labels N] [--pairs] [--set KEY=VALUE ...]  labels (2), texts in pairs, further config entries as JSON

Needs torch and transformers; runs on the CPU in float32, with dropout off. For example, for a new architecture:

    make_reference.py Tests/Fixtures/reference/electra --new electra --labels 3 --set embedding_size=32
    assay conformance Tests/Fixtures/reference/electra

reference.json holds token ids and logits of each text, the loss and every parameter's gradient (norm and first four
values) for one batch, and the losses of six AdamW steps on that batch. The tokenizer of a new model is a WordPiece
trained on the sentences below; a model that needs another kind gets its tokenizer files first, and is then made
without --new.
"""

import argparse
import json
import pathlib

import tokenizers
import torch
import transformers
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer, PreTrainedTokenizerFast

SENTENCES = [
    "The auditor opened the weights, read them twice and wrote down what had changed.",
    "A garden party goes wrong in the best way.", "Flat, slow and badly lit.", "A song, a storm and a second chance.",
    "The cook burns the soup and saves the dinner.", "Two brothers repair an old boat, and nothing else happens.",
    "The last hour is worth the wait.", "Nobody in this office has ever met a real customer.",
]
HARD = [
    "", " ", "Café naïve — résumé!", "你好 world 123,456.78", "emoji 😀👨\u200d👩\u200d👧 ok", "tab\tnew\nline  double",
    "I'm can't won't it's O'Neil's", "UPPER lower MiXeD İstanbul", "<b>html</b> & \"quotes\"",
    "zero\u200bwidth \u202eright", "a" * 120, "ﬁne ① ＡＢ", " ".join(SENTENCES),
]
MAX_LENGTH, BATCH_MAX_LENGTH = 64, 48
ADAMW = dict(lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)


def new_model(folder, model_type, labels, entries):
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    trained = tokenizers.BertWordPieceTokenizer()
    trained.train_from_iterator(SENTENCES * 4, vocab_size=900, min_frequency=1, special_tokens=special)
    cls, sep = trained.token_to_id("[CLS]"), trained.token_to_id("[SEP]")
    trained._tokenizer.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", cls), ("[SEP]", sep)])
    names = dict(zip(["pad_token", "unk_token", "cls_token", "sep_token", "mask_token"], special))
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=trained._tokenizer, **names)
    tokenizer.save_pretrained(folder)
    config = AutoConfig.for_model(
        model_type, vocab_size=len(tokenizer), hidden_size=48, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=96, max_position_embeddings=80, num_labels=labels, pad_token_id=0, hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0)
    config.update(entries)
    torch.manual_seed(1)
    model = AutoModelForSequenceClassification.from_config(config)
    with torch.no_grad():
        for parameter in model.parameters():  # Biases and norms too: a zero hides mistakes.
            parameter.add_(0.08 * torch.randn_like(parameter))
    model.save_pretrained(folder)


def reference(folder, pairs):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder, dtype=torch.float32).eval()
    texts = SENTENCES + HARD
    cases = []
    for index, text in enumerate(texts):
        pair = texts[-1 - index] if pairs else None
        # As lists: of single strings, an empty pair would be taken for none.
        inputs = tokenizer(
            [text], [pair] if pairs else None, truncation=True, max_length=MAX_LENGTH, return_tensors="pt")
        with torch.no_grad():
            logits = model(**inputs).logits[0].tolist()
        types = inputs["token_type_ids"][0].tolist() if "token_type_ids" in inputs else None
        ids = inputs["input_ids"][0].tolist()
        cases.append(dict(text=text, pair=pair, input_ids=ids, token_type_ids=types, logits=logits))

    second = SENTENCES[3:] + SENTENCES[:3] if pairs else None
    labels = [index * 5 % 7 % model.config.num_labels for index in range(len(SENTENCES))]
    batch = tokenizer(
        SENTENCES, second, truncation=True, max_length=BATCH_MAX_LENGTH, padding=True, return_tensors="pt")
    batch["labels"] = torch.tensor(labels)
    loss = model(**batch).loss
    loss.backward()
    parameters = {
        name: dict(norm=parameter.grad.double().norm().item(), first4=parameter.grad.flatten()[:4].tolist())
        for name, parameter in model.named_parameters() if parameter.grad is not None
    }

    optimizer = torch.optim.AdamW(model.parameters(), **ADAMW)
    losses = []
    for _ in range(6):
        optimizer.zero_grad()
        step = model(**batch).loss
        step.backward()
        optimizer.step()
        losses.append(step.item())

    note = "same batch every step; all parameters decayed; no warm-up; dropout 0"
    result = dict(
        transformers=transformers.__version__, torch=torch.__version__, max_length=MAX_LENGTH, cases=cases,
        gradients=dict(
            max_length=BATCH_MAX_LENGTH, texts=SENTENCES, pairs=second, labels=labels, loss=loss.item(),
            parameters=parameters),
        adamw=dict(**ADAMW, losses=losses, note=note))
    (folder / "reference.json").write_text(json.dumps(result, indent=1, ensure_ascii=False))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--new", metavar="TYPE")
    parser.add_argument("--labels", type=int, default=2)
    parser.add_argument("--pairs", action="store_true")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    arguments = parser.parse_args()
    if arguments.new:
        entries = {key: json.loads(value) for key, value in (entry.split("=", 1) for entry in arguments.set)}
        new_model(arguments.folder, arguments.new, arguments.labels, entries)
    reference(arguments.folder, arguments.pairs)


if __name__ == "__main__":
    main()
