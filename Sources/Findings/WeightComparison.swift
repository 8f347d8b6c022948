/// What changed between the base's weights and the suspect's.
public struct WeightComparison: Codable, Sendable, Equatable {
    /// Every matched tensor, in the checkpoint's order of names.
    public var tensors: [TensorDelta]
    public var unmatched: [UnmatchedTensor]
    public var nonFinite: [String]
    /// Median over matched matrices of the cosine between suspect and base: low when the base is the wrong one.
    public var medianCosine: Double?
    /// Share of matched elements that differ.
    public var shareChanged: Double
    public var configDifferences: [FieldDifference]
    public var tokenizerDifferences: [FieldDifference]
    /// What a LoRA adapter adds, tensor by tensor; nil where the suspect is a whole model.
    public var lowRank: [LowRankChange]?

    public init(
        tensors: [TensorDelta], unmatched: [UnmatchedTensor], nonFinite: [String], medianCosine: Double?,
        shareChanged: Double, configDifferences: [FieldDifference], tokenizerDifferences: [FieldDifference],
        lowRank: [LowRankChange]? = nil
    ) {
        self.tensors = tensors
        self.unmatched = unmatched
        self.nonFinite = nonFinite
        self.medianCosine = medianCosine
        self.shareChanged = shareChanged
        self.configDifferences = configDifferences
        self.tokenizerDifferences = tokenizerDifferences
        self.lowRank = lowRank
    }
}

/// Δ of one tensor in the form in which a LoRA adapter stores it, scale·B·A.
public struct LowRankChange: Codable, Sendable, Equatable {
    /// The base's name of the tensor, raw.
    public var name: String
    public var rank: Int
    /// α/r, or α/√r with rsLoRA.
    public var scale: Double
    /// Singular values of Δ, falling; empty where a factor is not finite.
    public var singularValues: [Double]
    /// Directions above 1e-6 of the largest.
    public var effectiveRank: Int
    /// Share of ‖Δ‖² along the leading direction; nil where nothing changes.
    public var leadingShare: Double?

    public init(
        name: String, rank: Int, scale: Double, singularValues: [Double], effectiveRank: Int, leadingShare: Double?
    ) {
        self.name = name
        self.rank = rank
        self.scale = scale
        self.singularValues = singularValues
        self.effectiveRank = effectiveRank
        self.leadingShare = leadingShare
    }
}

/// Statistics of Δ = suspect − base for one tensor.
public struct TensorDelta: Codable, Sendable, Equatable {
    /// The suspect's name of the tensor, raw.
    public var name: String
    public var shape: [Int]
    /// Encoder layer, counted from 0; nil outside the encoder's layers.
    public var layer: Int?
    /// What the tensor does, layer number removed: "attention.self.query.weight".
    public var kind: String
    /// ‖Δ‖₂.
    public var norm: Double
    /// ‖Δ‖₂ / ‖base‖₂; nil when the base's tensor is zero.
    public var relativeNorm: Double?
    /// Cosine between suspect and base; nil when either is zero.
    public var cosine: Double?
    public var maxAbsolute: Double
    /// Share of elements that differ.
    public var shareChanged: Double
    /// Robust z of the relative norm among the tensors of its kind; nil with fewer than four of them.
    public var robustZ: Double?

    public init(
        name: String, shape: [Int], layer: Int?, kind: String, norm: Double, relativeNorm: Double?, cosine: Double?,
        maxAbsolute: Double, shareChanged: Double, robustZ: Double?
    ) {
        self.name = name
        self.shape = shape
        self.layer = layer
        self.kind = kind
        self.norm = norm
        self.relativeNorm = relativeNorm
        self.cosine = cosine
        self.maxAbsolute = maxAbsolute
        self.shareChanged = shareChanged
        self.robustZ = robustZ
    }
}

/// A tensor that could not be compared.
public struct UnmatchedTensor: Codable, Sendable, Equatable {
    public enum Reason: String, Codable, Sendable, CaseIterable { case onlyInSuspect, onlyInBase, shape, dtype }

    public var name: String
    public var reason: Reason
    public var suspectShape: [Int]?
    public var baseShape: [Int]?
    /// True for what a fine-tune is expected to add or drop: the classification head, the pooler, position ids.
    public var expected: Bool

    public init(name: String, reason: Reason, suspectShape: [Int]?, baseShape: [Int]?, expected: Bool) {
        self.name = name
        self.reason = reason
        self.suspectShape = suspectShape
        self.baseShape = baseShape
        self.expected = expected
    }
}

/// A field of config.json or of the tokenizer that differs, values as short raw text; nil where absent.
public struct FieldDifference: Codable, Sendable, Equatable {
    public var field: String
    public var suspect: String?
    public var base: String?
    /// True when it can change predictions, such as a token's id; false for bookkeeping.
    public var material: Bool
    /// Places that differ and are not listed by themselves, of an entry that sums them up; nil for a single one.
    public var unlisted: Int?

    public init(field: String, suspect: String?, base: String?, material: Bool, unlisted: Int? = nil) {
        self.field = field
        self.suspect = suspect
        self.base = base
        self.material = material
        self.unlisted = unlisted
    }

    /// Differences that the entry stands for.
    public var count: Int { unlisted ?? 1 }
}

/// E-PUR: the word-embedding rows ranked by anomaly.
public struct EmbeddingComparison: Codable, Sendable, Equatable {
    /// Rows that were scored: all but the base's special tokens.
    public var scoredRows: Int
    /// Rows that moved above the floor of rounding.
    public var movedRows: Int
    /// Fitted shrinkage c of untouched rows: δ ≈ −c·b (decoupled weight decay).
    public var shrinkage: Double
    /// Rows that Fine-mixing with E-PUR resets.
    public var resetCount: Int
    /// Score of the last row that is reset.
    public var threshold: Double
    public var median: Double
    public var percentile99: Double
    /// The rows of highest score, best first; at least those that are reset or all that moved, at most 200.
    public var rows: [EmbeddingRow]

    public init(
        scoredRows: Int, movedRows: Int, shrinkage: Double, resetCount: Int, threshold: Double, median: Double,
        percentile99: Double, rows: [EmbeddingRow]
    ) {
        self.scoredRows = scoredRows
        self.movedRows = movedRows
        self.shrinkage = shrinkage
        self.resetCount = resetCount
        self.threshold = threshold
        self.median = median
        self.percentile99 = percentile99
        self.rows = rows
    }
}

/// One row of the word embeddings.
public struct EmbeddingRow: Codable, Sendable, Equatable {
    /// 1 is the most anomalous.
    public var rank: Int
    public var id: Int
    /// The token as stored, raw.
    public var token: String
    /// ‖δ + c·b‖₂ / log(max(f, 20)).
    public var score: Double
    /// ‖δ‖₂, before the shrinkage is taken out.
    public var rawNorm: Double
    /// Occurrences in a large corpus, or the prior's estimate of them.
    public var frequency: Double
    /// Null below 100 moved rows.
    public var robustZ: Double?
    /// score / 99th percentile of the moved rows' scores.
    public var ratioToPercentile99: Double?

    public init(
        rank: Int, id: Int, token: String, score: Double, rawNorm: Double, frequency: Double, robustZ: Double?,
        ratioToPercentile99: Double?
    ) {
        self.rank = rank
        self.id = id
        self.token = token
        self.score = score
        self.rawNorm = rawNorm
        self.frequency = frequency
        self.robustZ = robustZ
        self.ratioToPercentile99 = ratioToPercentile99
    }
}
