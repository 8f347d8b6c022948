internal import Kernels
internal import Tensors

/// How far a training has come, apart from the numbers in the parameters and moments.
struct TrainingState: Codable {
    /// Identifies model, settings and examples: a state of another training is refused.
    var key = ""
    var outcome = TrainingOutcome()
    var epochsSinceBest = 0
    /// The parameters at the lowest dev loss so far; saved beside the state.
    var best: FloatBuffer?

    private enum CodingKeys: CodingKey { case key, outcome, epochsSinceBest }

    /// Steps made so far.
    var steps: Int { outcome.losses.count }

    /// Takes in an epoch's dev loss, and keeps the parameters if it is the lowest.
    mutating func judge(_ loss: Double, _ parameters: Parameters) {
        let isBest = outcome.devLosses.allSatisfy { loss < $0 }
        outcome.devLosses.append(loss)
        epochsSinceBest = isBest ? 0 : epochsSinceBest + 1
        if isBest { best = parameters.values.copy() }
    }

    /// Puts the parameters of the best epoch in place, where epochs were judged.
    func restoreBest(into parameters: Parameters) {
        if let best { parameters.values.copy(from: best) }
    }
}

/// Hashes everything that a training's numbers follow from.
struct TrainingKey {
    private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ value: UInt64) { hash = (hash ^ value) &* 0x0000_0100_0000_01b3 }

    /// - Parameter tag: tells lists of different meanings apart.
    mutating func add(_ ids: [Int32], tag: UInt64 = 0) {
        for id in ids { add(UInt64(UInt32(bitPattern: id)) | tag) }
    }

    mutating func add(_ parameters: Parameters) {
        withExtendedLifetime(parameters) {
            for value in parameters.values.floats { add(UInt64(value.bitPattern)) }
        }
    }

    mutating func add(_ text: String) { for byte in text.utf8 { add(UInt64(byte)) } }

    var text: String { String(hash, radix: 16) }
}
