import ChatTemplates
import StrictJSON
import Testing

/// Rules of the language that the renderings by transformers do not pin down one by one.
@Suite struct LanguageTests {
    private static let texts = [
        ("{{ 1e16 }} {{ 123456789012345.0 }} {{ 0.0001 }} {{ 0.00001 }}", "1e+16 123456789012345.0 0.0001 1e-05"),
        ("{{ 9007199254740992.0 * 2 }} {{ 5 / 2 }} {{ 4 / 2 }}", "1.8014398509481984e+16 2.5 2.0"),
        ("{{ -7 // 2 }} {{ -7 % 3 }} {{ 7 % -3 }} {{ 2 ** 3 ** 2 }}", "-4 2 -2 64"),
        ("{{ true + 1 }} {{ true == 1 }} {{ [true, none, \"it's\"] }}", "2 True [True, None, \"it's\"]"),
        ("{{ '\u{200B}\u{A0}é' | list }}", "['\\u200b', '\\xa0', 'é']"),
        ("{{ 'ΑΣ ΑΣΑ' | lower }} {{ 'ß' | upper }} {{ 'ǆ'.title() }}", "ας ασα SS ǅ"),
        ("{{ \"it's o'clock\".title() }} {{ \"it's o'clock\" | title }}", "It'S O'Clock It's O'clock"),
        ("{{ 'e\u{301}' | length }} {{ 'é' == 'e\u{301}' }}", "2 False"),
        ("{{ {'a': 1, 'a': 2, true: 3, 1: 4} }}", "{'a': 2, True: 4}"),
        ("{{ 'x' if false }}|{{ missing }}|{{ missing | default('d') }}|{{ '' | default('d', true) }}", "||d|d"),
        ("{% for i in [1, 2] %}{% set x = i %}{% endfor %}{{ x is defined }}", "False"),
        ("{% if true %}{% set x = 1 %}{% endif %}{{ x }}", "1"),
        ("{% for i in [1] %}{% break %}{% else %}else{% endfor %}", "else"),
        ("{% macro f() %}{{ x }}{% endmacro %}{% set x = 5 %}{{ f() }}", "5"),
        ("  {% if true %}\n a\n  {%+ endif %}\n{#- c -#} \nb\n\n", " a\n  b\n"),
        ("a\r\nb\rc\n", "a\nb\nc"),
        ("{% set g = [1, 2] | map('string') %}{{ g | join }}{{ g | join }}", "12"),
        ("{% for m in [1, 2, 3] if m > 1 %}{{ loop.index }}{{ loop.last }}{% endfor %}", "1False2True"),
    ]

    @Test(arguments: texts) func eachText(source: String, text: String) throws {
        let ours = try rendered(source)
        #expect(ours.utf8.elementsEqual(text.utf8), "\(ours)")
    }

    @Test func dates() throws {
        var context = ChatContext(date: ChatDate(year: 2024, month: 2, day: 9, hour: 15, minute: 4, second: 5))
        let form = "{{ strftime_now('%Y-%m-%d %y %e %-d %B %b %A %a %H:%M:%S %I %p %j %F %T %%') }}"
        #expect(
            try rendered(form, in: context)
                == "2024-02-09 24  9 9 February Feb Friday Fri 15:04:05 03 PM 040 2024-02-09 15:04:05 %")
        context.date = ChatDate(year: 1999, month: 12, day: 31)
        #expect(try rendered("{{ strftime_now('%A %j %I %p') }}", in: context) == "Friday 365 12 AM")
    }

    @Test func variablesOfTheContext() throws {
        var context = ChatContext(addGenerationPrompt: true, specialTokens: ["bos_token": "<s>"])
        context.variables["depth"] = .array([.integer(1), .number(2), .bool(true), .null, .string("a")])
        context.tools = .array([.object(JSONObject())])
        let source =
            "{{ bos_token }}{{ add_generation_prompt }}{{ depth }}{{ tools }}{{ eos_token is defined }}{{ documents }}"
        #expect(try rendered(source, in: context) == "<s>True[1, 2.0, True, None, 'a'][{}]FalseNone")
    }

    @Test func theErrorNamesTheLineAndTheTemplatesMessage() throws {
        let error = try #require(refusal("{% if true %}\n\n{{ raise_exception('no ' ~ 'way') }}{% endif %}"))
        #expect(error.code == .raised)
        #expect(error.line == 3)
        #expect(error.reason == "no way")
        let undefined = try #require(refusal("a\nb {{ x.y }}"))
        #expect(undefined.code == .undefinedValue)
        #expect(undefined.line == 2)
        #expect(undefined.reason.contains("'x'"))
    }

    @Test(arguments: [
        "{{ f(1, 2) }}", "{{ f(b=1) }}", "{{ f(1, a=1) }}", "{{ 'a'.strip('a', 'b') }}", "{{ 1 | trim(x=1) }}",
    ])
    func wrongArgumentsAreRefused(source: String) throws {
        #expect(refusal("{% macro f(a) %}{% endmacro %}" + source)?.code == .invalidArguments)
    }

    @Test(arguments: [
        "{{ 1 // 0 }}", "{{ 9223372036854775807 + 1 }}", "{{ 3 ** 99 }}", "{{ 'a' + 1 }}", "{{ 1 < 'a' }}",
        "{{ 1 in 'a' }}", "{{ [] | tojson | abs }}", "{% for i in 1 %}{% endfor %}", "{% set a, b = [1] %}",
        "{{ -'a' }}",
    ])
    func operationsThatPythonRefusesAreRefused(source: String) throws {
        #expect(refusal(source)?.code == .invalidValue)
    }
}
