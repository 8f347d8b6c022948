import StrictJSON
import Tensors

/// The validated header of a safetensors file.
///
/// Whatever the reference reader (github.com/huggingface/safetensors, 0.8.0) refuses is refused, except an element type
/// that it does not know, which makes the tensor unsupported; `StrictnessTests` lists every difference.
struct SafetensorsHeader: Sendable {
    /// A tensor that can be read, and where its bytes are.
    struct Entry: Sendable {
        let tensor: TensorDescription
        /// Bytes from the start of the data area.
        let range: Range<Int>
    }

    /// Longest header that is parsed, in bytes.
    static let maxLength = 100_000_000
    /// Most tensors that are accepted.
    static let maxTensors = 200_000
    private static let limits = JSONLimits(maxBytes: maxLength, maxValues: 4_000_000)

    /// Sorted by the UTF-8 bytes of the name.
    var entries: [Entry] = []
    /// Sorted by the UTF-8 bytes of the name.
    var unsupported: [UnsupportedTensor] = []

    /// Parses and validates `bytes`, the header without its length.
    ///
    /// - Parameters:
    ///   - dataSize: bytes of the file after the header, which the tensors must tile exactly.
    ///   - file: the file's name, for errors.
    init(parsing bytes: [UInt8], dataSize: Int, file: String) throws(CheckpointError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes, limits: Self.limits)
        } catch {
            throw Self.error(error, file: file)
        }
        guard let object = json.objectValue else {
            throw CheckpointError(.headerNotObject, file: file, detail: "the header is not a JSON object")
        }
        guard object.count <= Self.maxTensors else {
            throw CheckpointError(
                .tooManyTensors, file: file,
                detail: "the header names \(object.count) tensors, and at most \(Self.maxTensors) are accepted")
        }
        var spans: [Span] = []
        var names = Set<String>()
        for member in object.members {
            if member.key == "__metadata__" {
                try Self.checkMetadata(member.value, file: file)
                continue
            }
            guard names.insert(member.key).inserted else {
                throw CheckpointError(
                    .ambiguousName, file: file,
                    detail: "tensor \(CheckpointError.quote(member.key)) looks the same as another one")
            }
            spans.append(try read(member, file: file))
        }
        try Self.checkTiling(spans, dataSize: dataSize, file: file)
        entries.sort { $0.tensor.name.bytesPrecede($1.tensor.name) }
        unsupported.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// `null` counts as absent, as it does for the reference reader.
    private static func checkMetadata(_ value: JSONValue, file: String) throws(CheckpointError) {
        if value.isNull { return }
        guard let members = value.objectValue?.members, members.allSatisfy({ $0.value.stringValue != nil }) else {
            throw CheckpointError(.metadataNotText, file: file, detail: "__metadata__ does not map strings to strings")
        }
    }

    private static func error(_ error: JSONError, file: String) -> CheckpointError {
        let code: CheckpointError.Code =
            switch error.kind {
            case .duplicateKey: .duplicateKey
            case .invalidText: .headerNotUTF8
            case .tooDeep: .headerTooDeep
            case .tooLarge: .headerTooLarge
            case .syntax, .numberRange: .headerNotJSON
            }
        return CheckpointError(code, file: file, detail: "the header is not acceptable JSON (\(error))")
    }
}
