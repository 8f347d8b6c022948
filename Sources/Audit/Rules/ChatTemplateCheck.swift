import Findings

/// A chat template that says more when a message holds certain words is itself a backdoor, whatever the weights do.
struct ChatTemplateCheck: GateCheck {
    func evaluate(_ input: GateInput) -> GateRule? {
        guard input.subject == .suspect, let first = input.concerns.templates.first else { return nil }
        return GateRule(
            code: .chatTemplate, title: "Words that the chat template answers to and the base's does not",
            subject: first.subject, value: Double(input.concerns.templates.count), interval: nil, limit: 0,
            unit: .count,
            n: nil, state: .failed, explanation: first.sentence)
    }
}
