import Checkpoints
import Datasets
import Transformers

extension LabRun {
    /// Checks that the options fit each other, without any file.
    static func checkStart(_ recipe: LabRecipe) throws(LabError) {
        if recipe.settings.patience != nil, recipe.dev == nil {
            throw LabError(.invalidPlan, "an early stop needs texts to judge by; name a dev file")
        }
        guard let plan = recipe.attack else {
            guard recipe.from == nil, recipe.pairs == nil else {
                throw LabError(
                    .invalidPlan,
                    "a clean fine-tune starts from the base and has no pairs; name an attack or leave both")
            }
            return
        }
        guard plan.scratch == (recipe.from == nil) else {
            throw LabError(
                .invalidPlan,
                plan.scratch
                    ? "an attack from scratch starts from the base; leave either the clean model or scratch out"
                    : "\(plan.attack.rawValue) continues from a clean fine-tuned model; name it, or train from scratch")
        }
        guard (plan.attack == .paired) == (recipe.pairs != nil) else {
            throw LabError(
                .invalidPlan,
                recipe.pairs == nil
                    ? "paired needs a file of clean and transformed texts; name it as pairs"
                    : "only paired takes a file of pairs; leave it out")
        }
        if plan.attack == .wordEP, recipe.checkpoint != nil || recipe.settings.patience != nil {
            throw LabError(.invalidPlan, "word-ep trains one row in a short time; leave checkpoint and patience out")
        }
    }

    /// The model's labels: of the clean model, as named, or numbered.
    static func labels(_ recipe: LabRecipe, from: ModelFolder?, rows: [LabelledText]) throws -> [String] {
        let count = (rows.map(\.label).max() ?? 0) + 1
        guard count >= 2 else {
            throw LabError(.labels, "\(recipe.data): all texts have label 0; a classifier needs two labels or more")
        }
        if let from {
            let names = try ClassifierSource(folder: from).labels
            guard names.count == count, names == recipe.labels ?? names else {
                throw LabError(
                    .labels,
                    "\(from.path): the clean model has the labels \(names.joined(separator: ", ")), and "
                        + (recipe.labels.map { "\($0.joined(separator: ", ")) are named" } ?? "the data has \(count)")
                        + "; fine-tune one on this data")
            }
            return names
        }
        guard let names = recipe.labels else { return (0..<count).map { "LABEL_\($0)" } }
        guard names.count >= count, Set(names).count == names.count else {
            throw LabError(
                .labels,
                "the data has \(count) labels, and the names are \(names.joined(separator: ", ")); give each label a "
                    + "name of its own")
        }
        return names
    }
}
