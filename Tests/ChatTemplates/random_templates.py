"""Random templates of the subset that Assay runs, with what transformers renders for them.

Run: python Tests/ChatTemplates/random_templates.py SEED COUNT OUT.json [LONGEST]
Only templates that transformers renders are kept, and none longer than LONGEST characters.
Tests/Fixtures/chat-templates/random.json was made with `1 260 … 200`.
"""

import json
import random
import sys
import warnings

from make_expected import CONVERSATIONS, render

START = (
    "{% set x = 3 %}{% set s = 'Ab a,c' %}{% set l = ['a', 2, 'c'] %}{% set d = {'k': 'v', 'a': [1, none]} %}"
    "{% set ns = namespace(a=1, b='t') %}{% macro f(a, b=1) %}<{{ a }}:{{ b }}>{% endmacro %}"
)
TEXTS = [
    "a", "Ab c", "  x y ", "", "é🙂", "</think>", "a,b,c", "line\\nnext", "'q'", "1", "12.5", "-3", "user", "ΑΣ",
    "<b>", "x\\ty", "ß", "\\u00e9\\x41\\\\", "\\q",
]
NAMES = """x y s messages tools bos_token nope m ns.a ns.b loop.index loop.last loop.length loop.nextitem loop.previtem
loop.first loop.revindex0 f(x) f(s,b=2) f() messages[0].content messages[-1]['role'] s[1] l l[0] d d.k d['k'] d.items()
d.values() add_generation_prompt true none False""".split()
FILTERS = """trim|trim('x ')|length|upper|lower|title|capitalize|join|join(', ')|tojson|tojson(indent=2)
tojson(ensure_ascii=true)|tojson(separators=(',', ':'))|tojson(sort_keys=true, indent=1)|replace('a', 'bb')
replace('', '-')|replace('a','b',1)|default('z')|default('z', true)|first|last|list|string|int|int(7)|float|indent
indent(2, true)|indent(3, blank=true)|indent('> ')|sort|sort(reverse=true)|dictsort|dictsort(by='value')|abs|sum|count"""
FILTERS = [part for line in FILTERS.split("\n") for part in line.split("|")] + [
    "map('upper')|list", "map('length')|join('-')", "map(attribute='role')|join(',')", "items|list",
    "map(attribute='content', default='n')|list", "selectattr('role', 'equalto', 'user')|list", "unique|list",
    "rejectattr('role', 'eq', 'user')|map(attribute='content')|join", "select('string')|list", "reverse|list",
    "reject('none')|list", "select|list",
]
METHODS = """strip() strip('a') lstrip() rstrip('\\n') split() split(',') split('a',1) split(none,1) rsplit(',') upper()
lower() title() capitalize() replace('a','zz') replace('a','b',1) startswith('a') endswith(('a','c')) find('b')
rfind('a') count('a') splitlines() splitlines(true) partition('b') rpartition(',') join(['a','b']) join(l) isdigit()
isupper() islower() isspace() isalpha() removeprefix('a') removesuffix('c') get('k') get('zz',4) items() keys() values()
index('a') append(1)""".split()
TESTS = """defined|undefined|none|string|number|integer|float|boolean|true|false|mapping|iterable|sequence|odd|even|lower
upper|eq 1|equalto('a')|in ['a', 1]|in('abc')|divisibleby 3|divisibleby(2)|ne none|gt 2|lt(3)|sameas true|callable"""
TESTS = [part for line in TESTS.split("\n") for part in line.split("|")]
NUMBERS = "0 1 2 3 7 -1 10 100 1_000 1.5 0.1 2e3 1e16 1e-5 123456789012345680.0 100.0 true false none".split()


class Writer:
    """Writes random templates."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, options):
        return self.random.choice(options)

    def constant(self):
        if self.random.random() < 0.5:
            return self.pick(NUMBERS)
        text = self.pick(TEXTS)
        return f'"{text}"' if "'" in text else f"'{text}'"

    def expression(self, depth):
        if depth <= 0 or self.random.random() < 0.12:
            return self.pick(NAMES) if self.random.random() < 0.55 else self.constant()

        def inner():
            return self.expression(depth - 1)

        def base():
            return self.pick(NAMES) if self.random.random() < 0.5 else f"({inner()})"

        places = ["0", "-1", "2", "'k'", "'role'"]
        slices = [":2", "1:", "::-1", "-2:", "::2", "1:-1", "5:1:-2"]
        return self.pick([
            lambda: f"{inner()} {self.pick('+ - * / // % ~ ~ + **'.split())} {inner()}",
            lambda: f"{inner()} {self.pick(['==', '!=', '<', '<=', '>', '>=', 'in', 'not in'])} {inner()}",
            lambda: f"{inner()} {self.pick(['and', 'or'])} {inner()}",
            lambda: f"not {inner()}",
            lambda: f"[{', '.join(inner() for _ in range(self.random.randrange(4)))}]",
            lambda: "{" + f"'k': {inner()}, 'b': {inner()}" + "}",
            lambda: f"{base()}|{self.pick(FILTERS)}",
            lambda: f"{base()}|{self.pick(FILTERS)}",
            lambda: f"{base()}.{self.pick(METHODS)}",
            lambda: f"{self.pick(['s', 'd', 'bos_token', 'messages[0].content'])}.{self.pick(METHODS)}",
            lambda: f"{base()} is {self.pick(['', 'not '])}{self.pick(TESTS)}",
            lambda: f"{inner()} if {inner()}{self.pick(['', ' else ' + inner()])}",
            lambda: f"{base()}[{self.pick(places)}]",
            lambda: f"{self.pick(['s', 'l', 'messages', 'bos_token'])}[{self.pick(slices)}]",
            lambda: f"{self.pick(NAMES)} < {inner()} < {inner()}",
        ])()

    def space(self):
        return self.pick(["", " ", "\n", "\n  ", "  \n", "text", "\t", "\n\n", " a\n", "b  "])

    def tag(self, text):
        return "{%" + self.pick(["", "", "-", "+"]) + f" {text} " + self.pick(["", "", "-", "+"]) + "%}"

    def statement(self, depth, in_loop):
        kind = self.random.randrange(14)
        if depth <= 0 or kind <= 3:
            return "{{" + self.pick(["", "-"]) + f" {self.expression(2)} " + self.pick(["", "-"]) + "}}"
        if kind == 4:
            test = self.expression(2).replace(" if ", " and ").replace(" else ", " or ")
            middle = self.pick(["", self.tag("elif " + self.pick(NAMES)) + self.body(depth - 1, in_loop)])
            end = self.pick(["", self.tag("else") + self.body(depth - 1, in_loop)])
            return self.tag("if " + test) + self.body(depth - 1, in_loop) + middle + end + self.tag("endif")
        if kind <= 7:
            sequences = ["messages", "l", "d", "s", "range(3)", "d.items()", "messages|reverse", "[1,2,3]", "nope"]
            sequence = self.pick(sequences)
            target = "k, v" if "items" in sequence else self.pick(["m", "x"])
            condition = self.pick(["", "", " if " + self.pick(["m", "ns.a < 2", "m is string", "x"])])
            end = self.pick(["", self.tag("else") + self.body(depth - 1, in_loop)])
            head = self.tag(f"for {target} in {sequence}{condition}")
            return head + self.body(depth - 1, True) + end + self.tag("endfor")
        if kind == 8:
            return self.tag(f"set {self.pick(['x', 'y', 's', 'ns.a', 'ns.b', 'm'])} = {self.expression(2)}")
        if kind == 9:
            filters = self.pick(["", " | trim", " | upper | replace('A','b')"])
            return self.tag(f"set {self.pick(['x', 'y', 's'])}{filters}") + self.body(depth - 1) + self.tag("endset")
        if kind == 10:
            return "{#" + self.pick(["", "-", "+"]) + " c {{ x }} " + self.pick(["", "-", "+"]) + "#}"
        if kind == 11:
            return "{% raw " + self.pick(["", "-"]) + "%}" + self.space() + "{{ x }}" + self.tag("endraw")
        if kind == 12 and in_loop:
            word = self.pick(["break", "continue"])
            return self.tag("if " + self.pick(NAMES)) + self.tag(word) + self.tag("endif")
        return self.tag("generation") + self.body(depth - 1) + self.tag("endgeneration")

    def body(self, depth, in_loop=False):
        parts = (self.space() + self.statement(depth, in_loop) for _ in range(self.random.randrange(1, 4)))
        return "".join(parts) + self.space()

    def case(self):
        template = START + self.body(self.pick([1, 1, 2, 2, 3]))
        conversation = self.pick(list(CONVERSATIONS))
        tools = self.random.random() < 0.3
        try:
            text = render(template, conversation, True, tools)
        except Exception:  # Errors of any kind: the template is one that transformers does not render.
            return None
        return {"template": template, "conversation": conversation, "add": True, "tools": tools, "text": text}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    seed, count, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    longest = int(sys.argv[4]) if len(sys.argv) > 4 else 1 << 20
    writer, cases = Writer(seed), []
    while len(cases) < count:
        row = writer.case()
        if row and len(row["template"]) <= len(START) + longest and len(row["text"]) <= 4 * longest:
            # Assay refuses to print what Python shows by its address or as a range.
            if not any(part in row["text"] for part in ("<generator", "range(", "<built-in", "object at")):
                cases.append(row)
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"cases": cases}, file, ensure_ascii=False, indent=0)
