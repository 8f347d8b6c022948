import Findings
import Forensics
import Tokenizers

extension EmbeddingComparison {
    init(_ ranking: EmbeddingRanking, tokenizer: any Tokenizer) {
        self.init(
            scoredRows: ranking.scoredRows, movedRows: ranking.movedRows, shrinkage: ranking.shrinkage,
            resetCount: ranking.resetRows.count, threshold: ranking.threshold, median: ranking.median ?? 0,
            percentile99: ranking.percentile99 ?? 0,
            rows: ranking.rows.prefix(TokenPool.fromEmbeddings).map { row in
                EmbeddingRow(
                    rank: row.rank, id: row.id, token: tokenizer.token(row.id) ?? "", score: row.score,
                    rawNorm: row.rawNorm, frequency: row.frequency, robustZ: row.robustZ,
                    ratioToPercentile99: row.ratioToPercentile99)
            })
    }
}

extension WeightComparison {
    init(
        _ delta: WeightDelta, unpaired: [UnpairedTensor], config: [SettingDifference], tokenizer: [SettingDifference],
        lowRank: [LowRankDelta]
    ) {
        self.init(
            tensors: delta.tensors.map {
                TensorDelta(
                    name: $0.name, shape: $0.shape, layer: $0.layer, kind: $0.kind, norm: $0.norm,
                    relativeNorm: $0.relativeNorm, cosine: $0.cosine, maxAbsolute: $0.maxAbsolute,
                    shareChanged: $0.shareChanged, robustZ: $0.robustZ)
            },
            unmatched: unpaired.map {
                UnmatchedTensor(
                    name: $0.name, reason: .init($0.reason), suspectShape: $0.suspectShape, baseShape: $0.baseShape,
                    expected: $0.expected)
            },
            nonFinite: delta.nonFinite, medianCosine: delta.medianCosine, shareChanged: delta.shareChanged,
            configDifferences: config.map(FieldDifference.init),
            tokenizerDifferences: tokenizer.map(FieldDifference.init),
            lowRank: lowRank.isEmpty
                ? nil
                : lowRank.map {
                    LowRankChange(
                        name: $0.name, rank: $0.rank, scale: $0.scale, singularValues: $0.singularValues,
                        effectiveRank: $0.effectiveRank, leadingShare: $0.leadingShare)
                })
    }
}

extension UnmatchedTensor.Reason {
    init(_ reason: UnpairedTensor.Reason) {
        switch reason {
        case .onlyInSuspect: self = .onlyInSuspect
        case .onlyInBase: self = .onlyInBase
        case .shape: self = .shape
        case .dtype: self = .dtype
        }
    }
}

extension FieldDifference {
    init(_ difference: SettingDifference) {
        self.init(
            field: difference.field, suspect: difference.suspect, base: difference.base, material: difference.material,
            unlisted: difference.unlisted)
    }
}
