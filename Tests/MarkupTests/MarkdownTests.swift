import Markup
import Testing

@Suite struct MarkdownTests {
    @Test func tablesBecomeElements() throws {
        let blocks = try Markdown.elements("| a | b |\n| --- | ---: |\n| 1 | `x|y`\\|2 |\n").compactMap(\.element)
        let table = try #require(blocks.first)
        #expect(table.name == "table")
        #expect(table.descendants.filter { $0.name == "td" }.count == 2)
        #expect(table.descendants.last { $0.name == "th" }?["align"] == "right")
    }

    @Test(arguments: ["<script>x</script>", "a <img src=x onerror=y> b", "<!-- c -->", "[x](javascript:alert(1))"])
    func rawHTMLAndUnsafeLinksAreLeftOut(markdown: String) throws {
        let html = try Markdown.html(markdown)
        #expect(!html.contains("<script") && !html.contains("<img") && !html.contains("javascript:"))
    }

    @Test func bareAddressesAreNotLinked() throws {
        #expect(try !Markdown.html("www.example.com https://example.com").contains("<a"))
    }

    @Test func entitiesAndAmpersandsSurvive() throws {
        let block = try #require(try Markdown.elements("a &amp; b < c \"d\"").compactMap(\.element).first)
        #expect(block.textContent == "a & b < c \"d\"")
    }

    @Test func charactersThatMarkupCannotHoldAreAnError() {
        #expect(throws: MarkupError.self) { try Markdown.elements("a \u{1} b") }
    }

    @Test func emptyTextHasNoBlocks() throws {
        #expect(try Markdown.elements("").compactMap(\.element).isEmpty)
    }
}
