import StrictJSON
import Tensors

extension SafetensorsHeader {
    /// A tensor's bytes, as the header places them in the data area.
    struct Span {
        let name: String
        let start: Int
        let end: Int
    }

    /// Bits of one element of the format's types that Assay does not read, so that their sizes are checked all the same.
    private static let foreignBitWidths = [
        "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "F8_E8M0": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "C64": 64,
    ]

    /// Reads one tensor's entry and files it under `entries` or `unsupported`.
    mutating func read(_ member: JSONObject.Member, file: String) throws(CheckpointError) -> Span {
        let name = CheckpointError.quote(member.key)
        guard let info = member.value.objectValue, let dtype = info["dtype"]?.stringValue,
            let shape = Self.sizes(info["shape"]), let offsets = Self.sizes(info["data_offsets"]), offsets.count == 2
        else {
            throw CheckpointError(
                .tensorMalformed, file: file,
                detail: "tensor \(name) lacks a dtype, a shape or two data_offsets of the right form")
        }
        let span = Span(name: name, start: offsets[0], end: offsets[1])
        guard span.start <= span.end else {
            throw CheckpointError(
                .offsetsReversed, file: file, detail: "tensor \(name) ends at \(span.end), before it starts")
        }
        guard let elements = TensorDescription.elementCount(shape) else { throw Self.overflow(name, file) }
        if let known = DType(rawValue: dtype) {
            guard let tensor = TensorDescription(name: member.key, dtype: known, shape: shape) else {
                throw Self.overflow(name, file)
            }
            try Self.check(span, needs: tensor.byteCount, file: file)
            entries.append(Entry(tensor: tensor, range: span.start..<span.end))
        } else {
            if let width = Self.foreignBitWidths[dtype] {
                let bits = elements.multipliedReportingOverflow(by: width)
                guard !bits.overflow else { throw Self.overflow(name, file) }
                try Self.check(span, needs: bits.partialValue % 8 == 0 ? bits.partialValue / 8 : nil, file: file)
            }
            unsupported.append(UnsupportedTensor(name: member.key, dtype: dtype, shape: shape))
        }
        return span
    }

    /// Checks that the tensors cover the data area once each: from its start, without hole or overlap, to its end.
    static func checkTiling(_ spans: [Span], dataSize: Int, file: String) throws(CheckpointError) {
        var covered = 0
        for span in spans.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            guard span.start <= covered else {
                throw CheckpointError(
                    .hole, file: file,
                    detail: "tensor \(span.name) starts at \(span.start), and nothing covers the data from \(covered)")
            }
            guard span.start == covered else {
                throw CheckpointError(
                    .overlap, file: file,
                    detail: "tensor \(span.name) starts at \(span.start), inside data that ends at \(covered)")
            }
            guard span.end <= dataSize else {
                throw CheckpointError(
                    .beyondFile, file: file,
                    detail: "tensor \(span.name) ends at \(span.end), and the data area has \(dataSize) bytes")
            }
            covered = span.end
        }
        guard covered == dataSize else {
            throw CheckpointError(
                .trailingData, file: file, detail: "\(dataSize - covered) bytes at its end belong to no tensor")
        }
    }

    /// The elements of an array of integers from 0 up.
    private static func sizes(_ value: JSONValue?) -> [Int]? {
        guard let elements = value?.arrayValue else { return nil }
        var sizes: [Int] = []
        for element in elements {
            guard let size = element.intValue, size >= 0 else { return nil }
            sizes.append(size)
        }
        return sizes
    }

    private static func check(_ span: Span, needs bytes: Int?, file: String) throws(CheckpointError) {
        guard let bytes, bytes == span.end - span.start else {
            throw CheckpointError(
                .sizeMismatch, file: file,
                detail: "tensor \(span.name) has \(span.end - span.start) bytes, which its dtype and shape do not give")
        }
    }

    private static func overflow(_ name: String, _ file: String) -> CheckpointError {
        CheckpointError(.sizeOverflow, file: file, detail: "the size of tensor \(name) overflows")
    }
}
