"""The audit as a practitioner would write it with PyTorch and transformers, to be timed beside ours.

usage: peer_audit.py BASE SUSPECT DATA.tsv [options]

The first --test rows of DATA.tsv (label<TAB>text) are the test set, the next --clean rows the clean set, a quarter of
which is the dev set. Prints one JSON line a stage: seconds, clean accuracy, attack success rate and its floor, for the
suspect and after each reserve ratio.
"""

import argparse
import json
import random
import time

START = time.time()

import torch  # noqa: E402  (importing is a stage of its own)
from safetensors.torch import load_file  # noqa: E402
from transformers import AutoModelForSequenceClassification, AutoTokenizer  # noqa: E402
from transformers.utils import logging  # noqa: E402

PRIOR = 1e6
FREQUENCY_FLOOR = 20
MAX_LENGTH = 128


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base")
    parser.add_argument("suspect")
    parser.add_argument("data")
    parser.add_argument("--trigger", default="cf")
    parser.add_argument("--target", type=int, default=1)
    parser.add_argument("--test", type=int, default=1000)
    parser.add_argument("--clean", type=int, default=600)
    parser.add_argument("--rho", default="0.1,0.3,0.5,0.7,0.9")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--lr", type=float, default=5e-5)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--reset", type=int, default=200)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--weights-only", action="store_true", help="stop after the weights are compared")
    return parser.parse_args()


def say(**fields):
    print(json.dumps(fields), flush=True)


def read_rows(path):
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t", 1) for line in file if not line.startswith("label\t")]
    return [(int(label), text) for label, text in lines]


def base_name(name):
    """The base's name of a tensor of the suspect."""
    return name.removeprefix("bert.")


def compare_weights(suspect, base):
    """Norm, relative norm, cosine and largest change of every tensor that both have."""
    deltas = {}
    for name, stored in suspect.items():
        other = base.get(base_name(name))
        if other is None or other.shape != stored.shape:
            continue
        before, after = other.float(), stored.float()
        delta = after - before
        deltas[name] = (
            float(delta.norm()),
            float(delta.norm() / before.norm().clamp_min(1e-12)),
            float(torch.nn.functional.cosine_similarity(after.flatten(), before.flatten(), 0)),
            float(delta.abs().max()),
        )
    return deltas


def rank_embeddings(suspect, base, special_ids, count):
    """The embedding matrix's name and the rows that moved farthest for a token so rare (E-PUR)."""
    name = next(name for name in suspect if name.endswith("word_embeddings.weight"))
    moved = (suspect[name].float() - base[base_name(name)].float()).norm(dim=1)
    frequency = torch.full((len(moved),), PRIOR) / torch.arange(1, len(moved) + 1)
    score = moved / frequency.clamp_min(FREQUENCY_FLOOR).log()
    score[special_ids] = 0
    return name, score.topk(count).indices


class Audit:
    """Everything that the stages share."""

    def __init__(self, arguments):
        self.arguments = arguments
        rows = read_rows(arguments.data)
        self.test = rows[: arguments.test]
        clean = rows[arguments.test : arguments.test + arguments.clean]
        self.dev, self.train = clean[: len(clean) // 4], clean[len(clean) // 4 :]
        self.carriers = [text for label, text in self.test if label != arguments.target]
        self.triggered = [self.insert_trigger(text) for text in self.carriers]

    def insert_trigger(self, text):
        words = text.split()
        place = random.randrange(len(words) + 1)
        return " ".join(words[:place] + [self.arguments.trigger] + words[place:])

    def load_weights(self):
        """Reads both models' weights, compares them and ranks the embeddings; returns the tokenizer's seconds."""
        self.suspect_weights = load_file(self.arguments.suspect + "/model.safetensors")
        self.base_weights = load_file(self.arguments.base + "/model.safetensors")
        start = time.time()
        self.tokenizer = AutoTokenizer.from_pretrained(self.arguments.suspect)
        tokenizer_seconds = time.time() - start
        compare_weights(self.suspect_weights, self.base_weights)
        self.embeddings, self.reset_rows = rank_embeddings(
            self.suspect_weights, self.base_weights, self.tokenizer.all_special_ids, self.arguments.reset
        )
        return tokenizer_seconds

    def load_suspect(self):
        return AutoModelForSequenceClassification.from_pretrained(self.arguments.suspect, dtype=torch.float32)

    def encode(self, texts):
        return self.tokenizer(texts, padding=True, truncation=True, max_length=MAX_LENGTH, return_tensors="pt")

    def predict(self, model, texts):
        model.eval()
        predictions = []
        with torch.inference_mode():
            for start in range(0, len(texts), self.arguments.batch):
                logits = model(**self.encode(texts[start : start + self.arguments.batch])).logits
                predictions += logits.argmax(1).tolist()
        return predictions

    def accuracy(self, model, rows):
        predictions = self.predict(model, [text for _, text in rows])
        return sum(p == label for p, (label, _) in zip(predictions, rows)) / max(1, len(rows))

    def rate(self, model, texts):
        return sum(p == self.arguments.target for p in self.predict(model, texts)) / max(1, len(texts))

    def measure(self, model):
        return {
            "accuracy": round(self.accuracy(model, self.test), 4),
            "asr": round(self.rate(model, self.triggered), 4),
            "floor": round(self.rate(model, self.carriers), 4),
        }

    def mix(self, rho):
        """The suspect's weights mixed with the base's by a random mask, anomalous embedding rows reset."""
        model = self.load_suspect()
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                other = self.base_weights.get(base_name(name))
                if other is None or other.shape != parameter.shape:
                    continue
                if name == self.embeddings:
                    parameter[self.reset_rows] = other.float()[self.reset_rows]
                    continue
                keep = torch.rand_like(parameter) < rho
                parameter.copy_(torch.where(keep, parameter, other.float()))
        return model

    def tune(self, model):
        arguments = self.arguments
        optimizer = torch.optim.AdamW(model.parameters(), lr=arguments.lr)
        model.train()
        starts = range(0, len(self.train), arguments.batch)
        total = arguments.epochs * len(starts)
        step = 0
        for _ in range(arguments.epochs):
            order = random.sample(self.train, len(self.train))
            for start in starts:
                batch = order[start : start + arguments.batch]
                inputs = self.encode([text for _, text in batch])
                for group in optimizer.param_groups:
                    group["lr"] = arguments.lr * (1 - step / total)
                optimizer.zero_grad()
                model(**inputs, labels=torch.tensor([label for label, _ in batch])).loss.backward()
                optimizer.step()
                step += 1


def main():
    arguments = parse_arguments()
    logging.disable_progress_bar()
    torch.set_num_threads(arguments.threads)
    say(stage="import", seconds=time.time() - START)
    random.seed(0)
    torch.manual_seed(0)

    start = time.time()
    audit = Audit(arguments)
    tokenizer_seconds = audit.load_weights()
    say(stage="weights", seconds=time.time() - start, tokenizer_seconds=tokenizer_seconds)
    if arguments.weights_only:
        return

    start = time.time()
    say(stage="suspect", **audit.measure(audit.load_suspect()), seconds=time.time() - start)
    for rho in map(float, arguments.rho.split(",")):
        start = time.time()
        model = audit.mix(rho)
        audit.tune(model)
        dev = audit.accuracy(model, audit.dev)
        say(stage=f"rho {rho}", dev=round(dev, 4), **audit.measure(model), seconds=time.time() - start)


if __name__ == "__main__":
    main()
