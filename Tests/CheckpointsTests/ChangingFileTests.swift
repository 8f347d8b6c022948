import Glibc
import Testing

@testable import Checkpoints

/// Files that change while they are read: an error each, and never the end of the process.
@Suite struct ChangingFileTests {
    private static let elements = 1 << 20

    /// A file of one tensor `w` of 4 MiB.
    private static func large(in folder: TemporaryFolder) throws -> String {
        let header = "{\(Fixture.tensor("w", "F32", "[\(elements)]", 0, elements * 4))}"
        let data = [UInt8](repeating: 1, count: elements * 4)
        return try folder.write(Fixture.safetensors(header, data: data), to: "model.safetensors")
    }

    @Test func truncationWhileStreamingIsAnError() throws {
        let folder = try TemporaryFolder()
        let path = try Self.large(in: folder)
        let checkpoint = try Checkpoint(path: path)
        let block = Self.elements / 64
        var values = [Float](repeating: 0, count: block)
        var blocksRead = 0
        let thrown = code {
            for start in stride(from: 0, to: Self.elements, by: block) {
                if blocksRead == 10 { #expect(truncate(path, 8192) == 0) }
                try values.withUnsafeMutableBufferPointer {
                    try checkpoint.read("w", elements: start..<start + block, into: $0)
                }
                blocksRead += 1
            }
        }
        #expect(blocksRead == 10)
        #expect(thrown == .sizeChanged)
        #expect(code { try checkpoint.verifyUnchanged() } == .sizeChanged)
    }

    @Test func truncationUnderTheMappingIsAnError() throws {
        let folder = try TemporaryFolder()
        let path = try Self.large(in: folder)
        let checkpoint = try Checkpoint(path: path)
        #expect(truncate(path, 8192) == 0)
        var sum = 0
        let thrown = code {
            try checkpoint.withStoredBytes("w", elements: 0..<Self.elements) { sum = $1.reduce(0) { $0 + Int($1) } }
        }
        #expect(thrown == .shrankWhileMapped)
        #expect(sum < Self.elements)
        #expect(code { try checkpoint.verifyUnchanged() } == .shrankWhileMapped)
    }

    @Test func truncationIsAnErrorOnEveryThread() async throws {
        let folder = try TemporaryFolder()
        let path = try Self.large(in: folder)
        let checkpoint = try Checkpoint(path: path)
        #expect(truncate(path, 0) == 0)
        let codes = await withTaskGroup(of: CheckpointError.Code?.self) { group in
            for _ in 0..<4 { group.addTask { code { _ = try checkpoint.floats("w") } } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes == [.sizeChanged, .sizeChanged, .sizeChanged, .sizeChanged])
    }

    @Test func truncationWithinAPageIsAnError() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Fixture.small, to: "m")
        let checkpoint = try Checkpoint(path: path)
        #expect(truncate(path, off_t(Fixture.small.count - 1)) == 0)
        #expect(code { _ = try checkpoint.floats("b") } == .sizeChanged)
    }

    @Test func otherMappingsAreNotAffected() throws {
        let folder = try TemporaryFolder()
        let cut = try Checkpoint(path: try Self.large(in: folder))
        let whole = try Checkpoint(path: try folder.write(Fixture.small, to: "m"))
        #expect(truncate(folder.file("model.safetensors"), 0) == 0)
        #expect(throws: CheckpointError.self) { try cut.floats("w") }
        #expect(try whole.floats("b") == [5])
        #expect(throws: Never.self) { try whole.verifyUnchanged() }
    }

    @Test func growth() throws {
        try expect(.sizeChanged) { path in
            let stream = try #require(fopen(path, "a"))
            fputc(0, stream)
            fclose(stream)
        }
    }

    @Test func rewrittenContent() throws {
        try expect(.timeChanged) { path in
            let stream = try #require(fopen(path, "r+"))
            fseek(stream, -1, SEEK_END)
            fputc(0, stream)
            fclose(stream)
        }
    }

    @Test func rewrittenContentWithTheOldTimePutBack() throws {
        try expect(.timeChanged) { path in
            var before = stat()
            #expect(stat(path, &before) == 0)
            let stream = try #require(fopen(path, "r+"))
            fseek(stream, -1, SEEK_END)
            fputc(0, stream)
            fclose(stream)
            var times = [before.st_atim, before.st_mtim]
            #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
        }
    }

    @Test func anotherFileInItsPlace() throws {
        try expect(.replaced) { path in
            let stream = try #require(fopen(path + ".new", "w"))
            #expect(fwrite(Fixture.small, 1, Fixture.small.count, stream) == Fixture.small.count)
            fclose(stream)
            #expect(rename(path + ".new", path) == 0)
        }
    }

    @Test func removal() throws {
        try expect(.replaced) { path in #expect(unlink(path) == 0) }
    }

    private func expect(_ expected: CheckpointError.Code, after change: (String) throws -> Void) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Fixture.small, to: "m")
        let checkpoint = try Checkpoint(path: path)
        try checkpoint.verifyUnchanged()
        usleep(20_000)  // File times advance in steps of the kernel's clock tick.
        try change(path)
        #expect(code { try checkpoint.verifyUnchanged() } == expected)
    }
}

/// SIGBUS that does not come from a guarded mapping still does what it did before.
@Suite struct ForeignSignalTests {
    @Test func unguardedFaultsStillEndTheProcess() async {
        await #expect(processExitsWith: .signal(SIGBUS)) {
            let folder = try TemporaryFolder()
            _ = try Checkpoint(path: try folder.write(Fixture.small, to: "m"))
            try faultOutsideAnyGuard(in: folder)
        }
    }

    @Test func sentSignalsStillEndTheProcess() async {
        await #expect(processExitsWith: .signal(SIGBUS)) {
            let folder = try TemporaryFolder()
            _ = try Checkpoint(path: try folder.write(Fixture.small, to: "m"))
            folder.remove()
            raise(SIGBUS)
        }
    }

    @Test func earlierHandlersAreCalled() async {
        await #expect(processExitsWith: .exitCode(42)) {
            signal(SIGBUS) { _ in _exit(42) }
            let folder = try TemporaryFolder()
            _ = try Checkpoint(path: try folder.write(Fixture.small, to: "m"))
            try faultOutsideAnyGuard(in: folder)
        }
    }
}

private func faultOutsideAnyGuard(in folder: TemporaryFolder) throws {
    let path = try folder.write([1], to: "unguarded")
    let descriptor = open(path, O_RDWR)
    let page = try #require(mmap(nil, 4096, PROT_READ, MAP_SHARED, descriptor, 0))
    #expect(ftruncate(descriptor, 0) == 0)
    folder.remove()
    print(page.load(as: UInt8.self))
}
