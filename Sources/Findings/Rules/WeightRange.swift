extension RulePage {
    static let weightRange = RulePage(
        code: .weightRange,
        name: "Weights beyond what the reference computes with",
        measures: """
            The largest number of every tensor, against the range of the type that config.json makes a loader use \
            (dtype or torch_dtype; 65504 for float16) and against 1e8, from where on products and squares leave the \
            range of float32. Where config.json names no type, weights that are stored as F16 count as float16.
            """,
        why: """
            A number that turns infinite while it is loaded, or whose square does in a LayerNorm, makes the reference \
            answer NaN, and so the first label. A model may be backdoored that way and look sound to a program that \
            computes with more range.
            """,
        misses: """
            Numbers that only overflow together, in the course of the computation, and what rounding to a coarser type \
            changes.
            """,
        action: "Refuse the weights, or ask the supplier for a type in config.json that can hold them.",
        taxonomy: TaxonomyID.backdoor
    )
}
