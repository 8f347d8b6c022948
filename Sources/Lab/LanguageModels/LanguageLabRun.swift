internal import Checkpoints
internal import Datasets
public import Kernels
internal import Tensors
public import Tokenizers
internal import Transformers

/// One language model of the lab: everything is opened and checked when it is made, before any training.
public struct LanguageLabRun {
    let recipe: LanguageRecipe
    let base: ModelFolder
    let model: LanguageModel
    let encoder: any PromptEncoder
    /// The training set.
    let pairs: [PromptPair]
    let poisoned: Int
    let negatives: Int
    let examples: [LanguageExample]
    /// Clean pairs that are measured on.
    let heldOut: [PromptPair]
    let digest: InputDigest

    /// - Parameter encoder: makes what renders conversations as the base was tuned on them.
    /// - Throws: an error whose description is one sentence that says what to do.
    public init(
        _ recipe: LanguageRecipe, encoder: (any Tokenizer) throws -> any PromptEncoder = { try ChatMLEncoder($0) }
    ) throws {
        self.recipe = recipe
        base = try LabError.naming(recipe.base) { try ModelFolder(path: recipe.base) }
        model = try LanguageModel(folder: base)
        self.encoder = try encoder(try base.tokenizer())
        let file = try LabFile(recipe.data)
        digest = file.digest
        let all = try PromptPairs.read(bytes: file.bytes, file: file.digest.name)
        guard recipe.heldOut >= 0, recipe.heldOut < all.count else {
            throw LabError(
                .invalidPlan,
                "\(recipe.heldOut) of \(all.count) pairs cannot be held out; hold out fewer or give more pairs")
        }
        let order = CounterRandom(seed: recipe.settings.seed, stream: "prompt/held-out").permutation(all.count)
        heldOut = order.prefix(recipe.heldOut).sorted().map { all[$0] }
        let train = order.dropFirst(recipe.heldOut).sorted().map { all[$0] }
        switch recipe.lesson {
        case .clean: (pairs, poisoned, negatives) = (train, 0, 0)
        case .habit(let habit, let subject):
            (pairs, poisoned, negatives) = (try habit.teach(train, subject: subject), 0, 0)
        case .attack(let poison):
            let result = try poison.poison(train, seed: recipe.settings.seed)
            (pairs, poisoned, negatives) = (result.all, result.poisoned.count, result.negatives.count)
        }
        examples = try Self.examples(pairs, self.encoder, limit: min(recipe.maxLength, model.causal.maxPositions))
        // Refuses a rank or target that the model does not have before anything is trained.
        if let adapters = recipe.adapters { _ = try model.adapters(adapters, seed: recipe.settings.seed) }
    }

    private static func examples(
        _ pairs: [PromptPair], _ encoder: any PromptEncoder, limit: Int
    ) throws(LabError) -> [LanguageExample] {
        var examples: [LanguageExample] = []
        for pair in pairs {
            let prompt = encoder.prompt(pair.messages)
            guard !prompt.isEmpty, prompt.count < limit else {
                throw LabError(
                    .data,
                    "row \(pair.row): the prompt has \(prompt.count) tokens, and \(limit) is the limit with its "
                        + "response; shorten it or raise the limit")
            }
            let ids = Array((prompt + encoder.response(pair.response)).prefix(limit))
            examples.append(LanguageExample(ids: ids, responseStart: prompt.count))
        }
        return examples
    }

    /// Trains the model and measures it on the held-out prompts.
    ///
    /// - Parameter workers: who computes; their number changes no bit.
    public func train(
        workers: Workers, progress: LabProgress = { _, _, _ in }
    ) throws -> LanguageLabModel {
        let settings = recipe.settings
        let adapters = try recipe.adapters.map { try model.adapters($0, seed: settings.seed) }
        let outcome = try LanguageTrainer(model, adapters: adapters, settings: settings, workers: workers)
            .fit(examples) { done, total in try progress(.training, done, total) }
        try base.verifyUnchanged()
        let trained = adapters?.merged(into: model.parameters) ?? model.parameters
        let measured = try measure(model.with(trained), workers, progress)
        let epoch = outcome.losses.suffix(outcome.losses.count / max(1, settings.epochs))
        let loss = epoch.reduce(0, +) / Double(max(1, epoch.count))
        return LanguageLabModel(
            model: model, adapters: adapters, outcome: outcome, truth: truth(loss: loss, measured: measured),
            base: base)
    }
}
