"""Writes what transformers renders for the templates in Tests/Fixtures/chat-templates, into expected.json there.

Run: python Tests/ChatTemplates/make_expected.py   (needs transformers with jinja2)
"""

import json
from datetime import datetime
from pathlib import Path

import jinja2.exceptions
import transformers.utils.chat_template_utils as chat

FOLDER = Path(__file__).parent.parent / "Fixtures" / "chat-templates"
SPECIAL = {"bos_token": "<s>", "eos_token": "</s>"}
WEATHER = {
    "name": "get_weather",
    "description": 'Weather of a <place> & "day"',
    "parameters": {
        "type": "object",
        "properties": {
            "place": {"type": "string", "description": "A town, e.g. Zürich"},
            "days": {"type": "array", "items": {"type": "integer"}},
        },
        "required": ["place"],
    },
}
TOOLS = [{"type": "function", "function": WEATHER}]
CONVERSATIONS = {
    "system-user": [("system", "You answer briefly."), ("user", "What is a tide?")],
    "user": [("user", "What is a tide?")],
    "turns": [
        ("user", "Hello"),
        ("assistant", "Hello! How can I help?"),
        ("user", "Name a river."),
        ("assistant", "The Rhine."),
        ("user", "Another?"),
    ],
    "system-turns": [
        ("system", "Be kind."),
        ("user", "Hi"),
        ("assistant", "<think>\nA greeting.\n</think>\n\nHi there"),
        ("user", "Go on"),
    ],
    "assistant-last": [("user", "Hi"), ("assistant", "Hi <b>there</b> & 'all'")],
    "space": [("system", "  two\n\n"), ("user", " \t leading and trailing \n \u00a0")],
    "unicode": [("user", "Grüße 日本語 🙂 e\u0301 \u200b ΑΣ")],
    "empty": [("user", "")],
    "empty-system": [("system", ""), ("user", "x")],
    "tool-turn": [("user", "Weather?"), ("assistant", "I ask."), ("tool", '{"t": 21}'), ("user", "Thanks")],
    "wrong-order": [("user", "a"), ("user", "b")],
}


class Noon(datetime):
    """The date that Assay's tests give in place of the clock."""

    @classmethod
    def now(cls, tz=None):
        return cls(2024, 7, 26, 12, 0, 0)


def messages(conversation):
    return [{"role": role, "content": content} for role, content in CONVERSATIONS[conversation]]


def render(template, conversation, add, tools=False, variables=None):
    chat.datetime = Noon
    texts, _ = chat.render_jinja_template(
        [messages(conversation)],
        tools=TOOLS if tools else None,
        chat_template=template,
        add_generation_prompt=add,
        **SPECIAL,
        **(variables or {}),
    )
    return texts[0]


def case(family, conversation, add, tools=False, variables=None):
    row = {"family": family, "conversation": conversation, "add": add, "tools": tools, "variables": variables or {}}
    template = (FOLDER / f"{family}.jinja").read_text(encoding="utf-8")
    try:
        row["text"] = render(template, conversation, add, tools, variables)
    except jinja2.exceptions.TemplateError as error:
        row["raised"] = str(error)
    return row


def cases():
    for family in sorted(path.stem for path in FOLDER.glob("*.jinja")):
        for conversation in CONVERSATIONS:
            yield case(family, conversation, True)
            if conversation in ("turns", "assistant-last", "system-user"):
                yield case(family, conversation, False)
    for family in ("llama31", "mistral-v3", "qwen2.5", "qwen3", "macros"):
        for conversation in ("user", "system-turns", "turns"):
            yield case(family, conversation, True, True)
    yield case("qwen3", "user", True, variables={"enable_thinking": False})
    yield case("llama31", "user", True, True, {"tools_in_user_message": False})
    yield case("llama31", "user", True, variables={"builtin_tools": ["code_interpreter", "search", "x"]})


if __name__ == "__main__":
    document = {
        "special": SPECIAL,
        "tools": TOOLS,
        "conversations": {name: messages(name) for name in CONVERSATIONS},
        "cases": list(cases()),
    }
    text = json.dumps(document, ensure_ascii=False, indent=0)
    (FOLDER / "expected.json").write_text(text + "\n", encoding="utf-8")
    print(len(document["cases"]), "cases")
