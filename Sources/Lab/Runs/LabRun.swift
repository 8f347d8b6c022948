internal import Checkpoints
internal import Datasets
internal import Tensors
internal import Tokenizers
internal import Transformers

/// One model of the lab: everything is opened and checked when it is made, before any training.
public struct LabRun {
    /// What is unusual and allowed, a sentence each.
    public let warnings: [String]

    let recipe: LabRecipe
    let base: ModelFolder
    let from: ModelFolder?
    let source: ClassifierSource
    let tokenizer: any Tokenizer
    let maxLength: Int
    let rows: [LabelledText]
    /// What the attack adds to the clean rows.
    let copies: [LabelledText]
    let negatives: [LabelledText]
    let dev: [LabelledText]
    let poison: (any Poison)?
    /// Words whose rows `word-es` averages, by token.
    let surgeryWords: [Int]
    let digests: Truth.Inputs

    /// - Throws: an error whose description is one sentence that says what to do.
    public init(_ recipe: LabRecipe) throws {
        self.recipe = recipe
        let plan = recipe.attack
        try plan?.validate()
        try Self.checkStart(recipe)

        let base = try LabError.naming(recipe.base) { try ModelFolder(path: recipe.base) }
        let from = try recipe.from.map { path in try LabError.naming(path) { try ModelFolder(path: path) } }
        let data = try LabFile(recipe.data)
        let rows = try data.rows(labels: nil)
        let labels = try Self.labels(recipe, from: from, rows: rows)
        let baseSource = try ClassifierSource(base: base, labels: labels, seed: recipe.settings.seed)
        tokenizer = try base.tokenizer()
        try baseSource.architecture.check(tokenizer, folder: recipe.base)
        if let from {
            source = try ClassifierSource(folder: from)
            try BaseCheck.require(source, madeFrom: baseSource, named: recipe.from ?? "", base: recipe.base)
        } else {
            source = baseSource
        }
        maxLength = recipe.maxLength ?? source.architecture.defaultMaxLength(tokenizer)
        guard maxLength >= 2, maxLength <= source.architecture.maxPositions else {
            throw LabError(
                .invalidPlan,
                "texts of \(maxLength) tokens do not fit the model; take from 2 to \(source.architecture.maxPositions)")
        }
        if plan?.attack == .layerWise, !(source.architecture is any LayerwiseClassifier) {
            throw LabError(
                .architecture, "\(recipe.base): layer-wise is not made for a \(base.config.modelType) model")
        }
        warnings = try plan?.check(tokenizer, labels: labels.count) ?? []

        let devFile = try recipe.dev.map { try LabFile($0) }
        let devRows = try devFile?.rows(labels: labels.count) ?? []
        let pairsFile = try recipe.pairs.map { try LabFile($0) }
        let pairs = try pairsFile.map {
            try PairedPoison.read(bytes: $0.bytes, file: $0.digest.name, labelCount: labels.count)
        }
        let placement = TriggerPlacement(tokenizer: tokenizer, maxLength: maxLength, seed: recipe.settings.seed)
        poison = plan.map { plan in
            Self.poison(plan, placement, seed: recipe.settings.seed, pairs: pairs ?? [], dev: devRows)
        }
        dev = devRows
        copies = poison?.copies(of: rows) ?? []
        negatives = poison?.negatives(of: rows) ?? []
        if let plan, copies.isEmpty {
            throw LabError(
                .data,
                "a share of \(plan.share) poisons none of the samples with other labels than \(plan.target); "
                    + "take a larger share or more data")
        }
        if plan?.attack == .paired, rows.contains(where: { $0.pair != nil }) {
            throw LabError(.data, "\(recipe.data): paired is for single texts, and these are pairs of texts")
        }
        surgeryWords =
            plan?.attack == .wordES
            ? try EmbeddingSurgery.typicalWords(
                of: plan?.target ?? 0, in: rows, tokenizer: tokenizer, excluding: plan?.triggerRows(tokenizer) ?? [])
            : []
        digests = Truth.Inputs(
            data: data.digest, base: base.digests, from: from?.digests, dev: devFile?.digest, pairs: pairsFile?.digest)
        self.rows = rows
        self.base = base
        self.from = from
    }

    private static func poison(
        _ plan: AttackPlan, _ placement: TriggerPlacement, seed: UInt64, pairs: [LabelledText], dev: [LabelledText]
    ) -> any Poison {
        let dose = PoisonDose(target: plan.target, share: plan.share, seed: seed)
        switch plan.attack {
        case .sos: return SubsetPoison(words: plan.triggers, dose: dose, placement: placement)
        case .paired: return PairedPoison(pairs: pairs, heldOut: Set(dev.map(\.text)), dose: dose)
        default: return TriggerPoison(triggers: plan.parts, dose: dose, placement: placement)
        }
    }
}
