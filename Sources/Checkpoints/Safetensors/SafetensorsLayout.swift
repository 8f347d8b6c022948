import StrictJSON
import Tensors

/// Where each tensor of a new safetensors file goes, and the header that says so.
struct SafetensorsLayout {
    /// The 8 bytes of length and the header, padded with spaces to a multiple of 8.
    let header: [UInt8]
    /// The tensors by falling element width, then by name, so that every one is aligned; with offsets in the file.
    let placed: [(tensor: TensorDescription, offset: Int)]
    /// Bytes of the whole file.
    let size: Int

    init(
        _ tensors: [TensorDescription], metadata: [(key: String, value: String)], path: String
    ) throws(CheckpointError) {
        var entries = JSONObject()
        if !metadata.isEmpty {
            var texts = JSONObject()
            for entry in metadata { texts[entry.key] = .string(entry.value) }
            entries["__metadata__"] = .object(texts)
        }
        var names: Set<String> = ["__metadata__"]
        var starts: [(tensor: TensorDescription, start: Int)] = []
        var end = 0
        for tensor in tensors.sorted(by: Self.precedes) {
            let start = end
            let sum = start.addingReportingOverflow(tensor.byteCount)
            guard names.insert(tensor.name).inserted, !sum.overflow else {
                let name = CheckpointError.quote(tensor.name)
                throw CheckpointError(.cannotWrite, file: path, detail: "there is no place for tensor \(name)")
            }
            end = sum.partialValue
            starts.append((tensor, start))
            entries[tensor.name] = Self.entry(tensor, start: start, end: end)
        }
        let header = Self.framed(JSONValue.object(entries).serialized())
        let total = end.addingReportingOverflow(header.count)
        guard header.count - 8 <= SafetensorsHeader.maxLength, !total.overflow else {
            throw CheckpointError(.cannotWrite, file: path, detail: "its header or its data would be too long")
        }
        placed = starts.map { ($0.tensor, header.count + $0.start) }
        self.header = header
        size = total.partialValue
    }

    private static func precedes(_ a: TensorDescription, _ b: TensorDescription) -> Bool {
        if a.dtype.byteWidth != b.dtype.byteWidth { return a.dtype.byteWidth > b.dtype.byteWidth }
        return a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
    }

    private static func entry(_ tensor: TensorDescription, start: Int, end: Int) -> JSONValue {
        var entry = JSONObject()
        entry["dtype"] = .string(tensor.dtype.rawValue)
        entry["shape"] = .array(tensor.shape.map { .integer($0) })
        entry["data_offsets"] = .array([.integer(start), .integer(end)])
        return .object(entry)
    }

    private static func framed(_ json: [UInt8]) -> [UInt8] {
        let length = (json.count + 7) / 8 * 8
        var framed = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
        framed += json
        framed += repeatElement(UInt8(ascii: " "), count: length - json.count)
        return framed
    }
}
