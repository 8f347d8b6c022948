import StrictJSON

extension ConfigReader {
    /// Most labels that `num_labels` may stand for without naming them.
    static let maxUnnamedLabels = 10_000

    func architectures() throws(CheckpointError) -> [String] {
        guard let entry = present("architectures") else { return [] }
        guard let elements = entry.arrayValue else { throw wrongType("architectures", expected: "a list") }
        let names = elements.compactMap(\.stringValue)
        guard names.count == elements.count else { throw wrongType("architectures", expected: "a list of strings") }
        return names
    }

    /// Label names: from `id2label`, else `num_labels`, else the two that the format's library gives a classifier.
    func labels(architectures: [String]) throws(CheckpointError) -> [String] {
        let named = try namedLabels()
        let declared = try declaredCount()
        if let named {
            if let declared, declared != named.count {
                throw CheckpointError(
                    .labelCountsDisagree, file: file,
                    detail: "\"id2label\" has \(named.count) labels, and \"num_labels\" is \(declared)")
            }
            return named
        }
        let isClassifier = architectures.contains { $0.hasSuffix("ForSequenceClassification") }
        return (0..<(declared ?? (isClassifier ? 2 : 0))).map { "LABEL_\($0)" }
    }

    private func declaredCount() throws(CheckpointError) -> Int? {
        guard present("num_labels") != nil else { return nil }
        return try integer("num_labels", in: 1...Self.maxUnnamedLabels, default: nil)
    }

    private func namedLabels() throws(CheckpointError) -> [String]? {
        guard let entry = present("id2label") else { return nil }
        guard let members = entry.objectValue?.members else { throw wrongType("id2label", expected: "an object") }
        var labels = [String?](repeating: nil, count: members.count)
        for member in members {
            guard let index = Int(member.key), String(index) == member.key, labels.indices.contains(index) else {
                throw CheckpointError(
                    .labelsNotDense, file: file,
                    detail: "\"id2label\" has the key \(CheckpointError.quote(member.key)), "
                        + "and its \(members.count) keys must be the numbers from 0 up")
            }
            guard let label = member.value.stringValue ?? member.value.intValue.map({ String($0) }) else {
                throw wrongType("id2label", expected: "a map to strings")
            }
            labels[index] = label
        }
        return labels.compactMap { $0 }
    }
}
