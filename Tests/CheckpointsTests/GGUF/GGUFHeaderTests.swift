import Testing

@testable import Checkpoints

/// Every rule on the header of a GGUF file, each with its error.
@Suite struct GGUFHeaderTests {
    struct Refusal: CustomTestStringConvertible, Sendable {
        let code: CheckpointError.Code
        let testDescription: String
        let bytes: [UInt8]

        init(_ code: CheckpointError.Code, _ what: String, _ change: (inout GGUFBuilder) -> Void) {
            var builder = GGUFBuilder.model()
            change(&builder)
            self.init(code, what, bytes: builder.bytes)
        }

        init(_ code: CheckpointError.Code, _ what: String, bytes: [UInt8]) {
            (self.code, testDescription, self.bytes) = (code, "\(code): \(what)", bytes)
        }
    }

    private static let whole = GGUFBuilder.model().bytes

    private static func nested(_ depth: Int) -> GGUFValue {
        depth == 0 ? .uint8(1) : .array([nested(depth - 1)])
    }

    private static func entry(_ kind: UInt32, _ value: [UInt8]) -> [UInt8] {
        var builder = GGUFBuilder()
        builder.entryCount = 1
        return Array(builder.bytes.prefix(24)) + GGUFBuilder.text("k") + Fixture.bytes([kind]) + value
    }

    static let refusals: [Refusal] = [
        Refusal(.ggufMagic, "other letters") { $0.magic = "GGML" },
        Refusal(.ggufMagic, "too short", bytes: Array("GGU".utf8)),
        Refusal(.ggufVersion, "1") { $0.version = 1 }, Refusal(.ggufVersion, "4") { $0.version = 4 },
        Refusal(.ggufVersion, "0") { $0.version = 0 },
        Refusal(.byteOrder, "big-endian") { $0.version = UInt32(3).byteSwapped },
        Refusal(.tooManyTensors, "claimed") { $0.tensorCount = 200_001 },
        Refusal(.tooManyTensors, "all 64 bits") { $0.tensorCount = .max },
        Refusal(.ggufTooManyKeys, "claimed") { $0.entryCount = 65_537 },
        Refusal(.ggufTruncated, "in the counts", bytes: Array(whole.prefix(20))),
        Refusal(.ggufTruncated, "in the metadata", bytes: Array(whole.prefix(100))),
        Refusal(.ggufTruncated, "more entries than there are", bytes: entry(0, [])),
        Refusal(.ggufTruncated, "text longer than the file", bytes: entry(8, Fixture.bytes([100 as UInt64]))),
        Refusal(
            .ggufTruncated, "array longer than the file",
            bytes: entry(9, Fixture.bytes([4 as UInt32]) + Fixture.bytes([1_000_000 as UInt64]))),
        Refusal(.ggufTextTooLong, "all 64 bits", bytes: entry(8, Fixture.bytes([UInt64.max]))),
        Refusal(
            .ggufTextTooLong, "key", bytes: Array(GGUFBuilder.model().bytes.prefix(24)) + Fixture.bytes([UInt64.max])),
        Refusal(.ggufTextNotUTF8, "value", bytes: entry(8, Fixture.bytes([1 as UInt64]) + [0xFF])),
        Refusal(.ggufValueType, "13", bytes: entry(13, [0])),
        Refusal(.ggufValueType, "of elements", bytes: entry(9, Fixture.bytes([99 as UInt32]))),
        Refusal(.ggufBoolean, "2", bytes: entry(7, [2])),
        Refusal(.ggufTooDeep, "five arrays") { $0.metadata.append(("deep", nested(5))) },
        Refusal(
            .ggufTooManyValues, "claimed",
            bytes: entry(9, Fixture.bytes([0 as UInt32]) + Fixture.bytes([4_000_001 as UInt64]))),
        Refusal(.ggufName, "empty key") { $0.metadata.append(("", .uint8(0))) },
        Refusal(.ggufName, "long") { $0.tensors[0].name = String(repeating: "n", count: 65_536) },
        Refusal(.duplicateKey, "same bytes") { $0.metadata.append($0.metadata[0]) },
        Refusal(.ggufAlignment, "3") { $0.metadata.append(("general.alignment", .uint32(3))) },
        Refusal(.ggufAlignment, "0") { $0.metadata.append(("general.alignment", .uint32(0))) },
        Refusal(.ggufAlignment, "huge") { $0.metadata.append(("general.alignment", .uint32(1 << 31))) },
        Refusal(.ggufAlignment, "another type") { $0.metadata.append(("general.alignment", .uint64(32))) },
        Refusal(.ggufDuplicateTensor, "same bytes") { $0.tensors.append($0.tensors[0]) },
        Refusal(.ggufDuplicateTensor, "looks the same") {
            $0.tensors += [GGUFBuilder.counted("\u{E9}", [1]), GGUFBuilder.counted("e\u{301}", [1])]
        },
        Refusal(.ggufRank, "five") { $0.tensors.append(GGUFBuilder.counted("r", [1, 1, 1, 1, 1])) },
        Refusal(.ggufTensorType, "unknown number") { $0.tensors[0].type = 77 },
        Refusal(.ggufTensorType, "one that was removed") { $0.tensors[0].type = 4 },
        Refusal(.ggufRow, "half a block") {
            $0.tensors.append(
                GGUFBuilder.Tensor(name: "r", type: 8, shape: [2, 16], data: [UInt8](repeating: 0, count: 34)))
        },
        Refusal(.sizeOverflow, "dimension") { $0.tensors.append(GGUFBuilder.Tensor(name: "r", shape: [-1], data: [])) },
        Refusal(.sizeOverflow, "product") {
            $0.tensors.append(GGUFBuilder.Tensor(name: "r", shape: [1 << 32, 1 << 32], data: []))
        },
        Refusal(.sizeOverflow, "bytes") {
            $0.tensors.append(GGUFBuilder.Tensor(name: "r", shape: [1 << 62], data: []))
        },
        Refusal(.sizeOverflow, "place") { $0.tensors[1].offset = .max },
        Refusal(.beyondFile, "far away") {
            $0.tensors.append(GGUFBuilder.Tensor(name: "r", shape: [1 << 40], data: []))
        },
        Refusal(.beyondFile, "one byte missing", bytes: whole.dropLast()),
        Refusal(.ggufUnaligned, "by one") { $0.tensors[1].offset = 97 },
        Refusal(.overlap, "with the one in front") { $0.tensors[1].offset = 64 },
        Refusal(.hole, "between two") { $0.tensors[1].offset = 128 },
        Refusal(.hole, "at the start") { $0.tensors[0].offset = 32 },
        Refusal(.trailingData, "behind the last") { $0.trailing = [UInt8](repeating: 0, count: 40) },
    ]

    @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
        #expect(code { _ = try GGUFBuilder.header(refusal.bytes) } == refusal.code)
    }

    @Test func aHeaderHasAnEnd() throws {
        // Nine texts of almost 16 MiB each: the bytes are made up as they are asked for.
        let start = Array(GGUFBuilder().bytes.prefix(16)) + Fixture.bytes([9 as UInt64])
        let entry = GGUFBuilder.text("k") + Fixture.bytes([8 as UInt32]) + Fixture.bytes([UInt64(15 << 20)])
        let size = 24 + 9 * (entry.count + 15 << 20)
        let reader = GGUFReader(file: "m.gguf", size: size) { range throws(CheckpointError) in
            range.map { place in
                if place < 24 { return start[place] }
                let (number, within) = (place - 24).quotientAndRemainder(dividingBy: entry.count + 15 << 20)
                // Keys that differ in their only letter.
                return within == 8 ? UInt8(97 + number) : within < entry.count ? entry[within] : 0
            }
        }
        #expect(code { _ = try GGUFHeader(reader) } == .ggufTooLong)
    }

    @Test(arguments: [2, 3] as [UInt32]) func everyTypeOfValueIsRead(version: UInt32) throws {
        let values: [GGUFValue] = [
            .uint8(200), .int8(-3), .uint16(60_000), .int16(-300), .uint32(4_000_000_000), .int32(-5), .float32(0.25),
            .bool(true), .string("é\n"), .array([.array([.string("x")]), .array([.string("y"), .string("z")])]),
            .array([]), .uint64(.max), .int64(.min), .float64(1e300),
        ]
        var builder = GGUFBuilder()
        builder.version = version
        builder.metadata = values.enumerated().map { ("key.\($0)", $1) }
        let header = try builder.header()
        #expect(header.version == Int(version))
        #expect(header.metadata.map(\.value) == values)
        #expect(header["key.8"] == .string("é\n") && header["key.99"] == nil)
    }

    @Test func placesFollowTheAlignment() throws {
        var builder = GGUFBuilder.model().with("general.alignment", .uint32(64))
        builder.alignment = 64
        let header = try builder.header()
        #expect(header.alignment == 64)
        #expect(header.tensors.allSatisfy { $0.start % 64 == 0 })
        #expect(header.tensors[1].start - header.tensors[0].start == 128)
    }

    @Test func lessPaddingBehindTheLastTensorIsAccepted() throws {
        #expect(try GGUFBuilder.model().with(GGUFBuilder.counted("t", [1])).header().tensors.count == 12)
    }
}
