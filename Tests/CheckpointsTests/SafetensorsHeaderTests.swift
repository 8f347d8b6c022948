import Checkpoints
import Testing

/// Each rule of the format with its own error.
@Suite struct SafetensorsHeaderTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let code: CheckpointError.Code
        let bytes: [UInt8]
        let testDescription: String

        init(_ code: CheckpointError.Code, _ what: String, _ bytes: [UInt8]) {
            self.code = code
            self.bytes = bytes
            testDescription = "\(code): \(what)"
        }

        init(_ code: CheckpointError.Code, _ what: String, tensors: String, data: Int = 0) {
            self.init(code, what, Fixture.safetensors("{\(tensors)}", data: [UInt8](repeating: 0, count: data)))
        }
    }

    private static let f32 = Fixture.tensor("a", "F32", "[1]", 0, 4)

    static let refusals: [Refusal] = [
        Refusal(.headerTruncated, "empty file", []),
        Refusal(.headerTruncated, "seven bytes", [2, 0, 0, 0, 0, 0, 0]),
        Refusal(.headerTooLong, "one above the limit", Fixture.safetensors([], length: 100_000_001)),
        Refusal(.headerTooLong, "all ones", Fixture.safetensors([0x7B], length: .max)),
        Refusal(.headerBeyondFile, "one byte short", Fixture.safetensors(Array("{}".utf8), length: 3)),
        Refusal(.headerNotJSON, "no text", Fixture.safetensors("")),
        Refusal(.headerNotJSON, "trailing text", Fixture.safetensors("{} x")),
        Refusal(.headerNotJSON, "padded with NUL", Fixture.safetensors("{}\0\0")),
        Refusal(.headerNotJSON, "cut short", Fixture.safetensors("{\"a\":")),
        Refusal(.headerNotUTF8, "name", Fixture.safetensors([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D])),
        Refusal(.headerNotUTF8, "lone surrogate", tensors: #""\ud800":1"#),
        Refusal(.headerTooDeep, "100 levels", tensors: #""a":"# + String(repeating: "[", count: 100)),
        Refusal(.headerNotObject, "array", Fixture.safetensors("[]")),
        Refusal(.headerNotObject, "null", Fixture.safetensors("null")),
        Refusal(.duplicateKey, "tensor names", tensors: "\(f32),\(f32)", data: 4),
        Refusal(.duplicateKey, "metadata keys", tensors: #""__metadata__":{"k":"1","k":"2"}"#),
        Refusal(.duplicateKey, "metadata twice", tensors: #""__metadata__":{},"__metadata__":{}"#),
        Refusal(.duplicateKey, "fields", tensors: #""a":{"dtype":"U8","dtype":"U8","shape":[],"data_offsets":[0,1]}"#),
        Refusal(
            .ambiguousName, "canonically equal names",
            tensors: Fixture.tensor("\u{E9}", "U8", "[1]", 0, 1) + "," + Fixture.tensor("e\u{301}", "U8", "[1]", 1, 2),
            data: 2),
        Refusal(.metadataNotText, "number", tensors: #""__metadata__":{"k":1}"#),
        Refusal(.metadataNotText, "null inside", tensors: #""__metadata__":{"k":null}"#),
        Refusal(.metadataNotText, "string", tensors: #""__metadata__":"pt""#),
        Refusal(.tensorMalformed, "number", tensors: #""a":1"#),
        Refusal(.tensorMalformed, "array", tensors: #""a":["U8",[1],[0,1]]"#, data: 1),
        Refusal(.tensorMalformed, "no dtype", tensors: #""a":{"shape":[1],"data_offsets":[0,1]}"#, data: 1),
        Refusal(.tensorMalformed, "no shape", tensors: #""a":{"dtype":"U8","data_offsets":[0,1]}"#, data: 1),
        Refusal(.tensorMalformed, "no offsets", tensors: #""a":{"dtype":"U8","shape":[1]}"#, data: 1),
        Refusal(.tensorMalformed, "three offsets", tensors: #""a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,1]}"#),
        Refusal(.tensorMalformed, "dtype is a number", tensors: #""a":{"dtype":1,"shape":[1],"data_offsets":[0,1]}"#),
        Refusal(.tensorMalformed, "negative size", tensors: Fixture.tensor("a", "U8", "[-1]", 0, 1), data: 1),
        Refusal(.tensorMalformed, "fractional size", tensors: Fixture.tensor("a", "U8", "[1.0]", 0, 1), data: 1),
        Refusal(.tensorMalformed, "minus zero", tensors: Fixture.tensor("a", "U8", "[-0]", 0, 0)),
        Refusal(.tensorMalformed, "negative offset", tensors: Fixture.tensor("a", "U8", "[1]", -1, 0)),
        Refusal(.offsetsReversed, "end before start", tensors: Fixture.tensor("a", "U8", "[1]", 1, 0), data: 1),
        Refusal(.hole, "at the start", tensors: Fixture.tensor("a", "U8", "[1]", 1, 2), data: 2),
        Refusal(
            .hole, "in the middle",
            tensors: Fixture.tensor("a", "U8", "[1]", 0, 1) + "," + Fixture.tensor("b", "U8", "[1]", 2, 3), data: 3),
        Refusal(
            .overlap, "by one byte",
            tensors: Fixture.tensor("a", "U8", "[2]", 0, 2) + "," + Fixture.tensor("b", "U8", "[2]", 1, 3), data: 3),
        Refusal(.overlap, "same bytes twice", tensors: f32 + "," + Fixture.tensor("b", "F32", "[1]", 0, 4), data: 4),
        Refusal(
            .overlap, "empty tensor inside another",
            tensors: f32 + "," + Fixture.tensor("b", "U8", "[0]", 2, 2), data: 4),
        Refusal(.beyondFile, "one byte missing", tensors: f32, data: 3),
        Refusal(.beyondFile, "far away", tensors: Fixture.tensor("a", "U8", "[\(Int.max)]", 0, .max), data: 1),
        Refusal(.trailingData, "one byte", tensors: f32, data: 5),
        Refusal(.trailingData, "no tensor at all", tensors: "", data: 1),
        Refusal(.sizeOverflow, "shape", tensors: Fixture.tensor("a", "U8", "[\(1 << 32),\(1 << 32)]", 0, 0)),
        Refusal(.sizeOverflow, "shape before a zero", tensors: Fixture.tensor("a", "U8", "[\(Int.max),4,0]", 0, 0)),
        Refusal(.sizeOverflow, "bytes", tensors: Fixture.tensor("a", "F64", "[\(1 << 60)]", 0, 0)),
        Refusal(.sizeOverflow, "shape of an unknown type", tensors: Fixture.tensor("a", "X", "[\(Int.max),4]", 0, 0)),
        Refusal(.sizeMismatch, "shape too large", tensors: Fixture.tensor("a", "F32", "[2]", 0, 4), data: 4),
        Refusal(.sizeMismatch, "dtype too wide", tensors: Fixture.tensor("a", "F64", "[1]", 0, 4), data: 4),
        Refusal(.sizeMismatch, "scalar without bytes", tensors: Fixture.tensor("a", "F32", "[]", 0, 0)),
        Refusal(
            .sizeMismatch, "type not read, wrong size", tensors: Fixture.tensor("a", "F8_E8M0", "[4]", 0, 5), data: 5),
        Refusal(.sizeMismatch, "half a byte", tensors: Fixture.tensor("a", "F4", "[3]", 0, 1), data: 1),
        Refusal(.zipMalformed, "zip", [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 20)),
        Refusal(.legacyPyTorch, "pickle", [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20]),
        Refusal(.foreignContainer, "GGUF", Array("GGUF".utf8) + [UInt8](repeating: 3, count: 20)),
        Refusal(
            .foreignContainer, "HDF5", [0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10] + [UInt8](repeating: 0, count: 20)),
        Refusal(.foreignContainer, "Git LFS pointer", Array("version https://git-lfs.github.com/spec/v1\n".utf8)),
    ]

    @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(refusal.bytes, to: "model.safetensors")
        #expect(code { _ = try Checkpoint(path: path) } == refusal.code)
    }

    @Test func refusesTooManyTensors() throws {
        let folder = try TemporaryFolder()
        let tensors = (0...200_000).map { Fixture.tensor("\($0)", "U8", "[0]", 0, 0) }
        let path = try folder.write(Fixture.safetensors("{\(tensors.joined(separator: ","))}"), to: "m")
        #expect(code { _ = try Checkpoint(path: path) } == .tooManyTensors)
    }

    @Test func refusesAHeaderOfTooManyValues() throws {
        let folder = try TemporaryFolder()
        let header = #"{"a":["# + String(repeating: "0,", count: 4_000_000) + "0]}"
        let path = try folder.write(Fixture.safetensors(header), to: "m")
        #expect(code { _ = try Checkpoint(path: path) } == .headerTooLarge)
    }

    @Test func acceptsWhatTheFormatAllows() throws {
        let folder = try TemporaryFolder()
        let header = """
             {"__metadata__":{"format":"pt"},\(Fixture.tensor("z", "F32", "[]", 4, 8)),
             \(Fixture.tensor("empty", "F16", "[3,0,2]", 4, 4)),"y":{"dtype":"I32","shape":[1],"data_offsets":[0,4],"extra":[1]},
             \(Fixture.tensor("late", "U8", "[0]", 8, 8)),\(Fixture.tensor("", "U8", "[0]", 0, 0))} \n\t
            """
        let path = try folder.write(
            Fixture.safetensors(header, data: Fixture.bytes([7] as [Int32]) + Fixture.bytes([2.5] as [Float])), to: "m")
        let checkpoint = try Checkpoint(path: path)
        #expect(checkpoint.tensors.map(\.name) == ["", "empty", "late", "y", "z"])
        #expect(checkpoint["z"]?.shape == [])
        #expect(checkpoint["z"]?.elementCount == 1)
        #expect(try checkpoint.floats("z") == [2.5])
        #expect(try checkpoint.floats("y") == [7])
        #expect(checkpoint["empty"]?.shape == [3, 0, 2])
        #expect(try checkpoint.floats("empty") == [])
        #expect(checkpoint["absent"] == nil)
    }

    @Test(arguments: ["{}", "  {}", #"{"__metadata__":null}"#]) func acceptsNoTensors(header: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Fixture.safetensors(header), to: "m")
        #expect(try Checkpoint(path: path).tensors.isEmpty)
    }

    @Test(arguments: [("F8_E8M0", 4), ("F4", 2), ("Q7_NEW", 3)])
    func reportsUnknownTypesAndReadsTheRest(dtype: String, size: Int) throws {
        let folder = try TemporaryFolder()
        let header =
            "{\(Fixture.tensor("q", dtype, "[2,2]", 0, size)),\(Fixture.tensor("w", "F32", "[1]", size, size + 4))}"
        let data = [UInt8](repeating: 1, count: size) + Fixture.bytes([0.5] as [Float])
        let checkpoint = try Checkpoint(path: try folder.write(Fixture.safetensors(header, data: data), to: "m"))
        #expect(checkpoint.unsupported.map(\.name) == ["q"])
        #expect(checkpoint.unsupported.first?.dtype == dtype)
        #expect(checkpoint.unsupported.first?.shape == [2, 2])
        #expect(try checkpoint.floats("w") == [0.5])
        #expect(code { _ = try checkpoint.floats("q") } == .unsupportedType)
    }
}
