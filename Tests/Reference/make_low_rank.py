"""What torch and PEFT make of the tiny language models in six steps, with adapters and in full.

    python Tests/Reference/make_low_rank.py Tests/Fixtures/reference Tests/Fixtures/adapters/training.json

Made with PyTorch 2.15, transformers 5.24 and peft 0.21.
"""

import json
import pathlib
import sys

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

models, output = map(pathlib.Path, sys.argv[1:])
# Token ids and the index of the response's first one.
BATCH = [([5, 9, 30, 17, 3, 8, 21], 3), ([11, 4, 4, 19], 1), ([7, 33, 2, 25, 14, 6, 9, 10, 12], 6)]


def fill(tensor, module, shift):
    """Values that any language can make again: sines of the element's index."""
    index = torch.arange(tensor.numel(), dtype=torch.float64)
    tensor.copy_((0.1 * torch.sin(0.37 * index + module + shift)).to(tensor.dtype).reshape(tensor.shape))


def batch():
    width = max(len(ids) for ids, _ in BATCH)
    ids = torch.zeros(len(BATCH), width, dtype=torch.long)
    labels = torch.full((len(BATCH), width), -100)
    mask = torch.zeros(len(BATCH), width, dtype=torch.long)
    for row, (tokens, start) in enumerate(BATCH):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        labels[row, start : len(tokens)] = torch.tensor(tokens[start:])
        mask[row, : len(tokens)] = 1
    return dict(input_ids=ids, attention_mask=mask, labels=labels)


def train(model, parameters):
    """The losses of six steps, and of the first gradient each parameter's norm and product with cosines."""
    # The fixture's dropout is off, as in the tests.
    model.eval()
    optimizer = torch.optim.AdamW(parameters.values(), lr=1e-2, weight_decay=0.01)
    losses, gradients = [], {}
    for step in range(6):
        loss = model(**batch()).loss
        loss.backward()
        if step == 0:
            for name, parameter in parameters.items():
                g = parameter.grad.double().flatten()
                cosines = torch.cos(torch.arange(g.numel(), dtype=torch.float64))
                gradients[name] = [float(f"{x:.9e}") for x in (g.norm(), (g * cosines).sum())]
        torch.nn.utils.clip_grad_norm_(parameters.values(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(round(loss.item(), 7))
    return losses, gradients


def load(name):
    return AutoModelForCausalLM.from_pretrained(models / name, dtype=torch.float32)


def adapted(name):
    targets = ["c_attn", "c_proj", "c_fc"] if "gpt2" in name else "all-linear"
    model = get_peft_model(load(name), LoraConfig(r=3, lora_alpha=6, target_modules=targets, task_type="CAUSAL_LM"))
    parameters = {n: p for n, p in model.named_parameters() if p.requires_grad}
    with torch.no_grad():
        for module, a in enumerate(n for n in parameters if "lora_A" in n):
            fill(parameters[a], module, 0)
            fill(parameters[a.replace("lora_A", "lora_B")], module, 0.5)
    losses, gradients = train(model, parameters)
    return losses, {n.removeprefix("base_model.model.").replace(".default", ""): g for n, g in gradients.items()}


def full(name):
    model = load(name)
    return train(model, dict(model.named_parameters()))


result = {}
for name in ["llama-causal", "gpt2-causal"]:
    result[name] = {}
    for kind, run in [("adapters", adapted), ("full", full)]:
        losses, gradients = run(name)
        result[name][kind] = dict(losses=losses, gradients=gradients)
output.write_text(json.dumps(result, indent=1) + "\n")
