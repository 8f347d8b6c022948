import StrictJSON
import Testing

@Suite struct JSONSerializingTests {
    private let text = #"{"b":[1,-2,2.5,1e-12,1e+30],"a":{"k\"\\\u0001\n\t":"é😀"},"e":[],"o":{},"t":true,"n":null}"#

    @Test func compactFormKeepsOrderAndText() throws {
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(String(decoding: value.serialized(), as: UTF8.self) == text)
    }

    @Test(arguments: [nil, 0, 2]) func readingBackGivesTheSame(indentation: Int?) throws {
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(try JSONValue(parsing: value.serialized(indentation: indentation)) == value)
    }

    @Test func indentation() {
        var object = JSONObject()
        object["a"] = .array([.integer(1), .array([])])
        let expected = "{\n  \"a\": [\n    1,\n    []\n  ]\n}"
        #expect(String(decoding: JSONValue.object(object).serialized(indentation: 2), as: UTF8.self) == expected)
    }

    @Test func everyDoubleSurvives() throws {
        for value in [0.1, -0.0, 2.2250738585072014e-308, 1.7976931348623157e308, 1.0 / 3, 123456789.125] {
            let back = try JSONValue(parsing: JSONValue.number(value).serialized())
            #expect(back.doubleValue?.bitPattern == value.bitPattern)
        }
        #expect(JSONValue.number(.infinity).serialized() == Array("null".utf8))
    }
}
