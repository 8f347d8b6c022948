import Checkpoints
import Testing

/// Where Assay and the reference reader differ: the `safetensors` wheel 0.8.0, whose verdicts are recorded here.
@Suite struct StrictnessTests {
    struct Sample: Sendable {
        let what: String
        let tensors: String
        var data = 0
        let referenceAccepts: Bool
    }

    private static let u8 = Fixture.tensor("a", "U8", "[1]", 0, 1)

    static let samples: [Sample] = [
        Sample(what: "one tensor", tensors: u8, data: 1, referenceAccepts: true),
        Sample(
            what: "a product above Int.max before a zero", tensors: Fixture.tensor("a", "U8", "[\(Int.max),2,0]", 0, 0),
            referenceAccepts: true),
        Sample(what: "no tensor", tensors: "", referenceAccepts: true),
        Sample(what: "an additional field", tensors: extra("[1]"), data: 1, referenceAccepts: true),
        Sample(what: "metadata that is null", tensors: #""__metadata__":null"#, referenceAccepts: true),
        Sample(what: "an empty name", tensors: Fixture.tensor("", "U8", "[1]", 0, 1), data: 1, referenceAccepts: true),
        Sample(
            what: "a huge dimension beside a zero", tensors: Fixture.tensor("a", "U8", "[0,\(Int.max)]", 0, 0),
            referenceAccepts: true),
        Sample(
            what: "a type of the format that is not read", tensors: Fixture.tensor("a", "F8_E8M0", "[1]", 0, 1),
            data: 1, referenceAccepts: true),
        Sample(what: "duplicate tensor names", tensors: "\(u8),\(u8)", data: 1, referenceAccepts: true),
        Sample(what: "duplicate metadata keys", tensors: #""__metadata__":{"a":"1","a":"2"}"#, referenceAccepts: true),
        Sample(
            what: "duplicate keys in an additional field", tensors: extra(#"{"k":1,"k":2}"#), data: 1,
            referenceAccepts: true),
        Sample(what: "a tensor as an array", tensors: #""a":["U8",[1],[0,1]]"#, data: 1, referenceAccepts: true),
        Sample(
            what: "an additional field 100 levels deep",
            tensors: extra(String(repeating: "[", count: 100) + String(repeating: "]", count: 100)), data: 1,
            referenceAccepts: true),
        Sample(
            what: "a dimension above Int.max beside a zero",
            tensors: Fixture.tensor("a", "U8", "[9223372036854775808,0]", 0, 0),
            referenceAccepts: true),
        Sample(
            what: "canonically equal names",
            tensors: Fixture.tensor("\u{E9}", "U8", "[1]", 0, 1) + "," + Fixture.tensor("e\u{301}", "U8", "[1]", 1, 2),
            data: 2, referenceAccepts: true),
        Sample(
            what: "an unknown type", tensors: Fixture.tensor("a", "Q7_NEW", "[1]", 0, 1), data: 1,
            referenceAccepts: false),
        Sample(
            what: "an unknown type of any size", tensors: Fixture.tensor("a", "Q7_NEW", "[1]", 0, 3), data: 3,
            referenceAccepts: false),
        Sample(
            what: "a number out of range in an additional field", tensors: extra("1e999"), data: 1,
            referenceAccepts: false),
        Sample(what: "metadata twice", tensors: #""__metadata__":{},"__metadata__":{}"#, referenceAccepts: false),
        Sample(
            what: "an overflow before a zero", tensors: Fixture.tensor("a", "U8", "[18446744073709551615,2,0]", 0, 0),
            referenceAccepts: false),
        Sample(
            what: "an empty tensor beyond the data", tensors: u8 + "," + Fixture.tensor("b", "U8", "[0]", 2, 2),
            data: 1,
            referenceAccepts: false),
    ]

    private static func extra(_ value: String) -> String {
        #""a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"x":\#(value)}"#
    }

    @Test func differencesAreTheListedOnes() throws {
        let folder = try TemporaryFolder()
        var stricter: [String] = []
        var inconclusive: [String] = []
        for sample in Self.samples {
            let data = [UInt8](repeating: 0, count: sample.data)
            let path = try folder.write(Fixture.safetensors("{\(sample.tensors)}", data: data), to: "m")
            let accepts = (try? Checkpoint(path: path)) != nil
            if sample.referenceAccepts, !accepts { stricter.append(sample.what) }
            if !sample.referenceAccepts, accepts { inconclusive.append(sample.what) }
        }
        print("Refused, although the reference reader accepts: \(stricter.joined(separator: "; ")).")
        print("Not audited, although the reference reader refuses: \(inconclusive.joined(separator: "; ")).")
        #expect(
            stricter == [
                "duplicate tensor names", "duplicate metadata keys", "duplicate keys in an additional field",
                "a tensor as an array", "an additional field 100 levels deep",
                "a dimension above Int.max beside a zero", "canonically equal names",
            ])
        #expect(inconclusive == ["an unknown type", "an unknown type of any size"])
    }
}
