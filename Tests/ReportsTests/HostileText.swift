/// Strings made to break out of whatever holds them, from a fixed generator.
enum HostileText {
    static let pieces = [
        "<script>alert(1)</script>", "</script>", "<!--", "]]>", "<b onclick=x>", "&lt;", "&#0;", "`", "``", "|", "\\|",
        "\\",
        "*", "**", "_", "~~", "[a](javascript:b)", "![i](http://x)", "http://x.example", "www.x.example", "@user", "#1",
        ":smile:", "$x$", "# ", "- ", "1. ", "> ", "---", "===", "\n", "\r\n", "\u{2028}", "\t", " ", "  ", "\u{0}",
        "\u{7}",
        "\u{1B}[31m", "\u{1B}]0;t\u{7}", "\u{9B}2J", "\u{202E}", "\u{2066}", "\u{200B}", "\u{FEFF}", "\u{AD}", "\u{A0}",
        "\u{3164}", "\u{E0041}", "\u{FFFE}", "\u{FFFF}", "e\u{301}\u{302}\u{303}\u{304}", "::error::x", "##[error]x",
        "{{name}}", "{{{name}}}", "::add-mask::", "##[group]", "##vso[task.setvariable variable=a]b",
        "##VSO[x]", "##", "vso[", "##teamcity[x]", "=cmd|' /C calc'!A0", "+1", "@SUM(1)", "{0}", "](x)",
        "]", "é", "漢字", "😀", "ﷺ", "a", "word", "</td>", "\"", "'", "<", ">", "&",
    ]

    /// `count` strings, each of up to seven pieces.
    static func samples(_ count: Int, seed: UInt64 = 1) -> [String] {
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        return pieces
            + (0..<count).map { _ in (0...next(7)).map { _ in pieces[next(pieces.count)] }.joined() }
    }
}
