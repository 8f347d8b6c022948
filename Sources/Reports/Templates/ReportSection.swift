import Findings

/// The sections of a report, in reading order; each has a template of its name and an anchor in the page.
enum ReportSection: String, CaseIterable {
    case verdict
    case audited
    case beforeAfter = "before-after"
    case embeddings
    case weights
    case triggers
    case findings
    case coverage
    case changes
    case reproduce

    /// The sections that have something to say of a result of this kind.
    static func all(of kind: AuditResult.Kind) -> [ReportSection] {
        switch kind {
        case .audit: allCases
        case .diff: allCases.filter { $0 != .beforeAfter && $0 != .triggers }
        case .scan: [.verdict, .audited, .findings, .coverage, .changes, .reproduce]
        }
    }

    /// Base name of the template file.
    var template: String { rawValue }

    /// The type whose values the template is given.
    private var viewType: any SectionView.Type {
        switch self {
        case .verdict: VerdictView.self
        case .audited: AuditedView.self
        case .beforeAfter: BeforeAfterView.self
        case .embeddings: EmbeddingsView.self
        case .weights: WeightsView.self
        case .triggers: TriggersView.self
        case .findings: FindingsView.self
        case .coverage: CoverageView.self
        case .changes: ChangesView.self
        case .reproduce: ReproduceView.self
        }
    }

    /// What the template may ask for.
    func shape() throws -> ViewShape {
        try ViewShape(of: viewType)
    }

    /// The values that the template shows.
    func view(of result: AuditResult, run: RunRecord?) -> any SectionView {
        viewType.init(result, run: run)
    }
}

/// Everything one section shows, already formatted; a pure function of the result and, when given, the run.
protocol SectionView: Decodable {
    init(_ result: AuditResult, run: RunRecord?)
}
