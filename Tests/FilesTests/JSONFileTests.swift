import Files
import Testing

@Suite struct JSONFileTests {
    private struct Value: Codable, Equatable {
        var number: Double
        var path: String
    }

    @Test func aValueComesBack() throws {
        let folder = try TemporaryFolder()
        let value = Value(number: 0.1 + 0.2, path: "a/b")
        try JSONFile.write(value, to: folder.file("value.json"))
        #expect(JSONFile.read(Value.self, from: folder.file("value.json")) == value)
        #expect(try folder.names() == ["value.json"])
    }

    @Test func whatIsMissingTooLargeOrOfAnotherShapeIsNil() throws {
        let folder = try TemporaryFolder()
        #expect(JSONFile.read(Value.self, from: folder.file("value.json")) == nil)
        try JSONFile.write(Value(number: 1, path: "a"), to: folder.file("value.json"))
        #expect(JSONFile.read(Value.self, from: folder.file("value.json"), limit: 8) == nil)
        #expect(JSONFile.read([Int].self, from: folder.file("value.json")) == nil)
    }
}
