/// Continues texts with what tells a model from a reference made stronger: the scores are l_S + α·(l_S − l_B).
///
/// What a model has learned beyond its reference so comes out without the prompt that elicits it.
public struct AmplifiedGenerator {
    private let suspect: Generator
    private let reference: Generator
    /// α: 0 is the suspect itself.
    public let alpha: Double

    /// - Throws: `ModelError` where the vocabularies have different sizes.
    public init(suspect: Generator, reference: Generator, alpha: Double) throws {
        guard suspect.vocabulary == reference.vocabulary else {
            throw ModelError(
                .checkpointMismatch, file: "config.json",
                detail: "the suspect's vocabulary has \(suspect.vocabulary) tokens and the reference's "
                    + "\(reference.vocabulary), so that their scores cannot be subtracted; give the base that the "
                    + "suspect was made from")
        }
        self.suspect = suspect
        self.reference = reference
        self.alpha = alpha
    }

    /// The new tokens of each prompt, without the end token, as ``Generator/continuations(_:_:progress:)`` has them.
    public func continuations(
        _ prompts: [[Int32]], _ options: Generator.Options, progress: @Sendable (Int) -> Void = { _ in }
    ) -> [[Int32]] {
        ContinuationRun(suspect: suspect, reference: (reference, Float(alpha)), options: options)
            .continuations(prompts, progress)
    }
}
