import Testing

@testable import Experiments

@Suite struct CSVFieldTests {
    @Test(arguments: [
        ("word", "word"), ("", ""), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("a\nb", "\"a\nb\""),
        ("-0.25", "-0.25"), ("-1e-05", "-1e-05"), ("+12", "+12"), ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("@SUM(1,2)", "\"'@SUM(1,2)\""), ("-2+3", "'-2+3"), ("+a", "'+a"), ("\u{1B}[31m", "\u{FFFD}[31m"),
        ("\t=1", "\u{FFFD}=1"), ("a\u{202E}b", "a\u{FFFD}b"), ("a\r\nb", "\"a\u{FFFD}\nb\""),
    ])
    func fields(raw: String, escaped: String) {
        #expect(CSVField.escape(raw) == escaped)
    }
}
