import Markup
import Testing

@Suite struct ElementTests {
    @Test func textAndAttributesAreEscaped() {
        let element = Element("p", ["title": "a\"<b>&"], text: "<i>&\"")
        #expect(element.html == "<p title=\"a&quot;&lt;b&gt;&amp;\">&lt;i&gt;&amp;\"</p>\n")
    }

    @Test func controlsBecomeTheReplacementCharacter() {
        #expect(Element("b", text: "a\u{0}\u{1B}\u{9F}\u{FFFE}z").html == "<b>a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}z</b>")
    }

    @Test func aPageWrittenAsAStringIsEscapedAlike() {
        #expect(HTMLText.escape("<i a=\"b\">&\u{1B}\u{9F}") == "&lt;i a=&quot;b&quot;&gt;&amp;\u{FFFD}\u{FFFD}")
    }

    @Test func voidElementsHaveNoEnd() {
        #expect(Element("wbr").html == "<wbr>")
        #expect(Element("meta", ["charset": "utf-8"]).html == "<meta charset=\"utf-8\">\n")
    }

    @Test func rawTextCannotEndItsElement() throws {
        let page = Element("div", [:], [.element(Element("script", ["type": "x"], text: "a</script><b>"))])
        let parsed = try Element(html: page.html)
        #expect(parsed.descendants.filter { $0.name == "b" }.isEmpty)
    }

    @Test func subscriptSetsAndRemoves() {
        var element = Element("p", ["a": "1"])
        element["b"] = "2"
        element["a"] = nil
        #expect(element.html == "<p b=\"2\"></p>\n")
    }

    @Test func mapElementsReachesEveryDepth() throws {
        let root = try Element(xml: "<a><b><c/></b><c/></a>")
        let mapped = root.mapElements { element in
            var copy = element
            copy.name = element.name.uppercased()
            return copy
        }
        #expect(mapped.descendants.map(\.name) == ["a", "B", "C", "C"])
    }

    @Test(arguments: ["<a>", "<a></b>", "", "<a>&undefined;</a>", "<a b=1/>"])
    func malformedXMLIsAnError(text: String) {
        #expect(throws: MarkupError.self) { try Element(xml: text) }
    }

    @Test func externalEntitiesAreNotFollowed() throws {
        let text = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>[&x;]</a>"
        let element = try? Element(xml: text)
        #expect(element?.textContent ?? "[]" == "[]")
    }
}
