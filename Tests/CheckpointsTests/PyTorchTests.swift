import Glibc
import Testing

@testable import Checkpoints

/// What `torch.save` writes is read as PyTorch reads it.
@Suite struct PyTorchTests {
    private static let matrix = (0..<24).map { Float($0) }

    @Test func everyTensorOfAStateDict() throws {
        let checkpoint = try Checkpoint(path: PyTorchFixture.path("state.bin"))
        let transposed = (0..<6).flatMap { column in (0..<4).map { row in Self.matrix[row * 6 + column] } }
        let expected: [(String, [Int], [Float])] = [
            ("brain", [2], [1.5, -3]), ("byte", [2], [1, 255]), ("char", [1], [-1]), ("double", [1], [0.1]),
            ("empty", [0, 3], []), ("flag", [2], [1, 0]), ("half", [2], [1.5, -2]), ("ids", [5], [0, 1, 2, 3, 4]),
            ("parameter", [2], [4, 5]), ("plain", [4, 6], Self.matrix), ("scalar", [], [7]),
            ("tied", [4, 6], Self.matrix), ("transposed", [6, 4], transposed),
            ("view", [2, 3], [8, 9, 10, 14, 15, 16]),
        ]
        #expect(checkpoint.tensors.map(\.name) == expected.map(\.0))
        for (name, shape, values) in expected {
            #expect(checkpoint[name]?.shape == shape)
            #expect(try checkpoint.floats(name) == values)
        }
        #expect(
            checkpoint.unsupported == [UnsupportedTensor(name: "complex", dtype: "ComplexFloatStorage", shape: [2])])
        #expect(checkpoint.notes.isEmpty)
        try checkpoint.verifyUnchanged()
    }

    /// From any element on, a view gives what it gives as a whole, and its bytes are those of its elements.
    @Test(arguments: ["transposed", "view"]) func viewsAreReadInParts(name: String) throws {
        let checkpoint = try Checkpoint(path: PyTorchFixture.path("state.bin"))
        let whole = try checkpoint.floats(name)
        for start in 0..<whole.count {
            for end in start...whole.count {
                var part = [Float](repeating: -1, count: end - start)
                try part.withUnsafeMutableBufferPointer { try checkpoint.read(name, elements: start..<end, into: $0) }
                #expect(part == Array(whole[start..<end]))
            }
        }
        var bytes: [UInt8] = []
        try checkpoint.withStoredBytes(name, elements: 0..<whole.count) { bytes = Array($1) }
        #expect(bytes == Fixture.bytes(whole))
    }

    @Test func aModuleWithMetadata() throws {
        let checkpoint = try Checkpoint(path: PyTorchFixture.path("linear.bin"))
        #expect(checkpoint.tensors.map(\.name) == ["bias", "weight"])
        #expect(checkpoint["weight"]?.shape == [2, 3])
    }

    @Test func aChecksumOfZeroIsAcceptedAndNoted() throws {
        let checkpoint = try Checkpoint(path: PyTorchFixture.path("no-checksums.bin"))
        #expect(try checkpoint.floats("w") == [1, 2])
        #expect(checkpoint.notes.count == 1 && checkpoint.notes[0].contains("no checksum"))
    }

    @Test(arguments: [
        ("legacy.bin", CheckpointError.Code.legacyPyTorch), ("float8.bin", .pickleGlobal),
    ])
    func otherFormsAreRefusedByName(file: String, expected: CheckpointError.Code) {
        #expect(code { _ = try Checkpoint(path: PyTorchFixture.path(file)) } == expected)
    }

    @Test func theTarFormIsRefusedByName() throws {
        let folder = try TemporaryFolder()
        var bytes = [UInt8](repeating: 0, count: 512)
        bytes.replaceSubrange(0..<7, with: Array("storage".utf8))
        bytes.replaceSubrange(257..<262, with: Array("ustar".utf8))
        let path = try folder.write(bytes, to: "model.bin")
        #expect(code { _ = try Checkpoint(path: path) } == .legacyPyTorch)
    }

    @Test func contentDecidesTheContainerNotTheExtension() throws {
        let folder = try TemporaryFolder()
        let pyTorch = try folder.write(try PyTorchFixture.bytes("linear.bin"), to: "model.safetensors")
        #expect(try Checkpoint(path: pyTorch).tensors.count == 2)
        let safetensors = try folder.write(Fixture.small, to: "pytorch_model.bin")
        #expect(try Checkpoint(path: safetensors).tensors.count == 2)
    }

    /// Damage anywhere is an error or harmless, never a trap.
    @Test func anyFlippedByteOrCutIsHandled() throws {
        let folder = try TemporaryFolder()
        let whole = try PyTorchFixture.bytes("linear.bin")
        for index in whole.indices {
            for flip: UInt8 in [0x01, 0x80] {
                var bytes = whole
                bytes[index] ^= flip
                guard let checkpoint = try? Checkpoint(path: try folder.write(bytes, to: "m")) else { continue }
                for tensor in checkpoint.tensors {
                    #expect(try checkpoint.floats(tensor.name).count == tensor.elementCount)
                }
            }
            try folder.write(Array(whole[..<index]), to: "m")
            #expect(throws: CheckpointError.self) { try Checkpoint(path: folder.file("m")) }
        }
    }

    @Test func aCheckSumIsWhatItMustBe() {
        #expect(ZipBuilder.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(ZipBuilder.checksum([]) == 0)
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        for cut in [0, 1, 7, 8, 9, 500, 1000] {
            var sum = CRC32()
            bytes[..<cut].withUnsafeBytes { sum.add($0) }
            bytes[cut...].withUnsafeBytes { sum.add($0) }
            #expect(sum.value == ZipBuilder.checksum(bytes))
        }
    }

    @Test func storagesWithoutATensorAreNoted() throws {
        let folder = try TemporaryFolder()
        let pickle = PickleBuilder.state(
            PickleBuilder.tensor(PickleBuilder.storage(count: 4), shape: [4], strides: [1]))
        let storages = [("0", Fixture.bytes([1, 2, 3, 4] as [Float])), ("7", [1, 2])]
        let checkpoint = try Checkpoint(path: try folder.write(archive(pickle, storages: storages).bytes(), to: "m"))
        #expect(checkpoint.notes.count == 1 && checkpoint.notes[0].contains("m/data/7"))
        #expect(try checkpoint.floats("w") == [1, 2, 3, 4])
    }

    /// As an attribute of the dictionary, which is read and dropped.
    @Test func aStorageThatThePickleNamesForNothingIsNoted() throws {
        let folder = try TemporaryFolder()
        let tensor = PickleBuilder.tensor(PickleBuilder.storage(count: 4), shape: [4], strides: [1])
        let attributes = [0x7D] + PickleBuilder.text("x") + PickleBuilder.storage(key: "7", count: 1) + [0x73]
        let pickle =
            PickleBuilder().bytes + PickleBuilder.emptyOrdered + PickleBuilder.text("w") + tensor + [0x73] + attributes
            + [0x62, 0x2E]
        let storages = [("0", Fixture.bytes([1, 2, 3, 4] as [Float])), ("7", Fixture.bytes([9] as [Float]))]
        let checkpoint = try Checkpoint(path: try folder.write(archive(pickle, storages: storages).bytes(), to: "m"))
        #expect(checkpoint.notes.count == 1 && checkpoint.notes[0].contains("m/data/7"))
    }

    @Test(arguments: [
        ("extra.py", [UInt8](repeating: 1, count: 9), true), ("version", [UInt8](repeating: 1, count: 65), true),
        (".data/x", [1], true), ("version", Array("3\n".utf8), false), (".format_version", [0x31], false),
        (".storage_alignment", Array("64".utf8), false),
        (".data/serialization_id", [UInt8](repeating: 0x30, count: 40), false),
    ])
    func membersBesideTheWeightsAreNoted(name: String, data: [UInt8], isNoted: Bool) throws {
        let folder = try TemporaryFolder()
        var builder = archive(
            PickleBuilder.state(PickleBuilder.tensor(PickleBuilder.storage(count: 4), shape: [4], strides: [1])))
        builder.members.append(ZipBuilder.Member(name: "m/" + name, data: data))
        let notes = try Checkpoint(path: try folder.write(builder.bytes(), to: "m")).notes
        #expect(notes.count == (isNoted ? 1 : 0))
        #expect(notes.allSatisfy { $0.contains("\"m/\(name)\"") }, "\(notes)")
    }

    @Test func aFileThatShrinksIsNoticed() throws {
        let folder = try TemporaryFolder()
        let elements = 1 << 16
        let pickle = PickleBuilder.state(
            PickleBuilder.tensor(PickleBuilder.storage(count: elements), shape: [256, 256], strides: [1, 256]))
        let data = [UInt8](repeating: 1, count: elements * 4)
        let path = try folder.write(archive(pickle, storages: [("0", data)]).bytes(), to: "m")
        let checkpoint = try Checkpoint(path: path)
        #expect(truncate(path, 8192) == 0)
        #expect(code { _ = try checkpoint.floats("w") } == .shrankWhileMapped)
        #expect(code { try checkpoint.verifyUnchanged() } == .shrankWhileMapped)
    }

    @Test func aLinkIsNotFollowed() throws {
        let folder = try TemporaryFolder()
        #expect(symlink(PyTorchFixture.path("linear.bin"), folder.file("pytorch_model.bin")) == 0)
        try folder.write(Fixture.config, to: "config.json")
        #expect(code { _ = try ModelFolder(path: folder.path) } == .symbolicLink)
    }
}
