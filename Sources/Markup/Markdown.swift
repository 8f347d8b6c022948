import CCmarkGFM

/// GitHub-flavoured Markdown.
public enum Markdown {
    /// The HTML of a Markdown document: tables on, raw HTML and unsafe links left out.
    ///
    /// - Throws: `MarkupError` when the library is out of memory or lacks its table extension.
    public static func html(_ markdown: String) throws(MarkupError) -> String {
        cmark_gfm_core_extensions_ensure_registered()
        guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8) else {
            throw MarkupError("The Markdown parser could not be started; free some memory and try again.")
        }
        defer { cmark_parser_free(parser) }
        guard let table = cmark_find_syntax_extension("table"),
            cmark_parser_attach_syntax_extension(parser, table) == 1
        else {
            throw MarkupError("The Markdown library has no table extension; install libcmark-gfm-extensions.")
        }
        var source = markdown
        source.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
        guard let document = cmark_parser_finish(parser) else {
            throw MarkupError("The Markdown parser gave no document; free some memory and try again.")
        }
        defer { cmark_node_free(document) }
        guard
            let text = cmark_render_html(
                document, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser))
        else {
            throw MarkupError("The Markdown library could not write HTML; free some memory and try again.")
        }
        defer { cmark_get_default_mem_allocator().pointee.free(text) }
        return String(cString: text)
    }

    /// The blocks of a Markdown document as elements.
    ///
    /// cmark-gfm writes well-formed markup, so it is read strictly: what is not well-formed is an error, never mended.
    public static func elements(_ markdown: String) throws(MarkupError) -> [Node] {
        try Element(xml: "<div>\n" + html(markdown) + "</div>").children
    }
}
