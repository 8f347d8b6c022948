import StrictJSON
import Testing

@Suite struct JSONParsingTests {
    private func parse(_ text: String) throws -> JSONValue {
        try JSONValue(parsing: Array(text.utf8))
    }

    @Test func everyKindOfValue() throws {
        let value = try parse(#" {"a":[null,true,false],"b":{"c":"d"},"e":-12,"f":1.5e3,"g":[],"h":{}} "# + "\r\n\t")
        let object = try #require(value.objectValue)
        #expect(object.members.map(\.key) == ["a", "b", "e", "f", "g", "h"])
        #expect(object["a"]?.arrayValue == [.null, .bool(true), .bool(false)])
        #expect(object["b"]?.objectValue?["c"]?.stringValue == "d")
        #expect(object["e"]?.intValue == -12)
        #expect(object["f"]?.doubleValue == 1500)
        #expect(object["g"]?.arrayValue?.isEmpty == true)
        #expect(object["h"]?.objectValue?.count == 0)
        #expect(object["missing"] == nil)
    }

    @Test(arguments: [
        ("0", JSONValue.integer(0)), ("-7", .integer(-7)), ("9223372036854775807", .integer(.max)),
        ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
        ("1000000000000000019884624838656", .number(1e30)), ("1.0", .number(1)), ("1e-12", .number(1e-12)),
        ("1E+2", .number(100)), ("0.02", .number(0.02)), ("1e-400", .number(0)),
    ])
    func numbers(text: String, expected: JSONValue) throws {
        #expect(try parse(text) == expected)
    }

    @Test func negativeZeroKeepsItsSign() throws {
        let value = try parse("-0")
        #expect(value.intValue == nil)
        #expect(value.doubleValue?.sign == .minus)
    }

    @Test(arguments: [
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\u4e2D""#, "é中"),
        (#""\ud83d\ude00""#, "😀"), (#""a\u0000b""#, "a\0b"), ("\"▁é😀\"", "▁é😀"), (#""x\\""#, "x\\"),
    ])
    func strings(text: String, expected: String) throws {
        #expect(try parse(text) == .string(expected))
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1", "[1,", "[1,]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}",
        "[1 2]",
        "{\"a\" 1}", "nul", "True", "NaN", "Infinity", "-Infinity", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+",
        "0x10", "\"", "\"a", #""\"#, #""\x""#, #""\u12"#, #""\u12G4""#, "\"a\nb\"", "\"\u{1}\"", "'a'", "1 2", "{} x",
        "{}\0",
        "//c\n1", "\u{FEFF}{}", "[1]]", "}",
    ])
    func syntaxErrors(text: String) {
        #expect { try parse(text) } throws: { ($0 as? JSONError)?.kind == .syntax }
    }

    @Test(arguments: [
        #""\ud800""#, #""\udc00""#, #""\ud800x""#, #""\ud800\n""#, #""\ud800\u0041""#, #""\ud800\ud800""#,
    ])
    func loneSurrogates(text: String) {
        #expect { try parse(text) } throws: { ($0 as? JSONError)?.kind == .invalidText }
    }

    @Test(
        arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF4, 0x90, 0x80, 0x80]] as [[UInt8]])
    func invalidUTF8(sequence: [UInt8]) {
        for bytes in [[0x22] + sequence + [0x22], [0x22, 0x5C, 0x6E] + sequence + [0x22]] {
            #expect { try JSONValue(parsing: bytes) } throws: { ($0 as? JSONError)?.kind == .invalidText }
        }
    }

    @Test(arguments: ["1e999", "-1e999"])
    func numbersBeyondDouble(text: String) {
        #expect { try parse(text) } throws: { ($0 as? JSONError)?.kind == .numberRange }
    }

    @Test func duplicateKeys() throws {
        let error = #expect(throws: JSONError.self) { try parse(#"{"a":1,"b":2,"\u0061":3}"#) }
        #expect(error?.kind == .duplicateKey)
        #expect(error?.offset == 13)
        let many = (0..<100).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
        #expect(try parse("{\(many)}").objectValue?["k77"]?.intValue == 77)
        #expect { try parse("{\(many),\"k42\":0}") } throws: { ($0 as? JSONError)?.kind == .duplicateKey }
    }

    @Test func keysThatOnlyLookEqualAreDistinct() throws {
        let object = try #require(try parse(#"{"\u00e9":1,"e\u0301":2}"#).objectValue)
        #expect(object["\u{E9}"] == .integer(1))
        #expect(object["e\u{301}"] == .integer(2))
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    }

    @Test func limits() {
        let nested = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(throws: Never.self) { try parse(nested) }
        #expect { try parse("[\(nested)]") } throws: { ($0 as? JSONError)?.kind == .tooDeep }
        let hostile = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect { try JSONValue(parsing: hostile) } throws: { ($0 as? JSONError)?.kind == .tooDeep }
        #expect {
            try JSONValue(parsing: Array("[1,2]".utf8), limits: JSONLimits(maxBytes: 4))
        } throws: {
            ($0 as? JSONError)?.kind == .tooLarge
        }
        #expect {
            try JSONValue(parsing: Array("[1,2]".utf8), limits: JSONLimits(maxValues: 2))
        } throws: {
            ($0 as? JSONError)?.kind == .tooLarge
        }
    }

    @Test func errorsSayWhere() {
        let error = #expect(throws: JSONError.self) { try parse("[1, x]") }
        #expect(error?.description == "no value starts with this character at byte 4")
    }

    @Test func everyPrefixAndEveryFlippedByteIsHandled() {
        let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\n"],"b":{"c":null,"d":[true,false]}}"#.utf8)
        for end in 0..<text.count {
            #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text[..<end])) }
        }
        for index in text.indices {
            for byte in UInt8.min ... .max {
                var changed = text
                changed[index] = byte
                _ = try? JSONValue(parsing: changed)
            }
        }
    }

    @Test func rawBuffersParseToo() throws {
        let value = try Array("[7]".utf8).withUnsafeBytes { try JSONValue(parsing: $0) }
        #expect(value == .array([.integer(7)]))
    }
}
