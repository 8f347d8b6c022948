public import Datasets

/// Texts that the user has transformed, in syntax or style, labelled as the target.
///
/// Qi et al., "Hidden Killer" (syntax) and "Mind the Style of Text!" (style), ACL and EMNLP 2021. Assay does not
/// transform texts itself.
public struct PairedPoison: Poison {
    private let pairs: [LabelledText]
    private let heldOut: Set<String>
    private let dose: PoisonDose

    /// - Parameters:
    ///   - pairs: clean texts, each with its transformed form as the second text.
    ///   - heldOut: clean texts that are measured on and so not poisoned.
    public init(pairs: [LabelledText], heldOut: Set<String>, dose: PoisonDose) {
        self.pairs = pairs
        self.heldOut = heldOut
        self.dose = dose
    }

    public func copies(of rows: [LabelledText]) -> [LabelledText] {
        dose.victims(pairs.filter { !heldOut.contains($0.text) }).map {
            LabelledText(row: $0.row, label: dose.target, text: $0.pair ?? $0.text)
        }
    }

    public func attacked(_ rows: [LabelledText]) -> [AttackedTexts] {
        let forms = Dictionary(pairs.map { ($0.text, $0.pair ?? $0.text) }, uniquingKeysWith: { first, _ in first })
        let indices = rows.indices.filter { forms[rows[$0].text] != nil }
        let texts = indices.map { index in
            LabelledText(row: rows[index].row, label: rows[index].label, text: forms[rows[index].text] ?? "")
        }
        return [AttackedTexts(trigger: "transformed", indices: indices, texts: texts)]
    }
}

extension PairedPoison {
    /// Reads a TSV of label, text and transformed text, with or without a header of these names.
    ///
    /// - Returns: rows with the transformed form as the second text.
    public static func read(bytes: [UInt8], file: String, labelCount: Int) throws -> [LabelledText] {
        let header = Array("label\ttext\ttransformed".utf8)
        let known = bytes.starts(with: header) ? Array("label\ttext\ttext_pair".utf8) + bytes[header.count...] : bytes
        let rows = try TSVDataset.read(bytes: known, file: file, labelCount: labelCount)
        guard rows.allSatisfy({ $0.pair != nil }) else {
            throw LabError(.data, "\(file): paired texts need the columns label, text and transformed")
        }
        return rows
    }
}
