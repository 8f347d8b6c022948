import Checkpoints
import FoundationEssentials

/// Values as JSON files, written whole or not at all.
public enum JSONFile {
    /// Writes a value for people: indented, keys sorted.
    public static func write(_ value: some Encodable, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try AtomicFile.write(Array(try encoder.encode(value)) + [0x0A], to: path)
    }

    /// The value of a file; nil where there is no file, where it is larger than `limit` bytes or holds something else.
    public static func read<Value: Decodable>(
        _ type: Value.Type, from path: String, limit: Int = 64 << 20
    ) -> Value? {
        guard let file = try? InputFile(path: path), let bytes = try? file.bytes(limit: limit) else { return nil }
        return try? JSONDecoder().decode(type, from: Data(bytes))
    }
}
