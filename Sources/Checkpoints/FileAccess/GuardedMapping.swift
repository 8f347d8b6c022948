import CGuardedMap

/// A file mapped for reading, whose disappearance is an error instead of the end of the process.
final class GuardedMapping: Sendable {
    let file: InputFile

    /// Sharing is sound: 1. the mapping is read-only and never moves before `deinit`; 2. the flag is atomic; 3. every
    /// reader holds a reference to this object while it reads.
    nonisolated(unsafe) private let map: assay_guarded_map

    /// Maps the whole of `file`, which must not be empty.
    init(_ file: InputFile) throws(CheckpointError) {
        var map = assay_guarded_map()
        let result = assay_guarded_map_create(file.descriptor, file.size, &map)
        guard result == 0 else {
            throw CheckpointError(
                .cannotMap, file: file.path, detail: "it cannot be mapped (\(SystemError.text(result)))")
        }
        self.file = file
        self.map = map
    }

    deinit {
        assay_guarded_map_destroy(map)
    }

    /// Calls `body` with the bytes of `range`, then checks that they were the file's all along.
    ///
    /// - Throws: ``CheckpointError/Code/shrankWhileMapped`` and what ``InputFile/verifyContentUnchanged()`` throws;
    ///   whatever `body` made of the bytes must then be dropped.
    func withBytes(in range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Void) throws(CheckpointError) {
        guard range.lowerBound >= 0, range.upperBound <= map.length else {
            throw CheckpointError(
                .readFailed, file: file.path, detail: "bytes \(range) were asked for, and it holds \(map.length)")
        }
        body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(start: map.base, count: map.length)[range]))
        try verifyUnfaulted()
        try file.verifyContentUnchanged()
    }

    func verifyUnfaulted() throws(CheckpointError) {
        guard !assay_guarded_map_faulted(map) else {
            throw CheckpointError(
                .shrankWhileMapped, file: file.path, detail: "it was cut short while its weights were read")
        }
    }
}
