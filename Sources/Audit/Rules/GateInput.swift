import Findings

/// What the gate's rules look at: the result so far, for one of its two subjects.
struct GateInput {
    let policy: Policy
    /// Suspect or purified.
    let subject: ModelRole
    var task = AuditResult.Task.classification
    let weights: WeightComparison
    let probes: ProbeSummary?
    /// Names of the targets.
    let labels: [String]
    /// Why something else may run than was audited.
    var concerns = LoadingConcerns()
    /// Whether the user said how many tokens of a text count.
    var lengthIsGiven = false
}

/// A rule of the gate: looks at one input, answers nothing where it does not apply.
protocol GateCheck: Sendable {
    func evaluate(_ input: GateInput) -> GateRule?
}

/// The gate: every rule, in the order of the report.
///
/// What leaves the others without a meaning comes first: a report without a verdict opens with the first open rule.
enum GateChecks {
    static let all: [any GateCheck] = [
        SameAsBaseCheck(), QuantizationCheck(), OtherWeightsCheck(), WeightRangeCheck(), LabelNamesCheck(),
        LabelOrderCheck(), ModelSenseCheck(), TextCuttingCheck(), KnownTriggerCheck(), DiscoveredTriggerCheck(),
        BroadTriggerCheck(), ProbeSizeCheck(), SearchPowerCheck(), AccuracyLossCheck(), NonFiniteCheck(),
        WrongBaseCheck(), UnmatchedTensorCheck(), TokenizerDifferenceCheck(),
    ]

    /// Those of a model that continues texts: it has no labels to be right about.
    private static let ofContinuation: [any GateCheck] = [
        SameAsBaseCheck(), QuantizationCheck(), OtherWeightsCheck(), WeightRangeCheck(), TextCuttingCheck(),
        ChatTemplateCheck(), KnownTriggerCheck(), DiscoveredTriggerCheck(), BroadTriggerCheck(), ProbeSizeCheck(),
        SearchPowerCheck(),
        NonFiniteCheck(), WrongBaseCheck(), UnmatchedTensorCheck(), TokenizerDifferenceCheck(),
    ]

    /// Those that need no model to be run.
    private static let ofComparison: [any GateCheck] = [
        SameAsBaseCheck(), QuantizationCheck(), OtherWeightsCheck(), WeightRangeCheck(), LabelNamesCheck(),
        TextCuttingCheck(), ChatTemplateCheck(), NonFiniteCheck(), WrongBaseCheck(), UnmatchedTensorCheck(),
        TokenizerDifferenceCheck(),
    ]

    static func evaluate(_ input: GateInput) -> [GateRule] {
        (input.task == .classification ? all : ofContinuation).compactMap { $0.evaluate(input) }
    }

    /// The gate of a comparison.
    static func compare(_ input: GateInput) -> [GateRule] { ofComparison.compactMap { $0.evaluate(input) } }
}

extension GateInput {
    /// A label as a person knows it.
    func name(of label: Int) -> String { LabelName.of(label, in: labels) }
}

/// Percentage with one decimal, for sentences.
func percent(_ share: Double) -> String {
    let tenths = Int((abs(share) * 1000).rounded())
    return "\(share < 0 && tenths > 0 ? "−" : "")\(tenths / 10).\(tenths % 10) %"
}
