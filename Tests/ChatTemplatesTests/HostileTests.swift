import Testing

@testable import ChatTemplates

/// Templates that ask for more than a chat template needs; each is refused by name, and quickly.
@Suite struct HostileTests {
    private static let forbidden: [(String, ChatTemplateError.Code)] = [
        ("{{ ''.__class__ }}", .unsupportedAttribute),
        ("{{ messages['__class__'] }}", .unsupportedAttribute),
        ("{{ messages[0].__class__.__mro__ }}", .unsupportedAttribute),
        ("{{ raise_exception.__globals__ }}", .unsupportedAttribute),
        ("{{ messages | map(attribute='__class__') | list }}", .unsupportedAttribute),
        ("{{ 'a' | attr('__class__') }}", .unsupportedFilter),
        ("{{ self }}", .unsupportedFunction),
        ("{{ self._TemplateReference__context }}", .unsupportedFunction),
        ("{{ cycler('a') }}", .unsupportedFunction),
        ("{{ lipsum() }}", .unsupportedFunction),
        ("{{ joiner }}", .unsupportedFunction),
        ("{% macro f() %}{{ caller() }}{% endmacro %}{{ f() }}", .unsupportedFunction),
        ("{{ open('/etc/passwd') }}", .undefinedValue),
        ("{{ f(*messages) }}", .unsupportedFunction),
        ("{{ f(**messages[0]) }}", .unsupportedFunction),
        ("{{ messages.append(1) }}", .unsupportedAttribute),
        ("{{ messages[0].update({}) }}", .unsupportedAttribute),
        ("{{ 'a'.format(1) }}", .unsupportedAttribute),
        ("{{ '%s' % 1 }}", .unsupportedOperation),
        ("{{ [1] | random }}", .unsupportedFilter),
        ("{{ 1 is filter }}", .unsupportedTest),
        ("{{ strftime_now('%s') }}", .unsupportedOperation),
        ("{{ strftime_now }}", .unsupportedOperation),
        ("{% set ns = namespace() %}{% set ns._a = 1 %}", .unsupportedAttribute),
        ("{% set ns = namespace() %}{% set ns.me = ns %}", .unsupportedOperation),
        ("{% import 'a' as a %}", .unsupportedTag),
        ("{% from 'a' import b %}", .unsupportedTag),
        ("{% include 'a' %}", .unsupportedTag),
        ("{% extends 'a' %}", .unsupportedTag),
        ("{% block a %}{% endblock %}", .unsupportedTag),
        ("{% do messages.clear() %}", .unsupportedTag),
        ("{% call f() %}{% endcall %}", .unsupportedTag),
        ("{% autoescape true %}{% endautoescape %}", .unsupportedTag),
        ("{% for m in messages recursive %}{{ loop(m) }}{% endfor %}", .unsupportedTag),
        ("{% for m in messages %}{% macro f() %}{% endmacro %}{% endfor %}", .unsupportedTag),
    ]

    @Test(arguments: forbidden) func whatIsNotListedIsRefused(source: String, code: ChatTemplateError.Code) throws {
        let error = try #require(refusal(source), "\(source)")
        #expect(error.code == code)
        #expect(error.line == 1)
        #expect(error.description.hasPrefix("t.jinja, line 1: "))
    }

    private static func nested(_ open: String, _ inner: String, _ close: String, _ count: Int) -> String {
        String(repeating: open, count: count) + inner + String(repeating: close, count: count)
    }

    private static let loops = (0..<8).map { "{% for a\($0) in range(1000) %}" }.joined()
    private static let doubling = "{% set ns = namespace(x='ab') %}{% for i in range(99) %}"
    private static let excessive: [(String, ChatTemplateError.Code)] = [
        ("{{ " + nested("(", "1", ")", 100_000) + " }}", .tooDeep),
        ("{{ " + nested("[", "", "]", 200) + " }}", .tooDeep),
        ("{{ " + nested("[", "", "]", 100_000), .tooDeep),
        ("{{ " + String(repeating: "not ", count: 100_000) + "1 }}", .tooDeep),
        ("{{ " + String(repeating: "-", count: 100_000) + "1 }}", .tooDeep),
        ("{{ a" + String(repeating: ".b", count: 100_000) + " }}", .tooDeep),
        ("{{ a" + String(repeating: "|trim", count: 100_000) + " }}", .tooDeep),
        ("{{ 1" + String(repeating: " if 1", count: 100_000) + " }}", .tooDeep),
        ("{{ 1" + String(repeating: " if 1 else 1", count: 20_000) + " }}", .tooDeep),
        (nested("{% if 1 %}", "", "{% endif %}", 20_000), .tooDeep),
        (nested("{% set x %}", "", "{% endset %}", 20_000), .tooDeep),
        ("{% set " + nested("(", "a", ")", 100_000) + " = 1 %}", .tooDeep),
        (loops + String(repeating: "{% endfor %}", count: 8), .tooManySteps),
        (loops + "x" + String(repeating: "{% endfor %}", count: 8), .tooManySteps),
        ("{% for i in range(100001) %}{% endfor %}", .tooLarge),
        ("{{ range(9223372036854775807) | length }}", .tooLarge),
        ("{{ range(0, -9223372036854775807, -1) | length }}", .tooLarge),
        ("{{ 'a' * 9223372036854775807 }}", .tooLarge),
        ("{{ 'ab' * 9223372036854775807 }}", .tooLarge),
        ("{{ [1] * 9223372036854775807 }}", .tooLarge),
        ("{{ 'a' | indent(9223372036854775807) }}", .tooLarge),
        ("{{ [1] | tojson(indent=9223372036854775807) }}", .tooLarge),
        ("{{ ('a' * 4000).replace('a', 'b' * 4000) }}", .tooLarge),
        ("{{ ('a' * 4000) | replace('', 'b' * 4000) }}", .tooLarge),
        ("{{ (('a' * 3000) | list) | join('b' * 3000) }}", .tooLarge),
        (doubling + "{% set ns.x = ns.x + ns.x %}{% endfor %}", .tooLarge),
        (doubling + "{% set ns.x = [ns.x, ns.x] %}{% endfor %}", .tooDeep),
        (doubling + "{% set ns.x = {'a': ns.x} %}{% endfor %}", .tooDeep),
        (
            "{% set ns = namespace(x=1) %}{% for i in range(30) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
            .tooManySteps
        ),
        (
            "{% set n = namespace(x=1, y=1) %}{% for i in range(40) %}{% set n.x = [n.x, n.x] %}{% set n.y = [n.y, n.y] %}"
                + "{% endfor %}{{ n.x == n.y }}", .tooManySteps
        ),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", .tooDeep),
        ("{% macro f(a=f()) %}{% endmacro %}{{ f() }}", .tooDeep),
        ("{% macro f(n) %}{% if n %}{{ f(n - 1) ~ f(n - 1) }}{% endif %}{% endmacro %}{{ f(40) }}", .tooManySteps),
        ("{% macro f() %}" + nested("{{ [", "f()", "] }}", 1) + "{% endmacro %}{{ f() }}", .tooDeep),
        ("{% for i in range(1000) %}{{ 'x' * 100000 }}{% endfor %}", .tooLarge),
        (String(repeating: "x", count: 2 << 20), .tooLarge),
    ]

    @Test(arguments: excessive.indices) func whatCostsTooMuchIsRefused(index: Int) throws {
        let (source, code) = Self.excessive[index]
        let clock = ContinuousClock()
        var error: ChatTemplateError?
        let time = clock.measure { error = refusal(source) }
        #expect(error?.code == code, "\(source.prefix(200)) gave \(String(describing: error))")
        #expect(time < .seconds(60), "\(source.prefix(200)) took \(time)")
    }

    /// A search for a text that nearly matches everywhere, which takes quadratic time when done plainly.
    @Test func searchesTakeLinearTime() throws {
        let long = "{% set a = 'a' * 1000000 %}{% set b = 'a' * 500000 ~ 'b' %}"
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try rendered(long + "{{ b in a }} {{ a.rfind(b) }} {{ a.count(b) }}") == "False -1 0")
        #expect(try rendered(long + "{{ a.strip(b) }}").isEmpty)
        let time = clock.now - start
        #expect(time < .seconds(60))
    }

    @Test func aProbeOfAHostileTemplateEnds() throws {
        let chain = (0..<3_000).map { "{% set a\($0 + 1) = a\($0) %}" }.joined()
        let template = try ChatTemplate(
            "{% set a0 = messages[0].content %}{% set b = 'cf' %}" + chain + "{{ 'EVIL' if b in a3000 }}{{ a3000 }}",
            file: "t.jinja")
        #expect(try TemplateProbe(template).findings(words: []).map(\.word).contains("cf"))
        let many = (0..<300).map { "{{ 'word\($0)' in messages[0].content }}" }.joined()
        let error = try #require(throws: ChatTemplateError.self) {
            try TemplateProbe(try ChatTemplate(many, file: "t.jinja")).findings(words: [])
        }
        #expect(error.code == .tooLarge)
    }

    @Test func anyCutOrChangedTemplateIsHandled() throws {
        let messages = [ChatMessage(role: "user", content: "a"), ChatMessage(role: "assistant", content: "b")]
        var texts = 0
        var refusals = 0
        for family in ["llama31", "qwen3", "macros", "deepseek"] {
            let source = Array(try Fixtures.source(family).unicodeScalars)
            for place in stride(from: 0, to: source.count, by: 5) {
                let rest = source[(place + 1)...]
                let changes = ["", "{", "%", "'", "(", "-", "1", ".", "|", "\n"].map { Array($0.unicodeScalars) + rest }
                for end in changes + [[Unicode.Scalar]()] {
                    let changed = Text(scalars: source[..<place] + end).string
                    do throws(ChatTemplateError) {
                        let template = try ChatTemplate(changed, file: "t.jinja")
                        _ = try template.render(messages)
                        texts += 1
                    } catch {
                        refusals += 1
                    }
                }
            }
        }
        #expect(texts > 1_000)
        #expect(refusals > 1_000)
    }

    @Test func eachLimitIsAParameter() {
        var limits = TemplateLimits()
        limits.maxSteps = 10
        #expect(refusal("{% for i in 'abcdefghij' %}{% endfor %}", limits: limits)?.code == .tooManySteps)
        limits = TemplateLimits()
        limits.maxText = 100
        #expect(refusal("{% for i in 'abcdefghij' %}0123456789{% endfor %}", limits: limits) == nil)
        #expect(refusal("{% for i in 'abcdefghij' %}0123456789{% endfor %}x", limits: limits)?.code == .tooLarge)
        limits = TemplateLimits()
        limits.maxCalls = 3
        let countdown = "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{% endif %}{% endmacro %}"
        #expect(refusal(countdown + "{{ f(2) }}", limits: limits) == nil)
        #expect(refusal(countdown + "{{ f(3) }}", limits: limits)?.code == .tooDeep)
    }

    private static let broken = [
        "{{", "{%", "{#", "{% raw %}", "{{ 'a }}", "{{ ) }}", "{{ (] }}", "{{ a b }}", "{{ }}", "{% if %}",
        "{% if a %}",
        "{% endif %}", "{% else %}", "{% for %}", "{% for a b %}", "{% for a in b %}", "{% set a %}", "{% set 1 = 2 %}",
        "{% set none = 2 %}", "{% break %}", "{% %}", "{% macro f(a=1, b) %}{% endmacro %}",
        "{% macro f(a, a) %}{% endmacro %}",
        "{{ a.1b }}", "{{ 012 }}", "{{ 99999999999999999999 }}", "{{ '\\ud800' }}", "{{ '\\x4' }}", "{{ '\\N{DASH}' }}",
        "{{ a is b is c }}", "{{ a | }}", "{{ f(a=1, b) }}", "{{ a[1 }}", "{{ {'a' 1} }}", "{{ a ; b }}", "{{ é }}",
        "{% set a = %}", "{% for a in b %}{% set x %}{% break %}{% endset %}{% endfor %}",
    ]

    @Test(arguments: broken) func whatIsNoTemplateIsRefused(source: String) throws {
        let error = try #require(refusal(source))
        #expect(error.code == .syntax)
    }
}
