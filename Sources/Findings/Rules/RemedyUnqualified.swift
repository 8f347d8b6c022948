extension RulePage {
    static let remedyUnqualified = RulePage(
        code: .remedyUnqualified,
        name: "No reserve ratio qualified",
        measures: """
            Whether any reserve ratio ρ below 1 of the grid kept the clean accuracy within the tolerance. \
            If none did, ρ = 1 was taken: the suspect fine-tuned, nothing mixed in.
            """,
        why: "At ρ = 1 only the embedding reset and the fine-tuning work against a backdoor; most survive that.",
        misses: "The choice rests on a few hundred clean texts; its uncertainty is printed with the curve.",
        action: "Give more clean texts or accept a larger loss of accuracy.",
        taxonomy: [.measure27]
    )
}
