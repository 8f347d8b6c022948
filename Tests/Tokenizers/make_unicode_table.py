#!/usr/bin/env python3
"""Writes CompatibilityMappings+Data.swift of Sources/Tokenizers from what the `tokenizers` wheel's NFKD does."""

import pathlib

from tokenizers import normalizers

HEAD = '''extension CompatibilityMappings {
    /// Complete decompositions of Unicode 9.0 where NFKD is not NFD: `scalar=parts`, or `first+more=target` for a run.
    ///
    /// Written by Tests/Tokenizers/make_unicode_table.py.
    static let data = """
'''


def entries():
    nfd, nfkd = normalizers.NFD(), normalizers.NFKD()
    scalars = [value for value in range(0x110000) if not 0xD800 <= value < 0xE000]
    parts = {value: nfkd.normalize_str(chr(value)) for value in scalars}
    parts = {value: text for value, text in parts.items() if text != nfd.normalize_str(chr(value))}
    done = set()
    for value, text in parts.items():
        if value in done:
            continue
        more = 0
        while len(text) == 1 and parts.get(value + more + 1) == chr(ord(text) + more + 1):
            more += 1
        done.update(range(value, value + more + 1))
        run = f"+{more:X}" if more else ""
        yield f"{value:X}{run}=" + ".".join(f"{ord(part):X}" for part in text)


def main():
    lines, line = [], ""
    for entry in entries():
        if line and len(line) + len(entry) + 1 > 112:
            lines.append(line)
            line = ""
        line += (" " if line else "") + entry
    body = "".join(f"        {line}\n" for line in lines + [line])
    path = pathlib.Path(__file__).parents[2] / "Sources/Tokenizers/Normalizers/CompatibilityMappings+Data.swift"
    path.write_text(f'{HEAD}{body}        """\n}}\n')


if __name__ == "__main__":
    main()
