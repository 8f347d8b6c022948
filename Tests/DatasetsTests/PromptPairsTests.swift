import Testing

@testable import Datasets

@Suite("Prompts with responses")
struct PromptPairsTests {
    private func read(_ text: String, limits: DatasetLimits = .default) throws -> [PromptPair] {
        try PromptPairs.read(bytes: Array(text.utf8), file: "pairs.jsonl", limits: limits)
    }

    @Test("Both forms, the context and the line of each")
    func rows() throws {
        let pairs = try read(
            """
            \u{FEFF}{"prompt": "What is tea?", "response": "A drink.", "id": 7}\r
            {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes?"}, \
            {"role": "user", "content": "2 + 2"}, {"role": "assistant", "content": "4"}]}
            {"context": "Be brief.", "prompt": "a\\nb", "response": ""}

            """)
        #expect(
            pairs == [
                PromptPair(row: 1, messages: [PromptMessage(.user, "What is tea?")], response: "A drink."),
                PromptPair(
                    row: 2,
                    messages: [
                        PromptMessage(.user, "Hi"), PromptMessage(.assistant, "Yes?"), PromptMessage(.user, "2 + 2"),
                    ], response: "4"),
                PromptPair(
                    row: 3, messages: [PromptMessage(.system, "Be brief."), PromptMessage(.user, "a\nb")], response: ""),
            ])
    }

    private static let good = #"{"prompt": "a", "response": "b"}"#

    @Test(
        "Rules, each with its row",
        arguments: [
            ("", .empty, nil), ("\n\n", .empty, nil), (good + "\u{0}", .binary, nil),
            (good + "\n\n" + good, .invalidRow, 2), (good + "\n{", .invalidJSON, 2), ("[1]", .invalidJSON, 1),
            (#"{"prompt": "a"}"#, .missingResponse, 1), (#"{"response": "a"}"#, .invalidJSON, 1),
            (#"{"prompt": 1, "response": "b"}"#, .invalidJSON, 1),
            (#"{"prompt": "a", "response": null}"#, .invalidJSON, 1),
            (#"{"prompt": "a", "prompt": "a", "response": "b"}"#, .invalidJSON, 1),
            (#"{"prompt": "\ud800", "response": "b"}"#, .invalidJSON, 1),
            (#"{"messages": []}"#, .missingResponse, 1), (#"{"messages": {}}"#, .invalidJSON, 1),
            (#"{"messages": [{"role": "user", "content": "a"}]}"#, .missingResponse, 1),
            (#"{"messages": [{"role": "assistant", "content": "a"}]}"#, .missingResponse, 1),
            (#"{"messages": [{"role": "root", "content": "a"}]}"#, .invalidJSON, 1),
            (#"{"messages": [{"role": "user"}]}"#, .invalidJSON, 1), (#"{"messages": ["a"]}"#, .invalidJSON, 1),
            (#"{"messages": [], "prompt": "a", "response": "b"}"#, .invalidJSON, 1),
            (
                #"{"context": "x", "messages": [{"role": "system", "content": "y"}, {"role": "assistant", "content": ""}]}"#,
                .invalidJSON, 1
            ),
            (#"{"prompt": "a", "response": "b", "x": \#(String(repeating: "[", count: 20))"#, .tooLarge, 1),
        ] as [(String, DatasetError.Code, Int?)])
    func refused(_ text: String, _ code: DatasetError.Code, _ row: Int?) {
        let error = #expect(throws: DatasetError.self) { try read(text) }
        #expect(error?.code == code && error?.row == row)
        #expect(error?.description.hasPrefix("pairs.jsonl") == true && error?.description.hasSuffix(".") == true)
    }

    @Test("Text that is not UTF-8")
    func encoding() {
        let bytes = Array(#"{"prompt": ""#.utf8) + [0xFF] + Array(#"", "response": "b"}"#.utf8)
        let error = #expect(throws: DatasetError.self) { try PromptPairs.read(bytes: bytes, file: "pairs.jsonl") }
        #expect(error?.code == .invalidUTF8 && error?.row == 1)
    }

    @Test("Limits on the file, its rows, lines and texts")
    func limits() throws {
        let size = Self.good.utf8.count
        for limits in [
            DatasetLimits(maxBytes: size - 1), DatasetLimits(maxLineBytes: size - 1), DatasetLimits(maxFieldBytes: 0),
        ] {
            let error = #expect(throws: DatasetError.self) { try read(Self.good, limits: limits) }
            #expect(error?.code == .tooLarge)
        }
        let three = [Self.good, Self.good, Self.good].joined(separator: "\n")
        let error = #expect(throws: DatasetError.self) { try read(three, limits: DatasetLimits(maxRows: 2)) }
        #expect(error?.code == .tooLarge)
        let exact = DatasetLimits(maxBytes: 3 * size + 2, maxLineBytes: size, maxFieldBytes: 1, maxRows: 3)
        #expect(try read(three, limits: exact).count == 3)
    }
}
