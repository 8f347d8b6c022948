import Findings

/// Weights that are NaN or infinite cannot be run, so there is nothing to measure.
struct NonFiniteCheck: GateCheck {
    func evaluate(_ input: GateInput) -> GateRule? {
        guard let first = input.weights.nonFinite.first else { return nil }
        let count = input.weights.nonFinite.count
        return GateRule(
            code: .nonFinite, title: "Tensors with NaN or infinity", subject: first, value: Double(count),
            interval: nil, limit: 0, unit: .count, n: nil, state: .inconclusive,
            explanation: "A model with such weights cannot be run, so nothing was probed.")
    }
}

/// Against the wrong base every number is meaningless.
struct WrongBaseCheck: GateCheck {
    func evaluate(_ input: GateInput) -> GateRule? {
        let limit = input.policy.minimumBaseCosine
        let cosine = input.weights.medianCosine ?? 0
        let passed = cosine >= limit
        return GateRule(
            code: .wrongBase, title: "Median cosine between suspect and base", value: cosine, interval: nil,
            limit: limit, unit: .rate, n: nil, state: passed ? .passed : .inconclusive,
            explanation: passed
                ? "The suspect was fine-tuned from this base."
                : "The suspect does not look fine-tuned from this base; give the right one.")
    }
}

/// Tensors that nothing explains escape the comparison; a type that is not read is no sign of malice.
struct UnmatchedTensorCheck: GateCheck {
    func evaluate(_ input: GateInput) -> GateRule? {
        let unexplained = input.weights.unmatched.filter { !$0.expected }
        let unread = unexplained.filter { $0.reason == .dtype }
        let limit = input.policy.unmatchedTensors
        let state: GateRule.State =
            unexplained.count - unread.count > limit ? .failed : unexplained.count > limit ? .inconclusive : .passed
        let explanation =
            switch state {
            case .passed: "Everything but the classification head was compared."
            case .failed: "What these tensors do was not compared."
            default: "Tensors of a type that is not read were not audited."
            }
        return GateRule(
            code: .unmatchedTensor, title: "Tensors without an explained counterpart in the base",
            subject: state == .passed ? nil : (unexplained.first { $0.reason != .dtype } ?? unexplained.first)?.name,
            value: Double(unexplained.count), interval: nil, limit: Double(limit), unit: .count, n: nil, state: state,
            explanation: explanation)
    }
}

/// A tokenizer that differs from the base's can flip predictions with identical weights.
struct TokenizerDifferenceCheck: GateCheck {
    func evaluate(_ input: GateInput) -> GateRule? {
        let material = input.weights.tokenizerDifferences.filter(\.material)
        let limit = input.policy.tokenizerDifferences
        let count = material.reduce(0) { $0 + $1.count }
        let passed = count <= limit
        return GateRule(
            code: .tokenizerDifference, title: "Tokenizer differences that can change predictions",
            subject: passed ? nil : material.first?.field, value: Double(count), interval: nil,
            limit: Double(limit), unit: .count, n: nil, state: passed ? .passed : .failed,
            explanation: passed
                ? "The tokenizer is the base's."
                : "Texts are read differently from the base: compare them before anything else.")
    }
}
