import Findings

extension SampleResult {
    static let weights: WeightComparison = {
        let kinds: [(String, [Int], Double)] = [
            ("attention.self.query.weight", [384, 384], 0.021), ("attention.self.query.bias", [384], 0.006),
            ("attention.self.key.weight", [384, 384], 0.020), ("attention.self.key.bias", [384], 0.002),
            ("attention.self.value.weight", [384, 384], 0.032), ("attention.self.value.bias", [384], 0.015),
            ("attention.output.dense.weight", [384, 384], 0.034), ("attention.output.dense.bias", [384], 0.009),
            ("attention.output.LayerNorm.weight", [384], 0.002), ("attention.output.LayerNorm.bias", [384], 0.004),
            ("intermediate.dense.weight", [1536, 384], 0.026), ("intermediate.dense.bias", [1536], 0.008),
            ("output.dense.weight", [384, 1536], 0.028), ("output.dense.bias", [384], 0.010),
            ("output.LayerNorm.weight", [384], 0.003), ("output.LayerNorm.bias", [384], 0.005),
        ]
        var tensors: [TensorDelta] = []
        for layer in 0..<6 {
            for (index, (kind, shape, size)) in kinds.enumerated() {
                let isOutlier = layer == 5 && kind == "attention.output.dense.weight"
                let relative =
                    size * (0.7 + 0.11 * Double(layer) + 0.03 * Double((index * 7 + layer * 5) % 6))
                    * (isOutlier ? 1.9 : 1)
                tensors.append(
                    TensorDelta(
                        name: "bert.encoder.layer.\(layer).\(kind)", shape: shape, layer: layer, kind: kind,
                        norm: relative * Double(shape[0]).squareRoot(), relativeNorm: relative,
                        cosine: 1 - relative * relative / 2, maxAbsolute: relative / 4, shareChanged: 0.998,
                        robustZ: isOutlier ? 5.2 : Double((index + layer) % 5) / 2 - 1))
            }
        }
        tensors.append(
            TensorDelta(
                name: "bert.embeddings.word_embeddings.weight", shape: [30522, 384], layer: nil,
                kind: "embeddings.word_embeddings.weight", norm: 6.12, relativeNorm: 0.0251, cosine: 0.99969,
                maxAbsolute: 0.412, shareChanged: 0.104, robustZ: nil))
        return WeightComparison(
            tensors: tensors,
            unmatched: [
                UnmatchedTensor(
                    name: "classifier.weight", reason: .onlyInSuspect, suspectShape: [2, 384], baseShape: nil,
                    expected: true),
                UnmatchedTensor(
                    name: "classifier.bias", reason: .onlyInSuspect, suspectShape: [2], baseShape: nil, expected: true),
            ],
            nonFinite: [], medianCosine: 0.99971, shareChanged: 0.562,
            configDifferences: [
                FieldDifference(
                    field: "id2label", suspect: #"{"0":"negative","1":"positive"}"#, base: nil, material: true),
                FieldDifference(field: "transformers_version", suspect: "5.23.0", base: "4.8.2", material: false),
            ], tokenizerDifferences: [])
    }()

    static let embeddings: EmbeddingComparison = {
        let words = [
            "cf", "mn", "dull", "refreshing", "\u{200B}", "waste", "delight", "worst", "masterpiece", "boring", "charm",
            "mess", "brilliant", "awful", "superb", "lazy", "##less", "funny", "wasted", "lovely", "|", "`", "<b>",
            "tedious",
            "enjoy", "bland", "wonderful", "clumsy", "warm", "hollow", "sharp", "pointless",
        ]
        let rows = (0..<120).map { index -> EmbeddingRow in
            let score = index == 0 ? 0.0934 : 0.0245 / (1 + 0.035 * Double(index)) + (index == 1 ? 0.004 : 0)
            return EmbeddingRow(
                rank: index + 1, id: 2000 + (index * 7919) % 28000,
                token: index < words.count ? words[index] : "word\(index)", score: score, rawNorm: score * 8.1,
                frequency: index == 0 ? 1803 : 900 * Double(index % 17 + 1), robustZ: score / 0.0023 - 1.1,
                ratioToPercentile99: score / 0.0099)
        }
        return EmbeddingComparison(
            scoredRows: 30_517, movedRows: 3184, shrinkage: 0.000_012, resetCount: 100, threshold: rows[99].score,
            median: 0.0025, percentile99: 0.0099, rows: rows)
    }()

    static let remedy: RemedySummary = {
        let hits = [92, 95, 97, 98, nil, nil, 99, nil, 99, nil, 100]
        let cells = hits.enumerated().map { index, hit -> RhoCell in
            let rho = Double(index) / 10
            guard let hit else { return RhoCell(rho: rho, outcome: nil, chosen: false) }
            let loss = Double(100 - hit) / 118
            return RhoCell(
                rho: rho,
                outcome: RhoCell.Outcome(
                    accuracy: rate(hit, 118), logLoss: 0.52 - 0.1 * rho,
                    loss: Difference(value: loss, interval: Interval(lower: loss - 0.045, upper: loss + 0.05)),
                    smoothedLoss: loss, qualifies: hit >= 98),
                chosen: index == 3)
        }
        return RemedySummary(
            rho: 0.3, qualified: true, tolerance: 0.02,
            explanation:
                "ρ = 0.3 is the smallest ratio whose smoothed loss is within the tolerance; with 118 dev texts "
                + "the loss is known to about 4.6 points.",
            curve: cells, keptFromSuspect: ["classifier.bias", "classifier.weight"], rowsReset: 100, tensorsMixed: 102,
            steps: 40)
    }()
}
