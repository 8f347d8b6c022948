/// Measurements along one quantity, for a chart.
struct Series: Codable, Sendable {
    struct Point: Codable, Sendable {
        let x: Double
        let y: Sample
    }

    struct Line: Codable, Sendable {
        let name: String
        let points: [Point]
    }

    enum AxisScale: String, Codable, Sendable { case linear, logarithmic }

    /// Name of the chart's file, without an ending.
    let id: String
    let title: String
    let xLabel: String
    let yLabel: String
    var xScale = AxisScale.linear
    var yScale = AxisScale.linear
    /// At least one.
    let lines: [Line]
}
