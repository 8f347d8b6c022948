internal import Findings

/// The tables of tensors and fields that `assay diff` prints.
enum TensorTables {
    static func mostMoved(_ weights: WeightComparison, rows: Int) -> [String] {
        guard !weights.tensors.isEmpty else { return ["  no tensor of the base has a counterpart"] }
        let shown = WeightsView.mostMoved(weights.tensors).prefix(rows)
        let table = TerminalTable(
            heads: ["tensor", "shape", "‖Δ‖", "‖Δ‖÷‖base‖", "cosine", "max |Δ|", "changed", "robust z"],
            alignments: [.left] + Array(repeating: .right, count: 7),
            rows: shown.map { tensor in
                [
                    TerminalText.escape(tensor.name, limit: 70), Wording.shape(tensor.shape),
                    NumberText.significant(tensor.norm),
                    tensor.relativeNorm.map { NumberText.fixed($0, 4) } ?? NumberText.none,
                    tensor.cosine.map { NumberText.fixed($0, 5) } ?? NumberText.none,
                    NumberText.significant(tensor.maxAbsolute), NumberText.percent(tensor.shareChanged),
                    tensor.robustZ.map { NumberText.fixed($0, 1) } ?? NumberText.none,
                ]
            })
        return table.lines + more(weights.tensors.count - shown.count)
    }

    /// What an adapter adds, largest first; nothing for a whole model.
    static func lowRank(_ weights: WeightComparison, rows: Int) -> [String] {
        guard let updates = weights.lowRank, !updates.isEmpty else { return [] }
        let sorted = updates.sorted { ($0.singularValues.first ?? 0) > ($1.singularValues.first ?? 0) }
        let table = TerminalTable(
            heads: ["tensor", "rank", "effective", "scale", "largest σ", "share of ‖Δ‖² on it"],
            alignments: [.left] + Array(repeating: .right, count: 5),
            rows: sorted.prefix(rows).map {
                [
                    TerminalText.escape($0.name, limit: 70), String($0.rank), String($0.effectiveRank),
                    NumberText.significant($0.scale),
                    $0.singularValues.first.map { NumberText.significant($0) } ?? "not finite",
                    $0.leadingShare.map { NumberText.percent($0) } ?? NumberText.none,
                ]
            })
        return table.lines + more(updates.count - rows)
    }

    /// One line a layer: how many tensors, their median and largest relative change and which that is.
    static func layers(_ weights: WeightComparison) -> [String] {
        let layers = Set(weights.tensors.map(\.layer)).sorted { ($0 ?? -1) < ($1 ?? -1) }
        guard !layers.isEmpty else { return [] }
        let rows = layers.map { layer -> [String] in
            let sorted = WeightsView.mostMoved(weights.tensors.filter { $0.layer == layer })
            let values = sorted.compactMap(\.relativeNorm).filter(\.isFinite)
            return [
                layer.map(String.init) ?? "outside", String(sorted.count),
                values.isEmpty ? NumberText.none : NumberText.fixed(values[values.count / 2], 4),
                values.first.map { NumberText.fixed($0, 4) } ?? NumberText.none,
                sorted.first.map { TerminalText.escape($0.kind, limit: 60) } ?? NumberText.none,
            ]
        }
        return TerminalTable(
            heads: ["layer", "tensors", "median", "largest", "which"],
            alignments: [.right, .right, .right, .right, .left], rows: rows
        ).lines
    }

    static func fields(_ differences: [FieldDifference], rows: Int) -> [String] {
        guard !differences.isEmpty else { return ["  none"] }
        let shown = differences.sorted { $0.material && !$1.material }.prefix(rows)
        let table = TerminalTable(
            heads: ["field", "suspect", "base", "material"], alignments: Array(repeating: .left, count: 4),
            rows: shown.map {
                [
                    TerminalText.escape($0.field, limit: 50),
                    $0.suspect.map { TerminalText.escape($0, limit: 50) } ?? "absent",
                    $0.base.map { TerminalText.escape($0, limit: 50) } ?? "absent", $0.material ? "yes" : "no",
                ]
            })
        return table.lines + more(differences.count - shown.count)
    }

    static func more(_ count: Int) -> [String] {
        count > 0 ? ["  … and \(NumberText.grouped(count)) more"] : []
    }
}
