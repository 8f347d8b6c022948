"""Lines of mixed text, the same for the same seed: what tokenizers tend to disagree on."""

import random
import sys

SCRIPTS = {
    "latin": (0x61, 0x7A), "latin-1": (0xC0, 0xFF), "latin-a": (0x100, 0x24F), "greek": (0x391, 0x3C9),
    "cyrillic": (0x410, 0x44F), "hebrew": (0x5D0, 0x5EA), "arabic": (0x620, 0x64A), "devanagari": (0x904, 0x94D),
    "bengali": (0x985, 0x9CD), "tamil": (0xB85, 0xBCD), "thai": (0xE01, 0xE4D), "georgian": (0x10D0, 0x10FA),
    "hangul": (0xAC00, 0xD7A3), "jamo": (0x1100, 0x11F9), "hiragana": (0x3041, 0x3096), "katakana": (0x30A1, 0x30FA),
    "cjk": (0x4E00, 0x9FFF), "cjk-b": (0x20000, 0x2A6DF), "viet": (0x1EA0, 0x1EF9), "math": (0x1D400, 0x1D7FF),
    "fullwidth": (0xFF01, 0xFF5E), "compat": (0xF900, 0xFAFF), "letterlike": (0x2100, 0x214F),
    "enclosed": (0x2460, 0x24FF), "ligatures": (0xFB00, 0xFB4F), "arabic-forms": (0xFB50, 0xFDFF),
    "ethiopic": (0x1200, 0x135A), "tibetan": (0xF40, 0xF83), "khmer": (0x1780, 0x17D3), "cuneiform": (0x12000, 0x12399),
}
WORDS = """the of and to a in is it you that he was for on are with as I his they be at one have this from or had by hot
but some what there we can out other were all your when up use word how said an each she which do their time if will
way about many then them would write like so these her long make thing see him two has look more day could go come did
my sound no most number who over know water than call first people may down side been now find any new work part take
get place made live where after back little only round man year came show every good me give our under name very
through just form much great think say help low line before turn cause same mean differ move right boy old too does
tell sentence set three want air well also play small end put home read hand port large spell add even land here must
big high such follow act why ask men change went light kind off need house picture try us again animal point mother
world near build self earth father head stand own page should country found answer school grow study still learn plant
cover food sun four thought let keep eye never last door between city tree cross since hard start might story saw far
sea draw left late run while press close night real life few stop antidisestablishmentarianism tokenization refactored
unbelievably counterintuitive McDonald iPhone eBay NASA UNESCO Straße naïve café résumé Zürich Ångström""".split()
CONTRACTIONS = ["I'm", "can't", "he's", "we'll", "they've", "you'd", "it'S", "WE'RE", "o'clock", "'tis", "rock'n'roll",
                "I’m", "don’t", "'s", "'ll've", "x'Re", "'\u017f", "a'ſ"]
EMOJI = ["😀", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪🇫🇷", "🇺", "❤️", "☺", "👩🏿‍🚀", "1️⃣", "🫠", "🙂‍↔️", "™", "©️", "🧑‍💻"]
SPACES = [" ", "  ", "   ", "\t", "\u00a0", "\u2003", "\u3000", "\u200b", "\u2028", "\u2029", "\u0085", "\u1680",
          "\u202f", "\u205f", "\u200c", "\u200d", "\ufeff", "\u2060", "\u180e", "\r", "\r\n", "\n", "\n\n", " \n ", "\v",
          "\f", "\x1c", "\x1f", " " * 7, "\t\t", "\u2581", " \u2581"]
CONTROLS = [chr(c) for c in list(range(0, 9)) + list(range(14, 32)) + [0x7F] + list(range(0x80, 0xA0))]
INVISIBLE = ["\u202e", "\u202a", "\u2066", "\u2069", "\u00ad", "\u061c", "\u0600", "\u06dd", "\ufffd", "\ufffe",
             "\ufff9", "\U000e0041", "\U000e0001", "\ue000", "\uf8ff", "\U000f0000", "\U0010ffff", "\u0378", "\u2fe0",
             "\U00032400", "\u088f", "\U00011de0", "\u2d7f", "\u115f", "\u3164"]
MARKS = [chr(c) for c in [0x300, 0x301, 0x302, 0x303, 0x304, 0x308, 0x30A, 0x30C, 0x323, 0x327, 0x328, 0x338, 0x345,
                          0x34F, 0x5B4, 0x5BC, 0x64B, 0x651, 0x653, 0x93C, 0x94D, 0x9BC, 0xE38, 0xF39, 0x1DFB, 0x20D0,
                          0x302A, 0x3099, 0x309A, 0xFE0F, 0xFE20, 0x1D165, 0x1161, 0x11A8, 0x1AB0, 0x0903, 0x0BBE]]
PUNCTUATION = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~") + ["...", "…", "—", "–", "«", "»", "„", "“", "”", "‘", "’", "、",
               "。", "「", "」", "¿", "¡", "§", "¶", "•", "€", "£", "¥", "×", "÷", "±", "½", "²", "①", "Ⅷ", "㎏", "℃", "\u0964",
               "\u066b", "''", "``", "--", "!!", "?!", "://"]
CODE = ["def f(x):\n    return x ** 2", "for (int i = 0; i < n; ++i) { a[i] += 0x1F; }", "SELECT * FROM t WHERE id='7';",
        "https://example.org/a/b.html?x=1&y=%20z#frag", "user.name+tag@mail.example.co.uk", "C:\\path\\to\\file.txt",
        "<div class=\"x\">&nbsp;</div>", "{\"key\": [1, 2.5e-3, null]}", "git commit -m 'fix #123'", "#include <stdio.h>",
        "let x = y?.z ?? `t${1}`;", "\\frac{a}{b}", "1.2.3-beta+4", "2026-11-24T14:00:00Z", "+49 (0)30 1234-567",
        "$1,234,567.89", "3.14159265358979323846", "192.168.0.1:8080", "0b1010_1100", "٣١٤١٥", "१२३४५६", "１２３４"]
MARKUP = ["<s>", "</s>", "<pad>", "<unk>", "<mask>", "[CLS]", "[SEP]", "[MASK]", "[PAD]", "[UNK]", "<|endoftext|>",
          "<|im_start|>", "<0x41>", "▁the", "Ġthe", "##ing", "<s", "[MASK", "<mask >", " <mask> ", "x<mask>y", "<new>",
          "<New>", "newword", "NewWord"]


def word(rng):
    name = rng.choice(list(SCRIPTS))
    low, high = SCRIPTS[name]
    text = "".join(chr(rng.randint(low, high)) for _ in range(rng.randint(1, 8)))
    return text.upper() if rng.random() < 0.1 else text


def english(rng):
    text = rng.choice(WORDS)
    return rng.choice([text, text, text, text.capitalize(), text.upper(), text + rng.choice(",.;:!?"), text + "s"])


def scalar(rng):
    while True:
        value = rng.choice([rng.randint(0, 0xFFFF), rng.randint(0, 0x1FFFF), rng.randint(0, 0x10FFFF)])
        if not 0xD800 <= value < 0xE000:
            return chr(value)


def marked(rng):
    return "".join(
        rng.choice([word(rng)[:1], rng.choice("aeioucnAEOUsz가각あがハア"), rng.choice(EMOJI)])
        + "".join(rng.choice(MARKS) for _ in range(rng.randint(0, 3)))
        for _ in range(rng.randint(1, 4)))


def pieces(rng):
    kind = rng.random()
    if kind < 0.55: return english(rng)
    if kind < 0.70: return word(rng)
    if kind < 0.74: return rng.choice(CONTRACTIONS)
    if kind < 0.78: return rng.choice(EMOJI) * rng.randint(1, 2)
    if kind < 0.83: return rng.choice(PUNCTUATION) * rng.choice([1, 1, 1, 2, 4])
    if kind < 0.86: return str(rng.randint(0, 10 ** rng.randint(1, 12)))
    if kind < 0.89: return marked(rng)
    if kind < 0.91: return rng.choice(CODE)
    if kind < 0.93: return rng.choice(MARKUP)
    if kind < 0.95: return rng.choice(CONTROLS)
    if kind < 0.97: return rng.choice(INVISIBLE)
    if kind < 0.985: return "".join(scalar(rng) for _ in range(rng.randint(1, 4)))
    if kind < 0.99: return rng.choice("aXé你😀 \t'") * rng.randint(2, 150)
    return "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(1, 130)))


def line(rng):
    if rng.random() < 0.01:
        return rng.choice(["", " ", "\n", "\t ", "\u0301", "\u200b"])
    if rng.random() < 0.5:
        return " ".join(english(rng) for _ in range(rng.randint(3, 40)))
    text = ""
    for _ in range(rng.randint(1, 30)):
        text += pieces(rng)
        text += " " if rng.random() < 0.75 else rng.choice(SPACES) if rng.random() < 0.6 else ""
    return text


def lines(count, seed=1):
    rng = random.Random(seed)
    return [line(rng) for _ in range(count)]


if __name__ == "__main__":
    for text in lines(int(sys.argv[1]) if len(sys.argv) > 1 else 10):
        print(ascii(text))
