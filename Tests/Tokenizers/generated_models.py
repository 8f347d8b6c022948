"""Makes random models of WordPiece, BPE and Unigram whose small vocabularies come from given words."""

BYTES = [f"<0x{byte:02X}>" for byte in range(256)]


def characters(rng, words):
    """The characters of the words but for some, so that unknown ones stay."""
    found = sorted({character for word in words for character in word})
    return [character for character in found if rng.random() < 0.97]


def part(rng, word, longest=6):
    start = rng.randrange(len(word))
    return word[start:start + rng.randint(2, longest)]


def numbered(tokens):
    """Ids by token, in order, each token once."""
    return {token: id for id, token in enumerate(dict.fromkeys(tokens))}


def word_pieces(rng, words):
    prefix = rng.choice(["##", "##", "", "▁"])
    known = characters(rng, words)
    tokens = ["[UNK]"] + known + [prefix + character for character in known if rng.random() < 0.98]
    for _ in range(600):
        text = part(rng, rng.choice(words))
        tokens.append(text if rng.random() < 0.5 else prefix + text)
    return {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": prefix,
            "max_input_chars_per_word": rng.choice([3, 20, 100]), "vocab": numbered(tokens)}


def byte_pairs(rng, words):
    prefix, suffix = rng.choice(["", "", "", "##"]), rng.choice(["", "", "", "</w>"])
    fallback, unknown = rng.random() < 0.4, rng.random() < 0.7
    known = set(characters(rng, words))
    tokens, merges = ["<unk>"] if unknown else [], []
    if fallback: tokens += BYTES if rng.random() < 0.8 else BYTES[:200]
    for character in sorted(known):
        tokens += [start + character + end for start in dict.fromkeys(["", prefix]) for end in dict.fromkeys(["", suffix])]
    for _ in range(500):
        word = rng.choice(words)
        symbols = [(prefix if place else "") + character + (suffix if place == len(word) - 1 else "")
                   for place, character in enumerate(word)]
        start = rng.randrange(len(word))
        left = symbols[start]
        for place in range(start + 1, min(len(word), start + rng.randint(2, 6))):
            right = symbols[place]
            if word[place - 1] not in known or word[place] not in known: break
            merged = left + right[len(prefix):]
            merges.append((left, right))
            tokens.append(merged)
            left = merged
    merges = list(dict.fromkeys(merges))
    if rng.random() < 0.5: rng.shuffle(merges)
    return {"type": "BPE", "dropout": None, "unk_token": "<unk>" if unknown else None,
            "continuing_subword_prefix": prefix or None, "end_of_word_suffix": suffix or None,
            "fuse_unk": rng.random() < 0.5, "byte_fallback": fallback, "ignore_merges": rng.random() < 0.3,
            "vocab": numbered(tokens), "merges": [list(pair) for pair in merges]}


def unigram(rng, words):
    fallback = rng.random() < 0.4
    tokens = ["<unk>"] + (BYTES if fallback else []) + characters(rng, words)
    tokens += [part(rng, rng.choice(words)) for _ in range(600)]
    whole = rng.random() < 0.3
    vocabulary = [[token, float(-rng.randint(1, 12)) if whole else round(-rng.random() * 12, 4)] for token in numbered(tokens)]
    return {"type": "Unigram", "unk_id": 0, "vocab": vocabulary, "byte_fallback": fallback}


def model(rng, words):
    """A model of a random kind."""
    return rng.choice([word_pieces, byte_pairs, byte_pairs, unigram])(rng, words or ["a"])
