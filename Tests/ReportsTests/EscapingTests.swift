import Markup
import Testing

@testable import Reports

/// One escaper for each sink, tried with the same hostile strings.
@Suite struct EscapingTests {
    static let samples = HostileText.samples(400)

    @Test func visibleTextHoldsNothingThatCannotBeSeen() {
        for sample in Self.samples {
            let text = VisibleText.of(sample)
            #expect(VisibleText.of(text) == text)
            for scalar in text.unicodeScalars {
                #expect(scalar.value >= 0x20 && !(0x7F...0xA0).contains(scalar.value), "\(scalar.value)")
                #expect(![.control, .format, .unassigned].contains(scalar.properties.generalCategory))
            }
        }
    }

    @Test(arguments: [
        ("\u{200B}", "[U+200B]"), ("a\u{202E}b", "a[U+202E]b"), ("\u{1B}[0m", "[U+001B][0m"), ("x y", "x y"),
        ("\n", "[U+000A]"), ("é漢", "é漢"), ("\u{301}", "[U+0301]"), ("e\u{301}", "e\u{301}"), ("\u{E0041}", "[U+E0041]"),
    ])
    func codePoints(raw: String, visible: String) {
        #expect(VisibleText.of(raw) == visible)
    }

    @Test func longTextIsClipped() {
        #expect(VisibleText.clipped(String(repeating: "a", count: 1300), to: 3) == "aaa… (1,297 more characters)")
    }

    @Test func markdownReadsBackAsTheVisibleText() throws {
        for sample in Self.samples {
            let visible = VisibleText.of(sample)
            for (markdown, prefix) in [
                (MarkdownText.escape(sample), ""), ("x " + MarkdownText.escape(sample), "x "),
                ("## " + MarkdownText.escape(sample), ""),
            ] {
                let blocks = try Markdown.elements(markdown).compactMap(\.element)
                #expect(blocks.map(\.textContent).joined() == prefix + visible, "\(sample.debugDescription)")
                #expect(blocks.flatMap(\.descendants).allSatisfy { ["p", "h2"].contains($0.name) })
            }
        }
    }

    @Test func tableCellsReadBackAsTheVisibleText() throws {
        for sample in Self.samples {
            let markdown =
                "| a | b |\n| --- | --- |\n| \(MarkdownText.escape(sample)) | \(CodeSpan(sample).renderText) |\n"
            let cells = try Markdown.elements(markdown).compactMap(\.element).flatMap(\.descendants)
                .filter { $0.name == "td" }
            let visible = VisibleText.of(sample)
            #expect(cells.map(\.textContent) == [visible, visible.isEmpty ? "(empty)" : visible])
            #expect(cells.flatMap(\.descendants).allSatisfy { ["td", "code"].contains($0.name) })
        }
    }

    @Test func codeBlocksStayOneBlock() throws {
        for sample in Self.samples {
            let blocks = try Markdown.elements(CodeBlock(lines: [sample, "b"]).renderText).compactMap(\.element)
            #expect(blocks.map(\.name) == ["pre"])
            let text = blocks.first?.textContent.dropLast("\nb\n".count)
            let visible = VisibleText.of(sample)
            let isCommand = RunnerCommand.isObeyed(visible)
            #expect(text.map(String.init) == (isCommand ? TerminalText.escape(sample) : visible))
        }
    }

    @Test func terminalTextCannotActOnATerminalOrARunner() {
        for sample in Self.samples {
            let text = TerminalText.escape(sample)
            #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
            #expect(!text.contains("::") && !text.contains("##[") && !text.contains("\u{202E}"))
            #expect(!text.lowercased().contains("##vso["))
        }
    }

    @Test func htmlReadsBackAsTheText() throws {
        for sample in Self.samples {
            let visible = VisibleText.of(sample)
            let page = Element("p", ["title": visible], text: visible).html
            let paragraph = try #require(try Element(html: page).descendants.first { $0.name == "p" })
            #expect(paragraph.textContent == visible)
            #expect(paragraph["title"] == visible)
            #expect(paragraph.elements.isEmpty)
        }
    }
}
