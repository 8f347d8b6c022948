internal import Kernels
internal import Tensors
internal import Tokenizers

/// How far a training has come, apart from the numbers in the parameters and moments.
struct TrainingState: Codable {
    /// Identifies model, settings and examples: a state of another training is refused.
    var key = ""
    var outcome = Trainer.Outcome()
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

    /// A key of everything that a training's numbers follow from.
    static func key(
        _ model: SequenceClassifier, _ settings: TrainingSettings, _ examples: [TrainingExample],
        _ dev: [TrainingExample]
    ) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ value: UInt64) { hash = (hash ^ value) &* 0x0000_0100_0000_01b3 }
        for example in examples + dev {
            for id in example.encoding.ids { add(UInt64(UInt32(bitPattern: id))) }
            for type in example.encoding.typeIDs { add(UInt64(UInt32(bitPattern: type)) | 1 << 40) }
            add(UInt64(example.label) | 1 << 41)
        }
        for value in model.parameters.values.floats { add(UInt64(value.bitPattern)) }
        for byte in "\(settings) \(examples.count) \(InstructionLevel.current)".utf8 { add(UInt64(byte)) }
        return String(hash, radix: 16)
    }
}
