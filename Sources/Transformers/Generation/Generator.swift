public import Kernels
public import Tensors

/// Continues and scores many texts with a language model.
///
/// Batches are formed from the texts alone, one batch a worker at a time, so that the bits of a result do not depend on
/// the number of threads. Texts that begin alike share the work on what they have in common.
public struct Generator {
    public let model: LanguageModel
    let workers: Workers
    let weights: PackedWeights

    /// How continuations are made.
    public struct Options: Sendable {
        /// Most new tokens of one prompt.
        public var maxNewTokens: Int
        /// Tokens that end a continuation and are not part of it.
        public var endIDs: Set<Int32>
        /// nil always takes the highest score, the first of equals.
        public var sampling: Sampling?

        public init(maxNewTokens: Int, endIDs: Set<Int32> = [], sampling: Sampling? = nil) {
            self.maxNewTokens = maxNewTokens
            self.endIDs = endIDs
            self.sampling = sampling
        }
    }

    /// Packs each weight once, when it is first used.
    ///
    /// - Parameters:
    ///   - model: whose values must not change while this is used.
    ///   - precision: of the matrix products.
    public init(_ model: LanguageModel, workers: Workers, precision: Precision = .f32) {
        self.model = model
        self.workers = workers
        weights = PackedWeights(model.parameters, precision: precision)
    }

    /// Tokens of the vocabulary: every id that is given to the model lies below.
    public var vocabulary: Int { model.causal.wordEmbeddings.rows }
    /// Most tokens of a prompt and its continuation together.
    public var maxPositions: Int { model.causal.maxPositions }

    /// The new tokens of each prompt, without the end token.
    ///
    /// A prompt that is empty or leaves no position free has none.
    /// - Parameters:
    ///   - prompts: token ids.
    ///   - options: when to stop, and how tokens are chosen.
    ///   - progress: called from any worker with the number of prompts just finished.
    public func continuations(
        _ prompts: [[Int32]], _ options: Options, progress: @Sendable (Int) -> Void = { _ in }
    ) -> [[Int32]] {
        ContinuationRun(suspect: self, reference: nil, options: options).continuations(prompts, progress)
    }

    func tape(_ context: ComputeContext) -> Tape {
        Tape(context: context, parameters: model.parameters, weights: .packed(weights))
    }

    /// Final hidden states of the next tokens of some sequences: [tokens, hidden].
    func hiddenStates(_ tape: Tape, _ ids: [[Int32]], _ sequences: CachedSequences) -> Activation {
        model.causal.hiddenStates(tape, PackedBatch(ids: ids, starts: sequences.starts), cache: sequences)
    }

    /// Outside of its range an id would read other memory.
    func check(_ prompts: [[Int32]]) {
        let vocabulary = vocabulary
        precondition(
            prompts.allSatisfy { $0.allSatisfy { 0 <= $0 && $0 < vocabulary } }, "token ids outside of the vocabulary")
    }
}
