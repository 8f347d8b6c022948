import Findings

extension CycloneDXComponent {
    /// A model that was read, with its files by content.
    init(_ model: ModelSummary, as reference: CycloneDXReference, card: CycloneDXModelCard) {
        self.init(
            type: .model, reference: reference, name: Self.name(model.name), modelCard: card,
            components: model.files.map { CycloneDXComponent(file: $0) },
            properties: [
                CycloneDXProperty(name: "assay:sha256", value: VisibleText.clipped(model.sha256, to: 64)),
                CycloneDXProperty(name: "assay:parameters", value: String(model.parameterCount)),
                CycloneDXProperty(name: "assay:tensors", value: String(model.tensorCount)),
            ])
    }

    /// A file by content; its digest is left out where it is none.
    init(file: FileDigest, type: Kind = .file, reference: CycloneDXReference? = nil) {
        let isDigest = file.sha256.utf8.count == 64 && file.sha256.utf8.allSatisfy(Self.isHexadecimal)
        self.init(
            type: type, reference: reference, name: Self.name(file.name),
            hashes: isDigest ? [Hash(content: file.sha256)] : nil,
            properties: [CycloneDXProperty(name: "assay:size", value: String(file.size))])
    }

    /// The model that the remedy made; its files are not among those that were read.
    init(purified result: AuditResult, card: CycloneDXModelCard, remedy: RemedySummary) {
        self.init(
            type: .model, reference: .purified, name: Self.name(result.suspect.name) + " (purified)",
            description: "The suspect after Fine-mixing with the base.", modelCard: card,
            properties: [
                CycloneDXProperty(name: "assay:rho", value: remedy.rho.description),
                CycloneDXProperty(name: "assay:rows-reset", value: String(remedy.rowsReset)),
                CycloneDXProperty(name: "assay:verdict", value: result.purifiedVerdict?.rawValue ?? "none"),
            ])
    }

    static func name(_ raw: String) -> String { VisibleText.clipped(raw, to: 200) }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
