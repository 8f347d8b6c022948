/// The validated header of a GGUF file: metadata, and where each tensor lies.
///
/// Versions 2 and 3 of the format, little-endian; see github.com/ggml-org/ggml/blob/master/docs/gguf.md. As in
/// llama.cpp, tensors follow one another in the order of the header, each padded to the alignment.
public struct GGUFHeader: Sendable {
    /// A key of the metadata and its value.
    public struct Entry: Sendable, Equatable {
        /// Untrusted text.
        public let key: String
        public let value: GGUFValue
    }

    /// Version of the format, 2 or 3.
    public let version: Int
    /// The metadata in the order of the file; no key occurs twice.
    public let metadata: [Entry]
    /// What the tensors' places are multiples of, in bytes; a power of two.
    public let alignment: Int
    /// The tensors in the order of the file; no name occurs twice.
    let tensors: [GGUFTensor]

    private let positions: [[UInt8]: Int]

    /// Most entries of the metadata.
    static let maxEntries = 65_536
    /// Most bytes of a tensor's name or a key of the metadata.
    static let maxNameLength = 65_535
    private static let defaultAlignment = 32

    /// The value under `key`, compared by UTF-8 bytes.
    public subscript(key: String) -> GGUFValue? { positions[Array(key.utf8)].map { metadata[$0].value } }

    /// Parses and validates the header of an open file.
    init(_ input: InputFile) throws(CheckpointError) {
        try self.init(
            GGUFReader(file: input.path, size: input.size) { range throws(CheckpointError) in
                try input.bytes(in: range)
            })
    }

    /// Parses and validates a header from its first byte on.
    init(_ start: GGUFReader) throws(CheckpointError) {
        var reader = start
        let file = reader.file
        guard reader.size >= 4, try reader.take(4).elementsEqual("GGUF".utf8) else {
            throw CheckpointError(.ggufMagic, file: file, detail: "it does not start with \"GGUF\"")
        }
        version = try Self.version(try reader.number(UInt32.self), file: file)
        let tensorCount = try reader.number(UInt64.self)
        let entryCount = try reader.number(UInt64.self)
        guard tensorCount <= SafetensorsHeader.maxTensors else {
            throw CheckpointError(
                .tooManyTensors, file: file,
                detail: "it claims \(tensorCount) tensors, and at most \(SafetensorsHeader.maxTensors) are accepted")
        }
        guard entryCount <= Self.maxEntries else {
            throw CheckpointError(
                .ggufTooManyKeys, file: file,
                detail: "it claims \(entryCount) entries of metadata, and at most \(Self.maxEntries) are accepted")
        }
        var metadata: [Entry] = []
        var positions: [[UInt8]: Int] = [:]
        for index in 0..<Int(entryCount) {
            let key = try Self.name(&reader)
            guard positions.updateValue(index, forKey: Array(key.utf8)) == nil else {
                throw CheckpointError(
                    .duplicateKey, file: file, detail: "it has two entries called \(CheckpointError.quote(key))")
            }
            metadata.append(Entry(key: key, value: try reader.value()))
        }
        self.metadata = metadata
        self.positions = positions
        alignment = try Self.alignment(positions["general.alignment".utf8.map { $0 }].map { metadata[$0].value }, file)
        var tensors: [GGUFTensor] = []
        var names = Set<String>()
        for _ in 0..<Int(tensorCount) {
            let tensor = try GGUFTensor(&reader, name: try Self.name(&reader))
            // Strings are equal where Unicode calls them so, which keeps names apart that only look alike.
            guard names.insert(tensor.name).inserted else {
                throw CheckpointError(
                    .ggufDuplicateTensor, file: file,
                    detail: "it has two tensors called \(CheckpointError.quote(tensor.name))")
            }
            tensors.append(tensor)
        }
        self.tensors = try Self.placed(
            tensors, after: reader.position, alignment: alignment, size: reader.size, file: file)
    }

    private static func version(_ number: UInt32, file: String) throws(CheckpointError) -> Int {
        if number & 0xFFFF == 0, number != 0 {
            throw CheckpointError(.byteOrder, file: file, detail: "its numbers are big-endian")
        }
        guard (2...3).contains(number) else {
            throw CheckpointError(
                .ggufVersion, file: file, detail: "it has version \(number) of GGUF, and versions 2 and 3 are read")
        }
        return Int(number)
    }

    private static func name(_ reader: inout GGUFReader) throws(CheckpointError) -> String {
        let name = try reader.text()
        guard !name.isEmpty, name.utf8.count <= maxNameLength else {
            throw CheckpointError(
                .ggufName, file: reader.file,
                detail: "a name of \(name.utf8.count) bytes is outside 1 to \(maxNameLength)")
        }
        return name
    }

    private static func alignment(_ value: GGUFValue?, _ file: String) throws(CheckpointError) -> Int {
        guard let value else { return defaultAlignment }
        guard case .uint32(let number) = value, number > 0, number & (number - 1) == 0, number <= 1 << 20 else {
            throw CheckpointError(
                .ggufAlignment, file: file,
                detail: "general.alignment is not a power of two of at most 1048576 as a UINT32")
        }
        return Int(number)
    }
}
