"""Short generated lines in which every piece is hard: marks without a letter, ligatures, white space and control
characters of all kinds at the beginning, in the middle and at the end, ideographs, emoji, and markup."""

import random

from mixed_lines import CONTRACTIONS, CONTROLS, EMOJI, INVISIBLE, MARKS, MARKUP, PUNCTUATION, SPACES, marked, scalar, word

# Characters that a normal form makes longer or shorter, that change with their neighbours, or whose case does.
FOLDED = list("ﬁﬂﬀﬃﬄﬅĳŉǆ①⑳㍿㎏㏂½¼²ªºﷺﷻ℃Å㈱㋿ｱｶﾞﾟＡ１　ÅéèüñçộǖẛſßİıΣςΐΰǅǈᾳᾼ가각힣ㄱ각豈慈שּׁﭏﻻ…‥″‴´¨˘˙ͺ΄΅῀῁῭") + [
    "e\u0301", "o\u0323\u0302", "a\u0328\u0301", "\u0344", "\u0f73", "\u0f75", "\u0f81\u0f71", "\u0958", "\u09cb", "\u0ccb", "\u0ddd",
    "\u1100\u1161\u11a8", "\u110b\u1166", "\uac00\u11a8", "\u212b", "\u1fee", "\u2adc", "\ufb1d", "\ufb2e", "\ufc5e", "\ufe70",
    "\uff9e", "\u1e9b\u0323", "\U0001d15e", "\U0001d1bb", "\U0002f800", "\U0001f100", "i\u0307", "A\u030a", "\u0b47\u0b57", "\u1b11"]
COMMON = ["a", "b", "the", "The", "fi", "newword", "NewWord", "x", "I", "e", "12", "3", "你好", "ですか", "й", "한국", "''", "``"]
STARTS = [SPACES, CONTROLS, MARKS, FOLDED, INVISIBLE, EMOJI, MARKUP]


def piece(rng):
    kind = rng.random()
    if kind < 0.30: return rng.choice(COMMON)
    if kind < 0.50: return rng.choice(FOLDED)
    if kind < 0.60: return rng.choice(MARKS)
    if kind < 0.66: return rng.choice(CONTROLS)
    if kind < 0.72: return rng.choice(INVISIBLE)
    if kind < 0.78: return rng.choice(EMOJI)
    if kind < 0.84: return rng.choice(PUNCTUATION)
    if kind < 0.88: return rng.choice(MARKUP)
    if kind < 0.91: return rng.choice(CONTRACTIONS)
    if kind < 0.95: return marked(rng)
    if kind < 0.98: return word(rng)
    return scalar(rng)


def line(rng):
    text = rng.choice(rng.choice(STARTS)) * rng.choice([1, 1, 1, 2]) if rng.random() < 0.6 else ""
    for _ in range(rng.randint(0, 8)):
        text += piece(rng)
        if rng.random() < 0.4: text += rng.choice(SPACES) if rng.random() < 0.5 else " "
    return text


def hard_lines(count, seed):
    rng = random.Random(seed)
    return [line(rng) for _ in range(count)]
