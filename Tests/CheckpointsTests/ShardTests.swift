import Glibc
import Testing

@testable import Checkpoints

/// Weights in several files, by the rules of their index.
@Suite struct ShardTests {
    private static let names = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]

    /// Bytes of a safetensors file of F32 tensors of one element each.
    private static func shard(_ tensors: [(String, Float)]) -> [UInt8] {
        let entries = tensors.enumerated().map { Fixture.tensor($1.0, "F32", "[1]", 4 * $0, 4 * $0 + 4) }
        return Fixture.safetensors("{\(entries.joined(separator: ","))}", data: Fixture.bytes(tensors.map(\.1)))
    }

    /// A folder with `a` and `b` in the first shard and `c` in the second.
    private func model(_ map: String? = nil) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(Fixture.config, to: "config.json")
        try folder.write(Self.shard([("a", 1), ("b", 2)]), to: Self.names[0])
        try folder.write(Self.shard([("c", 3)]), to: Self.names[1])
        let map = map ?? #""a":"\#(Self.names[0])","b":"\#(Self.names[0])","c":"\#(Self.names[1])""#
        try folder.write(#"{"metadata":{"total_size":12},"weight_map":{\#(map)}}"#, to: "model.safetensors.index.json")
        return folder
    }

    private func verdict(_ map: String) throws -> CheckpointError.Code? {
        let folder = try model(map)
        return code { _ = try ModelFolder(path: folder.path) }
    }

    @Test func shardsAreJoined() throws {
        let folder = try model()
        let model = try ModelFolder(path: folder.path)
        #expect(model.checkpoint.tensors.map(\.name) == ["a", "b", "c"])
        #expect(try ["a", "b", "c"].map { try model.checkpoint.floats($0) } == [[1], [2], [3]])
        #expect(model.digests.map(\.name) == ["config.json"] + Self.names + ["model.safetensors.index.json"])
        #expect(model.checkpoint.notes.isEmpty)
        try model.verifyUnchanged()
    }

    @Test func pyTorchShardsAreJoinedAsWell() throws {
        let folder = try TemporaryFolder()
        try folder.write(Fixture.config, to: "config.json")
        try folder.write(try PyTorchFixture.bytes("linear.bin"), to: "pytorch_model-00001-of-00002.bin")
        try folder.write(try PyTorchFixture.bytes("no-checksums.bin"), to: "pytorch_model-00002-of-00002.bin")
        try folder.write(
            #"{"weight_map":{"weight":"pytorch_model-00001-of-00002.bin","bias":"pytorch_model-00001-of-00002.bin","w":"pytorch_model-00002-of-00002.bin"}}"#,
            to: "pytorch_model.bin.index.json")
        let model = try ModelFolder(path: folder.path)
        #expect(model.checkpoint.tensors.map(\.name) == ["bias", "w", "weight"])
        #expect(model.checkpoint.notes.map { $0.hasPrefix("pytorch_model-00002-of-00002.bin: ") } == [true])
    }

    @Test(arguments: ["../x", "/etc/passwd", "sub/x", "..", ".", "", "a\\u0000b"])
    func aShardNameIsOnePlainFileName(name: String) throws {
        #expect(try verdict(#""a":"\#(name)""#) == .unsafeName)
    }

    @Test func noSymbolicLinkLeadsToAShard() throws {
        let folder = try model()
        #expect(rename(folder.file(Self.names[0]), folder.file("blob")) == 0)
        #expect(symlink("blob", folder.file(Self.names[0])) == 0)
        let error = #expect(throws: CheckpointError.self) { try ModelFolder(path: folder.path) }
        #expect(error?.code == .symbolicLink)
        #expect(error?.description.contains("cp -rL") == true)
    }

    @Test func eachMappedTensorIsInTheShardItNames() throws {
        #expect(try verdict(#""a":"\#(Self.names[0])","c":"\#(Self.names[0])""#) == .shardLacksTensor)
        #expect(try verdict(#""absent":"\#(Self.names[1])""#) == .shardLacksTensor)
    }

    @Test func noTensorTwice() throws {
        let folder = try model()
        try folder.write(Self.shard([("c", 3), ("a", 9)]), to: Self.names[1])
        #expect(code { _ = try ModelFolder(path: folder.path) } == .tensorInTwoShards)
        #expect(try verdict(#""a":"\#(Self.names[0])","a":"\#(Self.names[1])""#) == .indexMalformed)
    }

    @Test func orphansAreReported() throws {
        let folder = try model(#""a":"\#(Self.names[0])","c":"\#(Self.names[1])""#)
        let model = try ModelFolder(path: folder.path)
        #expect(model.checkpoint.tensors.count == 3)
        #expect(model.checkpoint.notes.count == 1 && model.checkpoint.notes[0].contains("\"b\""))
    }

    @Test func filesThatOtherSoftwareMayReadAreReported() throws {
        let folder = try model()
        try folder.write([0], to: "pytorch_model.bin")
        try folder.write([0], to: "model-00003-of-00002.safetensors")
        let notes = try ModelFolder(path: folder.path).checkpoint.notes
        #expect(notes.map { $0.split(separator: " ")[0] } == ["pytorch_model.bin", "model-00003-of-00002.safetensors"])
    }

    @Test func missingShard() throws {
        #expect(try verdict(#""a":"absent.safetensors""#) == .notFound)
    }

    @Test(arguments: ["", "[]", "{}", #"{"weight_map":[]}"#, #"{"weight_map":{}}"#, #"{"weight_map":{"a":1}}"#])
    func theIndexIsAMapOfNames(content: String) throws {
        let folder = try model()
        try folder.write(content, to: "model.safetensors.index.json")
        #expect(code { _ = try ModelFolder(path: folder.path) } == .indexMalformed)
    }

    @Test func theNumberOfShardsIsCapped() throws {
        let map = (0...ShardIndex.maxShards).map { #""\#($0)":"\#($0).safetensors""# }.joined(separator: ",")
        #expect(try verdict(map) == .tooManyShards)
    }

    @Test func aShardThatShrinksIsNoticed() throws {
        let folder = try model()
        let model = try ModelFolder(path: folder.path)
        #expect(truncate(folder.file(Self.names[1]), 8) == 0)
        #expect(code { _ = try model.checkpoint.floats("c") } == .sizeChanged)
        #expect(code { try model.verifyUnchanged() } == .sizeChanged)
    }

    @Test func anAdapterBesideWeightsIsRefused() throws {
        let folder = try model()
        try folder.write("{}", to: "adapter_config.json")
        #expect(code { _ = try ModelFolder(path: folder.path) } == .adapterBesideWeights)
    }
}
