"""PyTorch and transformers on the benchmark's jobs, resident, so that their runs alternate with ours.

Reads one JSON request a line from standard input and answers each with one JSON line:

    {"job": "versions"}
    {"job": "evaluation", "model": DIR, "data": FILE.tsv, "order": "random" | "sorted", "precision": "f32" | "bf16",
     "threads": 2, "texts": 512, "batch": 32, "max_length": 128}
    {"job": "training", ...}

Evaluation is the forward pass, training a whole step (forward, backward, AdamW) with the dropout of the model's config.
Batches are padded to their longest text. "random" is the order of transformers' Trainer, "sorted" puts texts of like
length together. Tokenization is timed too. Tokens are real ones, without padding.
"""

import json
import platform
import random
import sys
import time

import tokenizers
import torch
import transformers
from transformers import AutoModelForSequenceClassification, AutoTokenizer
from transformers.utils import logging

LEARNING_RATE = 2e-5


class Session:
    """The model that is loaded, with its optimizer, kept from request to request."""

    def __init__(self):
        self.key = None
        self.model = None
        self.optimizer = None
        self.tokenizer = None

    def load(self, path, training):
        if self.key == (path, training):
            return
        self.model = self.optimizer = None
        self.tokenizer = AutoTokenizer.from_pretrained(path)
        self.model = AutoModelForSequenceClassification.from_pretrained(path, dtype=torch.float32)
        self.model.train(training)
        if training:
            self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=LEARNING_RATE)
        self.key = (path, training)


def read_rows(path, count):
    """The first rows of a file of label<TAB>text."""
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t")[:2] for line in file if not line.startswith("label\t")]
    return [(int(label), text) for label, text in rows[:count]]


def make_batches(rows, order, size):
    indices = list(range(len(rows)))
    random.Random(0).shuffle(indices)
    if order == "sorted":
        indices.sort(key=lambda index: len(rows[index][1]))
    return [[rows[index] for index in indices[start : start + size]] for start in range(0, len(indices), size)]


def evaluation_step(session, inputs, labels):
    with torch.inference_mode():
        session.model(**inputs)


def training_step(session, inputs, labels):
    session.optimizer.zero_grad()
    session.model(**inputs, labels=torch.tensor(labels)).loss.backward()
    session.optimizer.step()


def run_batches(session, request):
    """Seconds and real tokens of all batches."""
    training = request["job"] == "training"
    session.load(request["model"], training)
    step = training_step if training else evaluation_step
    batches = make_batches(read_rows(request["data"], request["texts"]), request["order"], request["batch"])
    tokens = 0
    start = time.perf_counter()
    for batch in batches:
        texts = [text for _, text in batch]
        inputs = session.tokenizer(
            texts, padding=True, truncation=True, max_length=request["max_length"], return_tensors="pt"
        )
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=request["precision"] == "bf16"):
            step(session, inputs, [label for label, _ in batch])
        tokens += int(inputs["attention_mask"].sum())
    return {"seconds": time.perf_counter() - start, "tokens": tokens}


def versions():
    return {
        "versions": {
            "Python": platform.python_version(),
            "PyTorch": torch.__version__,
            "transformers": transformers.__version__,
            "tokenizers": tokenizers.__version__,
        }
    }


def answer(session, request):
    if request["job"] == "versions":
        return versions()
    torch.set_num_threads(request["threads"])
    return run_batches(session, request)


def main():
    logging.disable_progress_bar()
    torch.manual_seed(0)
    session = Session()
    for line in sys.stdin:
        try:
            result = answer(session, json.loads(line))
        except Exception as error:  # One failed request must not end the others.
            result = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
