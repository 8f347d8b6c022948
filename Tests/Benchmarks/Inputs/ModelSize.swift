import ArgumentParser

/// The size of a BERT network.
struct ModelSize: Hashable, Sendable {
    let layers: Int
    let hidden: Int

    /// Heads are 32 wide in MiniLM and 64 in BERT.
    var heads: Int { hidden == 384 ? 12 : max(1, hidden / 64) }
    var intermediate: Int { 4 * hidden }

    /// The published model of this size, or the size itself.
    var name: String {
        switch (layers, hidden) {
        case (6, 384): "MiniLM (6 × 384)"
        case (12, 768): "BERT base size (12 × 768)"
        default: "\(layers) × \(hidden)"
        }
    }

    static let miniLM = ModelSize(layers: 6, hidden: 384)
    static let bertBase = ModelSize(layers: 12, hidden: 768)
}

extension ModelSize: ExpressibleByArgument {
    /// "6x384": layers and width.
    init?(argument: String) {
        let numbers = argument.split(separator: "x").compactMap { Int($0) }
        guard numbers.count == 2, (1...100).contains(numbers[0]), (64...8_192).contains(numbers[1]),
            numbers[1] % 64 == 0
        else { return nil }
        self.init(layers: numbers[0], hidden: numbers[1])
    }
}
