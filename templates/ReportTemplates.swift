/// The report's templates and style sheet, embedded in the binary.
public enum ReportTemplates {
    /// Mustache texts by base name.
    public static let partials: [String: String] = [
        "verdict": text(PackageResources.verdict_mustache),
        "audited": text(PackageResources.audited_mustache),
        "before-after": text(PackageResources.before_after_mustache),
        "embeddings": text(PackageResources.embeddings_mustache),
        "weights": text(PackageResources.weights_mustache),
        "triggers": text(PackageResources.triggers_mustache),
        "findings": text(PackageResources.findings_mustache),
        "coverage": text(PackageResources.coverage_mustache),
        "changes": text(PackageResources.changes_mustache),
        "reproduce": text(PackageResources.reproduce_mustache),
    ]

    /// The page's style sheet.
    public static let styleSheet = text(PackageResources.report_css)

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
