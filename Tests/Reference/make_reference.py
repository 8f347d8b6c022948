#!/usr/bin/env python3
"""Makes what `assay conformance` checks a model against: reference.json, and a small random model to go with it.

    make_reference.py FOLDER                          writes reference.json into a model's folder
    make_reference.py FOLDER --new TYPE               makes a small random model of a transformers model_type first,
                                                      with a tokenizer of the kind that the type usually has
        [--labels N] [--pairs] [--causal]             labels (2), texts in pairs, a language model instead
        [--set KEY=VALUE ...]                         further config entries as JSON

Needs torch and transformers; runs on the CPU in float32, with dropout off. For example:

    make_reference.py Tests/Fixtures/reference/electra --new electra --labels 3 --set embedding_size=16
    assay conformance Tests/Fixtures/reference/electra

reference.json holds token ids and logits of each text, the loss and every parameter's gradient (norm and first four
values) for one batch, and the losses of six AdamW steps on that batch. A language model has the first eight logits
behind the last token and twelve greedy tokens instead. Tokenizers are trained on the sentences below. A type that this
script does not know gets its tokenizer files and model first, and is then run without --new.
"""

import argparse
import json
import pathlib

import tokenizers
import torch
import transformers
from tokenizers import decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    AutoConfig, AutoModelForCausalLM, AutoModelForSequenceClassification, AutoTokenizer, PreTrainedTokenizerFast)

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
MAX_LENGTH, BATCH_MAX_LENGTH, VOCABULARY = 64, 48, 320
ADAMW = dict(lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)

BERT = dict(
    hidden_size=24, num_hidden_layers=2, num_attention_heads=4, intermediate_size=40, max_position_embeddings=80,
    hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
DECODER = dict(
    hidden_size=24, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, intermediate_size=40,
    max_position_embeddings=128, attention_dropout=0.0)
DISENTANGLED = dict(
    BERT, relative_attention=True, position_buckets=16, norm_rel_ebd="layer_norm", share_att_key=True,
    pos_att_type=["p2c", "c2p"], position_biased_input=False, type_vocab_size=0)

# Tokenizer and sizes of each type.
TYPES = {
    "bert": ("wordpiece", BERT),
    "distilbert": ("wordpiece", dict(
        dim=24, n_layers=2, n_heads=4, hidden_dim=40, max_position_embeddings=80, dropout=0.0, attention_dropout=0.0,
        seq_classif_dropout=0.0)),
    "electra": ("wordpiece", dict(BERT, embedding_size=16)),
    "albert": ("unigram", dict(BERT, embedding_size=16, classifier_dropout_prob=0.0)),
    "roberta": ("bytes", dict(BERT, type_vocab_size=1)),
    "xlm-roberta": ("unigram", dict(BERT, type_vocab_size=1)),
    "mpnet": ("wordpiece", BERT),
    "deberta-v2": ("unigram", DISENTANGLED),
    "modernbert": ("wordpiece", dict(
        hidden_size=24, num_hidden_layers=3, num_attention_heads=4, intermediate_size=40, max_position_embeddings=80,
        local_attention=8, global_attn_every_n_layers=2)),
    "gpt2": ("bytes", dict(
        n_embd=24, n_layer=2, n_head=4, n_positions=80, resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0)),
    "llama": ("bytes", DECODER),
    "mistral": ("bytes", DECODER),
    "qwen2": ("bytes", DECODER),
    "qwen3": ("bytes", dict(DECODER, head_dim=10)),
    "gemma3_text": ("bytes", dict(
        DECODER, intermediate_size=32, num_hidden_layers=3, head_dim=10, query_pre_attn_scalar=12, sliding_window=7,
        layer_types=["sliding_attention", "full_attention", "sliding_attention"])),
}
# Types that read a text from its end and get no special tokens.
DECODERS = {"gpt2", "llama", "mistral", "qwen2", "qwen3", "gemma3_text"}


def wordpiece():
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    trained = tokenizers.BertWordPieceTokenizer()
    trained.train_from_iterator(SENTENCES * 4, vocab_size=VOCABULARY, min_frequency=1, special_tokens=special)
    tokenizer = trained._tokenizer
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(name, tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]")])
    return tokenizer, dict(zip(["pad_token", "unk_token", "cls_token", "sep_token", "mask_token"], special))


def byte_level(is_decoder):
    special = ["<|endoftext|>"] if is_decoder else ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    tokenizer = tokenizers.Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(SENTENCES * 4, trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    if is_decoder:
        tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
        return tokenizer, {name: special[0] for name in ("pad_token", "bos_token", "eos_token", "unk_token")}
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    return tokenizer, NAMES


def unigram():
    tokenizer = tokenizers.Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(tokenizers.Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.train_from_iterator(SENTENCES * 4, trainers.UnigramTrainer(
        vocab_size=VOCABULARY, special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"], unk_token="<unk>"))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return tokenizer, NAMES


NAMES = dict(
    bos_token="<s>", eos_token="</s>", pad_token="<pad>", unk_token="<unk>", cls_token="<s>", sep_token="</s>",
    mask_token="<mask>")


def new_model(folder, model_type, labels, entries, causal):
    kind, sizes = TYPES[model_type]
    is_decoder = model_type in DECODERS
    trained, names = {"wordpiece": wordpiece, "bytes": lambda: byte_level(is_decoder), "unigram": unigram}[kind]()
    # Only those who know segments are given them.
    inputs = ["input_ids", "token_type_ids", "attention_mask"] if model_type in ("bert", "electra") else None
    extra = dict(model_input_names=inputs) if inputs else {}
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=trained, **names, **extra)
    tokenizer.save_pretrained(folder)
    ids = dict(
        pad_token_id=tokenizer.pad_token_id, bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id)
    if model_type == "modernbert":
        ids.update(cls_token_id=tokenizer.cls_token_id, sep_token_id=tokenizer.sep_token_id)
    config = AutoConfig.for_model(
        model_type, **{**sizes, **ids, **({} if causal else dict(num_labels=labels)), "vocab_size": len(tokenizer),
                       **entries})
    torch.manual_seed(1)
    model = (AutoModelForCausalLM if causal else AutoModelForSequenceClassification).from_config(config)
    with torch.no_grad():
        for parameter in model.parameters():  # Biases and norms too: a zero hides mistakes.
            parameter.add_(0.08 * torch.randn_like(parameter))
    model.save_pretrained(folder)


def is_causal(folder):
    names = json.loads((folder / "config.json").read_text()).get("architectures") or []
    return any(name.endswith(("ForCausalLM", "LMHeadModel")) for name in names)


def answer(model, inputs, causal):
    with torch.no_grad():
        logits = model(**inputs).logits[0]
        if not causal:
            return dict(logits=logits.tolist())
        greedy = model.generate(
            **inputs, max_new_tokens=12, do_sample=False, eos_token_id=None, pad_token_id=0)
    last = logits[-1]
    return dict(
        last_logits_first8=last[:8].tolist(), last_argmax=int(last.argmax()),
        greedy_12=greedy[0][inputs["input_ids"].shape[1]:].tolist())


def reference(folder, pairs):
    causal = is_causal(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    loader = AutoModelForCausalLM if causal else AutoModelForSequenceClassification
    model = loader.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    texts = SENTENCES + HARD
    cases = []
    for index, text in enumerate(texts):
        pair = texts[-1 - index] if pairs else None
        # As lists: of single strings, an empty pair would be taken for none.
        inputs = tokenizer(
            [text], [pair] if pairs else None, truncation=True, max_length=MAX_LENGTH, return_tensors="pt")
        if inputs["input_ids"].shape[1] == 0:
            continue  # A model cannot read nothing.
        types = inputs["token_type_ids"][0].tolist() if "token_type_ids" in inputs else None
        ids = inputs["input_ids"][0].tolist()
        cases.append(
            dict(text=text, pair=pair, input_ids=ids, token_type_ids=types, **answer(model, inputs, causal)))

    second = SENTENCES[3:] + SENTENCES[:3] if pairs else None
    labels = None if causal else [index * 5 % 7 % model.config.num_labels for index in range(len(SENTENCES))]
    batch = tokenizer(
        SENTENCES, second, truncation=True, max_length=BATCH_MAX_LENGTH, padding=True, return_tensors="pt")
    batch["labels"] = (
        batch["input_ids"].masked_fill(batch["attention_mask"] == 0, -100) if causal else torch.tensor(labels))
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
    parser.add_argument("--new", metavar="TYPE", choices=sorted(TYPES))
    parser.add_argument("--labels", type=int, default=2)
    parser.add_argument("--pairs", action="store_true")
    parser.add_argument("--causal", action="store_true")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    arguments = parser.parse_args()
    if arguments.new:
        entries = {key: json.loads(value) for key, value in (entry.split("=", 1) for entry in arguments.set)}
        new_model(arguments.folder, arguments.new, arguments.labels, entries, arguments.causal)
    reference(arguments.folder, arguments.pairs)


if __name__ == "__main__":
    main()
