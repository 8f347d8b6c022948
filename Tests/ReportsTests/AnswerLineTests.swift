import StrictJSON
import Testing

@testable import Reports

@Suite struct AnswerLineTests {
    @Test func `a line is one JSON object`() throws {
        let line = AnswerLine(row: 3, ids: [5, 9], text: "So it \"is\"\n<b>", logProbability: -1.5).line
        #expect(line.hasSuffix("}\n") && !line.dropLast().contains("\n") && !line.contains("<"))
        let value = try #require(try JSONValue(parsing: Array(line.utf8)).objectValue)
        #expect(value["text"]?.stringValue == "So it \"is\"\n<b>")
        #expect(value["row"]?.intValue == 3 && value["log_probability"]?.doubleValue == -1.5)
        #expect(value["ids"]?.arrayValue?.compactMap(\.intValue) == [5, 9])
    }

    @Test(arguments: [Double.nan, -.infinity])
    func `what is no number is null`(value: Double) {
        #expect(AnswerLine(row: 1, ids: [], text: "", logProbability: value).line.contains("\"log_probability\":null"))
    }
}
