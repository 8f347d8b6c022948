import Testing

@testable import Checkpoints

/// Expected results are those of Python's `re.fullmatch`.
@Suite struct ModulePatternTests {
    @Test(arguments: [
        ("query", "query", true), ("query", "a.query", false), (".*query", "a.query", true), ("", "", true),
        (".*\\.(q|v)_proj$", "model.layers.0.self_attn.v_proj", true),
        (".*\\.(q|v)_proj$", "model.layers.0.self_attn.k_proj", false), ("a|bc|", "bc", true), ("a|bc|", "", true),
        (".*layers\\.(?:1[0-9]|2)\\.mlp.*", "model.layers.17.mlp.up", true),
        (".*layers\\.(?:1[0-9]|2)\\.mlp.*", "model.layers.27.mlp.up", false), ("^a$", "a", true), ("a^b", "ab", false),
        ("(?P<x>a)+", "aaa", true), ("a{2,3}", "a", false), ("a{2,3}", "aaa", true), ("a{2,3}", "aaaa", false),
        ("a{2}", "aa", true), ("a{2,}b", "aaaab", true), ("a??b", "b", true), ("[^.]*", "a.b", false),
        ("[^.]*", "ab", true), ("[a-c\\d_]+", "b2_", true), ("[]a]+", "a]", true), ("\\w+\\.\\d+", "layer.12", true),
        ("\\S\\s\\W", "a .", true), (".", "\n", false), ("(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false),
        ("[a-]", "-", true),
    ])
    func matchesAsPythonDoes(pattern: String, name: String, expected: Bool) throws {
        #expect(try #require(ModulePattern(pattern)).matches(name) == expected)
    }

    @Test(arguments: [
        "(", ")", "a)", "[a", "[", "*a", "a**", "a{1", "a{101}", "a{3,2}", "(?=a)", "(?!a)", "(?<=a)b", "\\1", "\\b",
        "(?i)a", "(?P=x)", "\\", "a{,}{2}", "[b-a]", "((a{100}){100}){100}", "[\\",
    ])
    func whatIsNotSupportedIsRefused(pattern: String) {
        #expect(ModulePattern(pattern) == nil)
    }

    @Test func ranksAreLookedUpByTheEndOfAName() throws {
        let pattern = try #require(ModulePattern("(layer.0.query)$"))
        #expect(pattern.matchesTail(of: "bert.layer.0.query"))
        #expect(pattern.matchesTail(of: "layer.0.query"))
        #expect(!pattern.matchesTail(of: "bert.mylayer.0.query"))
        #expect(!pattern.matchesTail(of: "bert.layer.0.query.x"))
    }

    @Test func nestingIsCapped() {
        #expect(ModulePattern(String(repeating: "(", count: 60) + String(repeating: ")", count: 60)) == nil)
        #expect(ModulePattern(String(repeating: "a", count: 2_001)) == nil)
    }
}
