import Checkpoints
import Datasets

/// A data file, read once: what is hashed is what is used.
struct LabFile {
    let bytes: [UInt8]
    let digest: InputDigest

    init(_ path: String) throws {
        let file = try InputFile(path: path)
        bytes = try file.bytes(limit: DatasetLimits.default.maxBytes)
        digest = InputDigest(name: file.name, of: bytes)
    }

    func rows(labels: Int?) throws -> [LabelledText] {
        try TSVDataset.read(bytes: bytes, file: digest.name, labelCount: labels)
    }
}
