import Checkpoints
import Crypto
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Results of finished stages, so that a repeated or killed audit does not compute them again.
///
/// A stage is found again only under the same inputs, parameters, upstream stages, tool and schema version: all of
/// them are hashed into its key. What is read back is decoded and checked; anything that does not fit is a miss.
final class StageStore {
    private let folder: String?
    private var lock: Int32 = -1

    /// - Parameter folder: nil saves nothing.
    /// - Throws: `AuditError` when the folder cannot be made or another audit is using it.
    init(folder: String?) throws {
        self.folder = folder
        guard let folder else { return }
        try Folder.create(folder)
        lock = open(folder + "/lock", O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            throw AuditError("\(folder): another audit is using this work folder; wait for it or choose another --work")
        }
    }

    deinit { if lock >= 0 { close(lock) } }

    /// The key of a stage.
    static func key(_ parts: [String]) -> String {
        var hash = SHA256()
        for part in parts {
            hash.update(data: Array("\(part.utf8.count):".utf8))
            hash.update(data: Array(part.utf8))
        }
        return hash.finalize().map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }

    /// The saved result of a stage, or that of `compute`, saved.
    ///
    /// - Parameter isSound: whether a saved result has the counts it must have; one that has not is computed again.
    /// - Returns: the result, and whether it was saved before.
    func result<Value: Codable>(
        _ stage: String, key: String, isSound: (Value) -> Bool = { _ in true }, compute: () throws -> Value
    ) throws -> (Value, Bool) {
        guard let folder else { return (try compute(), false) }
        let path = "\(folder)/\(stage)-\(key.prefix(16)).json"
        if let file = try? InputFile(path: path), let bytes = try? file.bytes(limit: 1 << 30),
            let saved = try? JSONDecoder().decode(Envelope<Value>.self, from: Data(bytes)), saved.key == key,
            isSound(saved.value)
        {
            return (saved.value, true)
        }
        let value = try compute()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try AtomicFile.write(Array(try encoder.encode(Envelope(key: key, value: value))), to: path)
        return (value, false)
    }

    private struct Envelope<Value: Codable>: Codable {
        let key: String
        let value: Value
    }
}
