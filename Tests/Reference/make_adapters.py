"""Writes tiny bases, LoRA adapters and what PEFT merges them to, under Tests/Fixtures/adapters.

    python Tests/Reference/make_adapters.py Tests/Fixtures/adapters

Made with PyTorch 2.15, transformers 5.24 and peft 0.21.
"""

import json
import pathlib
import sys

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import BertConfig, BertForSequenceClassification, GPT2Config, GPT2ForSequenceClassification

root = pathlib.Path(sys.argv[1])
SIZES = dict(vocab_size=20, pad_token_id=0, num_labels=3)


def bert():
    config = BertConfig(
        hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=12, max_position_embeddings=16,
        **SIZES)
    return BertForSequenceClassification(config)


def gpt2():
    config = GPT2Config(n_embd=8, n_layer=1, n_head=2, n_positions=16, bos_token_id=1, eos_token_id=1, **SIZES)
    return GPT2ForSequenceClassification(config)


def write(folder, model):
    """The base without a head, as a pre-trained model comes."""
    folder.mkdir(parents=True, exist_ok=True)
    body = model.base_model.state_dict()
    save_file({name: tensor.contiguous() for name, tensor in body.items()}, folder / "model.safetensors")
    config = model.config.to_diff_dict()
    for key in ("id2label", "label2id", "architectures"):
        config.pop(key, None)
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def adapter(name, make, **options):
    torch.manual_seed(0)
    base = make()
    write(root / make.__name__, base)
    model = get_peft_model(base, LoraConfig(task_type="SEQ_CLS", **options))
    torch.manual_seed(1)
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            if parameter.requires_grad:
                parameter.normal_(std=0.3)
    folder = root / name
    model.save_pretrained(folder)
    (folder / "README.md").unlink(missing_ok=True)
    # Loaded again, as a user would, and merged.
    torch.manual_seed(0)
    merged = PeftModel.from_pretrained(make(), folder).merge_and_unload().state_dict()
    save_file({key: tensor.contiguous() for key, tensor in merged.items()}, folder / "merged.safetensors")


adapter("list", bert, r=2, lora_alpha=4, target_modules=["query", "word_embeddings"], bias="lora_only")
adapter(
    "all-linear", bert, r=2, lora_alpha=4, target_modules="all-linear", bias="all", use_rslora=True,
    rank_pattern={"query": 3}, alpha_pattern={"layer.0.attention.self.query": 9})
adapter("conv1d", gpt2, r=2, lora_alpha=4, target_modules=["c_attn", "attn.c_proj", "wte"], fan_in_fan_out=True)
adapter(
    "expression", bert, r=2, target_modules=r".*\.layer\.[01]\.attention\.(?:self\.)?(query|value)",
    modules_to_save=["pooler"])
adapter("layers", bert, r=2, target_modules=["key"], layers_to_transform=[1], layers_pattern="layer")
