import Checkpoints
import FoundationEssentials

/// Results of finished stages, so that a repeated or killed audit does not compute them again.
///
/// A stage is found again only under the same inputs, parameters, upstream stages, tool and schema version: all of
/// them are hashed into its key. What is read back is decoded and checked; anything that does not fit is a miss.
public final class StageStore: Sendable {
    private let folder: String?
    private let lock: FolderLock?

    /// - Parameter folder: nil saves nothing.
    /// - Throws: `AuditError` when the folder cannot be made or another audit is using it.
    public init(folder: String?) throws(AuditError) {
        self.folder = folder
        guard let folder else {
            lock = nil
            return
        }
        lock = try FolderLock(folder: folder, option: "--work")
    }

    /// The key of a stage.
    public static func key(_ parts: [String]) -> String {
        var bytes: [UInt8] = []
        for part in parts {
            bytes += "\(part.utf8.count):".utf8
            bytes += part.utf8
        }
        return InputDigest(name: "stage", of: bytes).sha256
    }

    /// The saved result of a stage, or that of `compute`, saved.
    ///
    /// - Parameter isSound: whether a saved result has the counts it must have; one that has not is computed again.
    /// - Returns: the result, and whether it was saved before.
    public func result<Value: Codable>(
        _ stage: String, key: String, isSound: (Value) -> Bool = { _ in true }, compute: () throws -> Value
    ) throws -> (Value, Bool) {
        guard let folder else { return (try compute(), false) }
        let path = "\(folder)/\(stage)-\(key.prefix(16)).json"
        if let saved = JSONFile.read(Envelope<Value>.self, from: path, limit: 1 << 30), saved.key == key,
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
