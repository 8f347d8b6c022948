import Testing

@testable import Reports

/// What CI runners obey, and that no escaper leaves it.
@Suite struct RunnerCommandTests {
    @Test(arguments: [
        "##[error]x", "##vso[task.complete result=Succeeded]", "a ##vso[x", "###[x", "##VSO[x", "##teamcity[x", "::x",
        "  ::add-mask::x", "##\u{200B}", "##vso\u{202E}", "####[x", "##vso##[x", "##[x##vso[y", "##a##\u{200B}",
    ])
    func commandsAreObeyedAndMadeInert(raw: String) {
        #expect(RunnerCommand.isObeyed(VisibleText.of(raw)))
        let json = String(decoding: JSONText.bytes(of: [raw], brokenDepth: 1), as: UTF8.self)
        let sinks = [
            TerminalText.escape(raw), MarkdownText.escape(raw), CodeSpan(raw).renderText,
            CodeBlock(lines: [raw]).renderText, json,
        ]
        for text in sinks {
            #expect(!text.split(separator: "\n").contains { RunnerCommand.isObeyed(String($0)) }, "\(text)")
        }
    }

    @Test(arguments: ["", "#", "##", "##vso", "# [x]", "#[x]", "##a1[x]", "##ing [x]", "a::b", "#vso[x]", "##é[x]"])
    func otherTextIsLeft(raw: String) {
        #expect(!RunnerCommand.isObeyed(raw))
        #expect(CodeSpan(raw).renderText == (raw.isEmpty ? "(empty)" : "`\(raw)`"))
    }

    @Test func linesAreEscapedOneByOne() {
        #expect(TerminalText.escapeLines("a\n\n::x\u{1B}\n") == "a\n\n:[U+003A]x[U+001B]\n")
    }

    @Test func jsonReadsBackAsTheText() throws {
        let bytes = JSONText.bytes(of: ["##vso[x]"], brokenDepth: 1)
        #expect(String(decoding: bytes, as: UTF8.self) == "[\n \"\\u0023#vso[x]\"\n]\n")
    }
}
