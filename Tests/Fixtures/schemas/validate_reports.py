"""Validates the files of report folders against the public schemas of their formats.

    python3 validate_reports.py FOLDER…

Needs jsonschema. A file of a format that is missing is an error: render all formats first.
"""

import html.parser
import json
import pathlib
import sys
import xml.etree.ElementTree as xml

import jsonschema
import referencing

SCHEMAS = pathlib.Path(__file__).parent
RESULT_SCHEMA = SCHEMAS.parents[2] / "docs" / "schema" / "audit-result-2.schema.json"


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def validator(path):
    """By the draft that the schema names; references to its neighbours are read from the folder."""
    schema = load(path)
    resources = [(name, load(SCHEMAS / name)) for name in ("jsf-0.82.schema.json", "spdx.schema.json")]
    registry = referencing.Registry().with_resources(
        [
            (base + name, referencing.Resource.from_contents(contents))
            for name, contents in resources
            for base in ("", "http://cyclonedx.org/schema/")
        ]
    )
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, registry=registry, format_checker=kind.FORMAT_CHECKER)


def obeys(path, schema):
    errors = sorted(validator(schema).iter_errors(load(path)), key=lambda error: list(error.path))
    return [f"{'/'.join(map(str, error.path))}: {error.message[:200]}" for error in errors[:5]]


def is_junit(path):
    root = xml.parse(path).getroot()
    cases = root.findall(".//testcase")
    names = {(case.get("classname"), case.get("name")) for case in cases}
    problems = [] if len(names) == len(cases) else ["two test cases have one name"]
    for counted, name in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        if int(root.get(counted)) != len(root.findall(f".//testcase/{name}")):
            problems.append(f"{counted} is not the number of such cases")
    return problems


class Embedded(html.parser.HTMLParser):
    """The data in the script element of a page."""

    def __init__(self, text):
        super().__init__()
        self.inside, self.text = False, ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.inside = tag == "script"

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.text += data


def is_page(path):
    embedded = Embedded(path.read_text(encoding="utf-8")).text
    same = embedded == (path.parent / "result.json").read_text(encoding="utf-8")
    return [] if same else ["the embedded result is not result.json"]


def is_text(path):
    path.read_text(encoding="utf-8")
    return [] if path.stat().st_size < 1_024_000 else ["longer than a step summary may be"]


CHECKS = {
    "result.json": lambda path: obeys(path, RESULT_SCHEMA),
    "report.sarif": lambda path: obeys(path, SCHEMAS / "sarif-schema-2.1.0.json"),
    "bom.cdx.json": lambda path: obeys(path, SCHEMAS / "bom-1.6.schema.json"),
    "junit.xml": is_junit,
    "report.html": is_page,
    "report.md": is_text,
    "summary.md": is_text,
}


def main(folders):
    failed = False
    for folder in map(pathlib.Path, folders):
        for name, check in CHECKS.items():
            path = folder / name
            problems = check(path) if path.exists() else ["missing"]
            print(f"{path}: {'valid' if not problems else '; '.join(problems)}")
            failed = failed or bool(problems)
    return failed


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
