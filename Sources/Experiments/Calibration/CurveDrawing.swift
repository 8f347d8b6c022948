/// A ROC curve as inline SVG.
struct CurveDrawing {
    let points: [CurvePoint]

    private static let size = 240.0
    private static let margin = 44.0

    var svg: String {
        let (size, margin) = (Self.size, Self.margin)
        let path = corners.map { "\(Self.number(margin + $0.x * size)),\(Self.number(margin + (1 - $0.y) * size))" }
        let whole = Self.number(size + 2 * margin)
        let (near, far) = (Self.number(margin), Self.number(margin + size))
        let ticks = [0, 0.5, 1].map { share in
            """
            <text x="\(Self.number(margin + share * size))" y="\(Self.number(margin + size + 18))" \
            text-anchor="middle">\(Int(share * 100)) %</text>
            <text x="\(Self.number(margin - 6))" y="\(Self.number(margin + (1 - share) * size + 4))" \
            text-anchor="end">\(Int(share * 100)) %</text>
            """
        }
        return """
            <svg role="img" aria-labelledby="roc-title" width="\(whole)" height="\(whole)" viewBox="0 0 \(whole) \(whole)" \
            fill="none" stroke="currentColor" font-size="11">
            <title id="roc-title">ROC curve: detected models against false alarms; the numbers are in the table</title>
            <rect x="\(near)" y="\(near)" width="\(Self.number(size))" height="\(Self.number(size))" opacity="0.4"/>
            <path d="M\(near) \(far) L\(far) \(near)" stroke-dasharray="3 4" opacity="0.4"/>
            <polyline points="\(path.joined(separator: " "))" stroke-width="2"/>
            <g fill="currentColor" stroke="none">
            \(ticks.joined(separator: "\n"))
            <text x="\(Self.number(margin + size / 2))" y="\(Self.number(margin + size + 36))" text-anchor="middle">false \
            alarms</text>
            <text x="\(near)" y="\(Self.number(margin - 12))">detected</text>
            </g>
            </svg>
            """
    }

    /// From nothing to everything, with a corner at each change.
    private var corners: [(x: Double, y: Double)] {
        var corners: [(x: Double, y: Double)] = [(0, 0)]
        for point in points.reversed() {
            let next = (x: point.falseAlarms.value, y: point.detections.value)
            if let last = corners.last, last != next { corners.append(next) }
        }
        if let last = corners.last, last != (1, 1) { corners.append((1, 1)) }
        return corners
    }

    private static func number(_ value: Double) -> String { DecimalText.of(value, places: 1) }
}
