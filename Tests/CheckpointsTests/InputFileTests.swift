import Checkpoints
import Glibc
import Testing

@Suite struct InputFileTests {
    @Test func digestIsSHA256OfTheDescriptor() throws {
        let folder = try TemporaryFolder()
        let file = try InputFile(path: try folder.write("abc", to: "f"))
        #expect(rename(folder.file("f"), folder.file("g")) == 0)
        try folder.write("other", to: "f")
        let digest = try file.digest()
        #expect(digest.name == "f")
        #expect(digest.size == 3)
        #expect(digest.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(try file.bytes() == Array("abc".utf8))
    }

    @Test(arguments: [0, 1, (1 << 20) - 1, 1 << 20, (2 << 20) + 7]) func blockSizesDoNotMatter(size: Int) throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let file = try InputFile(path: try folder.write(bytes, to: "f"))
        #expect(try file.digest() == InputDigest(name: "f", of: bytes))
        #expect(try file.bytes() == bytes)
    }

    @Test func refusesSymbolicLinks() throws {
        let folder = try TemporaryFolder()
        try folder.write("abc", to: "f")
        #expect(symlink("f", folder.file("link")) == 0)
        #expect(code { _ = try InputFile(path: folder.file("link")) } == .symbolicLink)
        #expect(symlink("nowhere", folder.file("dangling")) == 0)
        #expect(code { _ = try InputFile(path: folder.file("dangling")) } == .symbolicLink)
    }

    @Test func refusesWhatIsNotARegularFile() throws {
        let folder = try TemporaryFolder()
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        #expect(code { _ = try InputFile(path: folder.file("pipe")) } == .notRegularFile)
        #expect(code { _ = try InputFile(path: folder.path) } == .notRegularFile)
        #expect(code { _ = try InputFile(path: "/dev/zero") } == .notRegularFile)
    }

    @Test func refusesMissingAndOversizedFiles() throws {
        let folder = try TemporaryFolder()
        #expect(code { _ = try InputFile(path: folder.file("absent")) } == .notFound)
        #expect(code { _ = try InputFile(path: "\(try folder.write("x", to: "f"))/below") } == .cannotOpen)
        let file = try InputFile(path: try folder.write("abc", to: "f"))
        #expect(code { _ = try file.bytes(limit: 2) } == .fileTooLarge)
    }

    @Test func aFileThatShrinksIsNoticedByEveryRead() throws {
        let folder = try TemporaryFolder()
        let file = try InputFile(path: try folder.write("abc", to: "f"))
        #expect(truncate(folder.file("f"), 1) == 0)
        #expect(code { _ = try file.bytes() } == .sizeChanged)
        #expect(code { _ = try file.digest() } == .sizeChanged)
        #expect(code { try file.verifyUnchanged() } == .sizeChanged)
    }

    @Test func errorsAreOneSentenceWithFileAndAdvice() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: CheckpointError.self) { try InputFile(path: folder.file("absent")) }
        #expect(error?.description == "\(folder.file("absent")): there is no such file; check the path.")
    }
}
