import StrictJSON
import Testing

@Suite struct JSONObjectTests {
    @Test(arguments: [3, 9, 500]) func editingKeepsOrder(count: Int) {
        var object = JSONObject()
        for index in 0..<count { object["k\(index)"] = .integer(index) }
        object["k1"] = .string("new")
        object["k0"] = nil
        object["absent"] = nil
        #expect(object.count == count - 1)
        #expect(object.members.first?.key == "k1")
        #expect(object["k1"] == .string("new"))
        #expect(object["k0"] == nil)
        #expect(object["k\(count - 1)"] == .integer(count - 1))
    }

    @Test func equalityLooksAtOrder() {
        var a = JSONObject()
        a["x"] = .integer(1)
        a["y"] = .integer(2)
        var b = JSONObject()
        b["y"] = .integer(2)
        b["x"] = .integer(1)
        #expect(a == a)
        #expect(a != b)
    }

    @Test func accessorsAreStrictAboutKinds() {
        #expect(JSONValue.number(1).intValue == nil)
        #expect(JSONValue.integer(1).doubleValue == 1)
        #expect(JSONValue.string("1").doubleValue == nil)
        #expect(JSONValue.integer(1).boolValue == nil)
        #expect(JSONValue.bool(true).boolValue == true)
        #expect(JSONValue.null.isNull)
        #expect(!JSONValue.integer(0).isNull)
        #expect(JSONValue.integer(1) != .number(1))
    }
}
