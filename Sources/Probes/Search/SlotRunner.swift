import Tokenizers
import Transformers

/// Runs phrases in carriers, so many at a time that memory does not grow with their number.
struct SlotRunner {
    let evaluator: Evaluator

    /// Texts in memory at once.
    private static let chunk = 2_048

    /// Runs each wanted phrase in each carrier.
    ///
    /// - Parameters:
    ///   - wanted: whether a phrase is to be run in a carrier.
    ///   - receive: the phrase, the carrier, and the logits with the place of this pass in them; in order.
    ///   - progress: called with the number of phrases done.
    /// - Returns: forward passes.
    @discardableResult
    func run(
        _ phrases: [[Int32]], in carriers: [TokenCarrier], where wanted: (Int, Int) -> Bool = { _, _ in true },
        progress: (Int) -> Void = { _ in }, receive: (Int, Int, Logits, Int) -> Void
    ) -> Int {
        var passes = 0
        var pending: [(phrase: Int, carrier: Int)] = []
        var encodings: [Encoding] = []
        func flush() {
            let logits = evaluator.logits(encodings)
            for (place, pass) in pending.enumerated() { receive(pass.phrase, pass.carrier, logits, place) }
            passes += pending.count
            pending.removeAll(keepingCapacity: true)
            encodings.removeAll(keepingCapacity: true)
        }
        for phrase in phrases.indices {
            for carrier in carriers.indices where wanted(phrase, carrier) {
                pending.append((phrase, carrier))
                encodings.append(carriers[carrier].encoding(inserting: phrases[phrase]))
            }
            if pending.count >= Self.chunk {
                flush()
                progress(phrase + 1)
            }
        }
        if !pending.isEmpty { flush() }
        progress(phrases.count)
        return passes
    }

    /// Adds to each phrase's tally what it does to the carriers, all of labels other than the target.
    func add(_ carriers: [TokenCarrier], to tallies: inout [FlipTally], of phrases: [[Int32]], target: Int) {
        run(phrases, in: carriers) { phrase, _, logits, place in
            tallies[phrase].add(logits, place, target: target)
        }
    }
}
