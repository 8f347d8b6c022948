import Testing

@testable import Tokenizers

@Suite("Forms of pre-tokenizers that are rare in files")
struct SplitTests {
    @Test("An empty text divides every character from the next", arguments: SplitBehavior.allCases, [true, false])
    func emptyText(_ behavior: SplitBehavior, _ inverted: Bool) throws {
        let split =
            #"{"type": "Split", "pattern": {"String": ""}, "behavior": "\#(behavior.rawValue)", "invert": \#(inverted)}"#
        let metaspace = #"{"type": "Metaspace", "replacement": "_", "prepend_scheme": "always", "split": true}"#
        let tokens = try CharacterTokenizer.tokens("ab \u{E9}", [], [split, metaspace])
        #expect(tokens == (behavior == .removed && inverted ? "" : "_a_b__\u{E9}"))
        #expect(try CharacterTokenizer.tokens("", [], [split]) == "")
    }

    @Test(
        "The older field of Metaspace repeats the newer one",
        arguments: [
            (#""prepend_scheme": "never", "add_prefix_space": false"#, "a_b"),
            (#""prepend_scheme": "never", "add_prefix_space": true"#, "a_b"),
            (#""prepend_scheme": "first", "add_prefix_space": true"#, "_a_b"),
            (#""add_prefix_space": true"#, "_a_b"), (#""add_prefix_space": null"#, "_a_b"),
        ])
    func olderField(_ fields: String, _ expected: String) throws {
        let metaspace = #"{"type": "Metaspace", "replacement": "_", "split": true, \#(fields)}"#
        #expect(try CharacterTokenizer.tokens("a b", [], [metaspace]) == expected)
    }
}
