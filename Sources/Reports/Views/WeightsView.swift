import Findings

/// What changed in the weights, the tokenizer and the configuration.
struct WeightsView: SectionView {
    var summary: String
    var hasTensors: Bool
    var tensors: [Row]
    var more: [String]
    var hasUnmatched: Bool
    var unmatched: [Unmatched]
    var hasNonFinite: Bool
    var nonFinite: [CodeSpan]
    var hasConfigDifferences: Bool
    var configDifferences: [Field]
    var hasTokenizerDifferences: Bool
    var tokenizerDifferences: [Field]
    var tokenizersEqual: Bool
    var configsEqual: Bool

    struct Row: Decodable {
        var name: CodeSpan
        var shape: String
        var norm: String
        var relative: String
        var cosine: String
        var largest: String
        var changed: String
        var robustZ: String
    }

    struct Unmatched: Decodable {
        var name: CodeSpan
        var reason: String
        var suspect: String
        var base: String
        var expected: String
    }

    struct Field: Decodable {
        var field: CodeSpan
        var suspect: [CodeSpan]
        var base: [CodeSpan]
        var material: String
    }

    static let shownTensors = 15
    static let shownOthers = 40

    init(_ result: AuditResult, run: RunRecord?) {
        let weights =
            result.weights
            ?? WeightComparison(
                tensors: [], unmatched: [], nonFinite: [], medianCosine: nil, shareChanged: 0, configDifferences: [],
                tokenizerDifferences: [])
        let cosine = weights.medianCosine.map { NumberText.fixed($0, 4) } ?? "not defined"
        summary =
            "\(NumberText.grouped(weights.tensors.count)) tensors were compared; "
            + "\(NumberText.percent(weights.shareChanged)) of their elements differ. The median cosine between the "
            + "suspect's matrices and the base's is \(cosine): close to 1 for a fine-tune of this very base."
        tensors = Self.mostMoved(weights.tensors).prefix(Self.shownTensors).map(Self.row)
        let left = weights.tensors.count - tensors.count
        more = left > 0 ? ["\(NumberText.grouped(left)) more tensors are in the result JSON."] : []
        unmatched = weights.unmatched.prefix(Self.shownOthers).map(Self.unmatched)
        nonFinite = weights.nonFinite.prefix(Self.shownOthers).map { CodeSpan($0) }
        configDifferences = weights.configDifferences.prefix(Self.shownOthers).map(Self.field)
        tokenizerDifferences = weights.tokenizerDifferences.prefix(Self.shownOthers).map(Self.field)
        tokenizersEqual = weights.tokenizerDifferences.isEmpty
        configsEqual = weights.configDifferences.isEmpty
        hasTensors = !weights.tensors.isEmpty
        hasUnmatched = !weights.unmatched.isEmpty
        hasNonFinite = !weights.nonFinite.isEmpty
        hasTokenizerDifferences = !tokenizersEqual
        hasConfigDifferences = !configsEqual
    }

    /// Tensors by relative change, largest first; those whose base is zero come first of all.
    static func mostMoved(_ tensors: [TensorDelta]) -> [TensorDelta] {
        tensors.sorted { a, b in
            let (x, y) = (a.relativeNorm ?? .infinity, b.relativeNorm ?? .infinity)
            return x == y ? Array(a.name.utf8).lexicographicallyPrecedes(Array(b.name.utf8)) : x > y
        }
    }

    private static func row(_ tensor: TensorDelta) -> Row {
        Row(
            name: CodeSpan(tensor.name), shape: Wording.shape(tensor.shape),
            norm: NumberText.significant(tensor.norm),
            relative: tensor.relativeNorm.map { NumberText.fixed($0, 4) } ?? NumberText.none,
            cosine: tensor.cosine.map { NumberText.fixed($0, 5) } ?? NumberText.none,
            largest: NumberText.significant(tensor.maxAbsolute), changed: NumberText.percent(tensor.shareChanged),
            robustZ: tensor.robustZ.map { NumberText.fixed($0, 1) } ?? NumberText.none)
    }

    private static func unmatched(_ tensor: UnmatchedTensor) -> Unmatched {
        Unmatched(
            name: CodeSpan(tensor.name), reason: Wording.name(tensor.reason),
            suspect: Wording.shape(tensor.suspectShape),
            base: Wording.shape(tensor.baseShape), expected: tensor.expected ? "yes" : "no")
    }

    private static func field(_ difference: FieldDifference) -> Field {
        Field(
            field: CodeSpan(difference.field), suspect: difference.suspect.map { [CodeSpan($0, limit: 80)] } ?? [],
            base: difference.base.map { [CodeSpan($0, limit: 80)] } ?? [], material: difference.material ? "yes" : "no")
    }
}
