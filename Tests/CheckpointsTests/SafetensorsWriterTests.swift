import Glibc
import Tensors
import Testing

@testable import Checkpoints

@Suite struct SafetensorsWriterTests {
    private func plan(_ tensors: (String, DType, [Int])...) throws -> [TensorDescription] {
        try tensors.map { try #require(TensorDescription(name: $0.0, dtype: $0.1, shape: $0.2)) }
    }

    @Test func roundTripKeepsNamesTypesShapesAndValues() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("model.safetensors")
        let values: [Float] = [1, -2, 0.5, 65504, 0x1p-24, .infinity]
        let tensors = try plan(
            ("bert.w\"\n", .f32, [2, 3]), ("half", .f16, [6]), ("brain", .bf16, [3]), ("wide", .f64, [1]),
            ("scalar", .f32, []), ("empty", .f32, [0, 4]))
        var writer = try SafetensorsWriter(path: path, tensors: tensors)
        try writer.write([2], to: "scalar")
        try writer.write(Array(values[..<4]), to: "bert.w\"\n")
        try writer.write(values, to: "half")
        try writer.write(Array(values[4...]), to: "bert.w\"\n")
        try writer.write([1, .nan, -.infinity], to: "brain")
        try writer.write([0.1], to: "wide")
        let digest = try writer.finish()

        #expect(digest == (try InputFile(path: path).digest()))
        let checkpoint = try Checkpoint(path: path)
        #expect(Set(checkpoint.tensors) == Set(tensors))
        #expect(try checkpoint.floats("bert.w\"\n") == values)
        #expect(try checkpoint.floats("half") == values)
        #expect(try checkpoint.floats("scalar") == [2])
        #expect(try checkpoint.floats("wide") == [0.1])
        let brain = try checkpoint.floats("brain")
        #expect(brain[0] == 1 && brain[1].isNaN && brain[2] == -.infinity)
        #expect(try folder.entries() == ["model.safetensors"])
    }

    @Test func layoutIsAlignedAndStable() throws {
        let folder = try TemporaryFolder()
        let tensors = try plan(("b", .bf16, [1]), ("c", .f32, [1]), ("a", .f32, [1]), ("d", .i64, [1]))
        let layout = try SafetensorsLayout(tensors, metadata: [("format", "pt")], path: folder.path)
        #expect(layout.placed.map(\.tensor.name) == ["d", "a", "c", "b"])
        #expect(layout.header.count % 8 == 0)
        #expect(layout.placed.map { $0.offset - layout.header.count } == [0, 8, 12, 16])
        #expect(layout.size == layout.header.count + 18)
        let other = try SafetensorsLayout(tensors.reversed(), metadata: [("format", "pt")], path: folder.path)
        #expect(other.header == layout.header)
        let text = String(decoding: layout.header[8...], as: UTF8.self)
        #expect(
            text.hasPrefix(#"{"__metadata__":{"format":"pt"},"d":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}"#))
    }

    @Test func copiedTensorsKeepTheirBytes() throws {
        let folder = try TemporaryFolder()
        let count = (1 << 18) + 5
        let tensors = try plan(("ids", .i64, [3]), ("w", .f32, [count]))
        let header =
            "{\(Fixture.tensor("w", "F32", "[\(count)]", 0, count * 4)),"
            + "\(Fixture.tensor("ids", "I64", "[3]", count * 4, count * 4 + 24))}"
        let data = (0..<count * 4 + 24).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let source = try Checkpoint(path: try folder.write(Fixture.safetensors(header, data: data), to: "in"))
        var writer = try SafetensorsWriter(path: folder.file("out"), tensors: tensors)
        try writer.copy("ids", from: source)
        try writer.copy("w", from: source)
        try writer.finish()
        let copy = try Checkpoint(path: folder.file("out"))
        var bytes: [UInt8] = []
        try copy.withStoredBytes("w", elements: 0..<count) { bytes = Array($1) }
        #expect(bytes == Array(data[..<(count * 4)]))
        try copy.withStoredBytes("ids", elements: 0..<3) { bytes = Array($1) }
        #expect(bytes == Array(data[(count * 4)...]))
    }

    @Test func brainFloatsRoundToNearestEven() {
        for (bits, expected) in [
            (0x3F80_7FFF, 0x3F80), (0x3F80_8000, 0x3F80), (0x3F80_8001, 0x3F81), (0x3F81_8000, 0x3F82),
            (0x7F80_0000, 0x7F80), (0x7F80_0001, 0x7FC0), (0x8000_0000, 0x8000),
        ] as [(UInt32, UInt16)] {
            #expect(DType.brainFloat(Float(bitPattern: bits)) == expected)
        }
    }

    @Test func refusesWhatTheTensorCannotHold() throws {
        let folder = try TemporaryFolder()
        let tensors = try plan(("h", .f16, [2]), ("b", .bf16, [1]), ("i", .i32, [1]))
        var writer = try SafetensorsWriter(path: folder.file("m"), tensors: tensors)
        #expect(code { try writer.write([65520], to: "h") } == .valueOutOfRange)
        #expect(code { try writer.write([.greatestFiniteMagnitude], to: "b") } == .valueOutOfRange)
        #expect(code { try writer.write([1], to: "i") } == .notFloatingPoint)
        #expect(code { try writer.write([1, 2, 3], to: "h") } == .elementsOutOfRange)
        #expect(code { try writer.write([1], to: "x") } == .unknownTensor)
        try writer.write([1], to: "h")
        do {
            try writer.finish()
            Issue.record("an incomplete file was finished")
        } catch {
            #expect(error.code == .tensorIncomplete)
        }
        #expect(try folder.entries() == [])
    }

    @Test func nothingIsLeftWithoutFinish() throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "m")
        do {
            var writer = try SafetensorsWriter(path: folder.file("m"), tensors: try plan(("a", .f32, [1])))
            try writer.write([1], to: "a")
        }
        #expect(try folder.entries() == ["m"])
        #expect(try InputFile(path: folder.file("m")).bytes() == Array("old".utf8))
    }

    @Test func refusesPlansThatAreNoFile() throws {
        let folder = try TemporaryFolder()
        for tensors in [
            try plan(("a", .f32, [1]), ("a", .f16, [1])), try plan(("__metadata__", .f32, [1])),
            try plan(("\u{E9}", .u8, [1]), ("e\u{301}", .u8, [1])), try plan(("a", .u8, [.max]), ("b", .u8, [.max])),
        ] {
            let thrown = #expect(throws: CheckpointError.self) {
                _ = try SafetensorsLayout(tensors, metadata: [], path: folder.file("m"))
            }
            #expect(thrown?.code == .cannotWrite)
        }
        #expect(TensorDescription(name: "a", dtype: .f32, shape: [.max]) == nil)
        #expect(TensorDescription(name: "a", dtype: .f32, shape: [-1]) == nil)
    }
}

@Suite struct AtomicFileTests {
    @Test func replacesWhole() throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "f")
        try AtomicFile.write(Array("new".utf8), to: folder.file("f"))
        try AtomicFile.write([], to: folder.file("empty"))
        #expect(try InputFile(path: folder.file("f")).bytes() == Array("new".utf8))
        #expect(try folder.entries() == ["empty", "f"])
    }

    @Test func failureLeavesNothing() throws {
        let folder = try TemporaryFolder()
        #expect(mkdir(folder.file("taken"), 0o700) == 0)
        defer { rmdir(folder.file("taken")) }
        #expect(code { try AtomicFile.write([1], to: folder.file("taken")) } == .cannotWrite)
        #expect(code { try AtomicFile.write([1], to: folder.file("absent/f")) } == .cannotWrite)
        #expect(code { try AtomicFile.write([1], to: folder.path + "/") } == .cannotWrite)
        #expect(try folder.entries() == ["taken"])
    }

    @Test func aLinkIsReplacedAndNotFollowed() throws {
        let folder = try TemporaryFolder()
        try folder.write("kept", to: "target")
        #expect(symlink("target", folder.file("f")) == 0)
        try AtomicFile.write([1], to: folder.file("f"))
        #expect(try InputFile(path: folder.file("target")).bytes() == Array("kept".utf8))
    }
}
