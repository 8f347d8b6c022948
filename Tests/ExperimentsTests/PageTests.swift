import Testing

@testable import Experiments

/// Texts of a config on pages of results.
@Suite struct PageTests {
    /// Written by scalars: a combining mark makes one character of a sign and itself.
    @Test(arguments: [
        ("a<b>&\"", "a&lt;b&gt;&amp;&quot;"),
        ("\u{0}\u{1B}[31m\u{9B}2J\u{7F}", "\u{FFFD}\u{FFFD}[31m\u{FFFD}2J\u{FFFD}"),
        ("<\u{301}script>", "&lt;\u{301}script&gt;"), ("\u{FFFE}", "\u{FFFD}"), ("é漢 1", "é漢 1"),
    ])
    func html(raw: String, escaped: String) {
        let page = PageHTML.render([
            .heading(1, raw), .paragraph(raw), .list([raw]),
            .table(PageTable(header: [raw, "n"], rows: [[raw, raw + " (x)"]], names: 1)),
        ])
        #expect(page.contains("<title>\(escaped)</title>") && page.contains("<p>\(escaped)</p>"))
        #expect(page.contains("<li>\(escaped)</li>") && page.contains("<th scope=\"row\">\(escaped)</th>"))
        #expect(page.contains("\(escaped) <span class=\"ci\">(x)</span>"))
        #expect(page.unicodeScalars.allSatisfy { $0 == "\n" || !(0..<0x20).contains($0.value) })
    }

    @Test(arguments: [
        ("a|b<c>#", "a\\|b\\<c\\>\\#"), ("a\r\nb\u{2028}c", "a b c"), ("\u{1B}[31m\u{202E}", "\u{FFFD}\\[31m\u{FFFD}"),
        ("<\u{301}b>", "\\<\u{301}b\\>"),
    ])
    func markdown(raw: String, escaped: String) {
        #expect(PageMarkdown.render([.paragraph(raw)]) == escaped + "\n")
    }
}
