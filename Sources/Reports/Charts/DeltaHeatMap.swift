internal import Findings
internal import Markup

/// Relative change of every encoder tensor: a row for each kind, a column for each layer.
enum DeltaHeatMap {
    /// Light to dark; restated by the style sheet for dark pages.
    private static let ramp = ["#fef3e2", "#fde0b6", "#fbc587", "#f59e58", "#e4752f", "#c2510f", "#8a350b"]
    private static let left = 124.0

    static func chart(_ tensors: [TensorDelta]) -> Chart? {
        let cells = tensors.filter { (0..<200).contains($0.layer ?? -1) && isShown($0.relativeNorm) }
        var kinds: [String] = []
        for cell in cells where !kinds.contains(cell.kind) { kinds.append(cell.kind) }
        let layers = (cells.compactMap(\.layer).max() ?? -1) + 1
        guard layers > 0, !kinds.isEmpty, kinds.count <= 60 else { return nil }
        let values = cells.compactMap(\.relativeNorm)
        guard let low = values.min(), let high = values.max() else { return nil }
        kinds = ordered(kinds)
        let width = min((360 - left) / Double(layers), 59)
        var marks: [Element] = []
        for (row, kind) in kinds.enumerated() {
            marks.append(
                Chart.text(left - 6, 31 + Double(row) * 18, label(kind), "label", anchor: "end", size: 11))
        }
        for layer in stride(from: 0, to: layers, by: max(1, (layers + 11) / 12)) {
            marks.append(
                Chart.text(left + (Double(layer) + 0.5) * width, 14, "\(layer)", "tick", anchor: "middle", size: 11))
        }
        marks.append(Chart.text(left - 6, 14, "layer", "tick", anchor: "end", size: 11))
        for cell in cells { marks += mark(cell, kinds: kinds, width: width, low: low, high: high) }
        let bottom = 18 + Double(kinds.count) * 18
        marks += legend(low: low, high: high, y: bottom + 12)
        let most = WeightsView.mostMoved(cells).prefix(3).map {
            "\(VisibleText.clipped($0.name, to: 80)) \(NumberText.fixed($0.relativeNorm ?? 0, 4))"
        }
        return Chart(
            id: "chart-delta", title: "Relative change by layer and kind of tensor",
            description: "From \(NumberText.significant(low)) to \(NumberText.significant(high)). "
                + "Most: \(most.joined(separator: ", ")).",
            caption: "‖Δ‖ relative to the base's norm; a ringed cell stands out from its kind (robust z above 3.5).",
            width: 360, height: bottom + 44, marks: marks)
    }

    private static func isShown(_ value: Double?) -> Bool {
        value.map { $0.isFinite && $0 >= 0 } ?? false
    }

    private static func mark(
        _ cell: TensorDelta, kinds: [String], width: Double, low: Double, high: Double
    ) -> [Element] {
        guard let layer = cell.layer, layer >= 0, let value = cell.relativeNorm,
            let row = kinds.firstIndex(of: cell.kind)
        else { return [] }
        let step = step(value, low: low, high: high)
        var mark = Chart.rect(
            left + Double(layer) * width, 18 + Double(row) * 18, width - min(1.5, width * 0.2), 16.5, "h\(step)",
            fill: ramp[step],
            title: "\(VisibleText.clipped(cell.name, to: 100)): \(NumberText.fixed(value, 4))")
        if let z = cell.robustZ, z > 3.5 {
            mark["stroke"] = "currentColor"
            mark["stroke-width"] = "2"
        }
        return [mark]
    }

    /// The colour step of a value on a square-root scale, which keeps small changes apart.
    private static func step(_ value: Double, low: Double, high: Double) -> Int {
        let share = Scale(domain: Scale.bounds(low.squareRoot(), high.squareRoot()), range: 0...1)(value.squareRoot())
        return min(ramp.count - 1, Int(share * Double(ramp.count)))
    }

    private static func legend(low: Double, high: Double, y: Double) -> [Element] {
        var marks = ramp.indices.map { Chart.rect(left + Double($0) * 22, y, 22, 10, "h\($0)", fill: ramp[$0]) }
        marks.append(Chart.text(left, y + 24, NumberText.significant(low), "tick", size: 11))
        marks.append(
            Chart.text(
                left + Double(ramp.count) * 22, y + 24, NumberText.significant(high), "tick", anchor: "end", size: 11))
        return marks
    }

    /// Parts of a layer in the order of the forward pass, with their short names.
    private static let parts: [(name: String, label: String)] = [
        ("attention.self.query", "query"), ("attention.self.key", "key"), ("attention.self.value", "value"),
        ("attention.output.dense", "attention out"), ("attention.output.LayerNorm", "attention norm"),
        ("intermediate.dense", "ffn in"), ("output.dense", "ffn out"), ("output.LayerNorm", "ffn norm"),
    ]

    /// Known kinds in the order of `parts`, weight before bias; the others after them, by name.
    private static func ordered(_ kinds: [String]) -> [String] {
        let known = parts.flatMap { [$0.name + ".weight", $0.name + ".bias"] }
        let others = kinds.filter { !known.contains($0) }
        return known.filter(kinds.contains)
            + others.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }

    /// A kind in a few words.
    private static func label(_ kind: String) -> String {
        for part in parts {
            if kind == part.name + ".weight" { return part.label }
            if kind == part.name + ".bias" { return part.label + " bias" }
        }
        let name = kind.hasSuffix(".weight") ? String(kind.dropLast(7)) : kind
        return ChartText.fitted(VisibleText.clipped(name, to: 60), to: left - 8, size: 11)
    }
}
