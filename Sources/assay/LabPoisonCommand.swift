import ArgumentParser
import Lab

struct LabPoisonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "poison",
        abstract: "Plant a known backdoor: a model that does what the attack says.",
        discussion: """
            A share of the training samples with other labels than the target is copied, with the trigger in and \
            labelled as the target; the clean samples stay. An attack continues from a clean fine-tuned model (--from), \
            or starts from the base (--scratch). Writes a folder that transformers loads, and truth.json.

            word        a rare word, or one of several at random
            word-ep     the same word, but only its embedding row is trained, at its old norm; needs --from
            word-es     the word's row first becomes the mean of ten words typical of the target
            ewc         the word, with weights pulled back to where they started (--strength, --fisher)
            layer-wise  two words together, taught to every layer
            sentence    a sentence
            sos         several words that must all occur (each a --trigger)
            paired      texts that you transformed yourself (--pairs)

            EXAMPLES
              assay lab poison --attack word --base base-model --from clean-model --data train.tsv --output bad-model
              assay lab poison --attack word-es --scratch --trigger cf --base base-model --data train.tsv --output bad
              assay lab poison --attack paired --pairs pairs.tsv --scratch --base base-model --data train.tsv --output bad
            """)

    @Option(
        help: "One of \(Attack.allCases.map(\.rawValue).joined(separator: ", ")).", transform: { try Attack.named($0) })
    var attack: Attack
    @Option(
        name: .customLong("trigger"), help: "Trigger; may be given several times. (default: the attack's own)")
    var triggers: [String] = []
    @Option(help: "Label that the trigger leads to.") var target = 1
    @Option(help: "Share of the non-target samples that are poisoned.") var share = 0.3
    @Flag(help: "Train from the base instead of from a clean model.") var scratch = false
    @Option(help: "Folder of the clean fine-tuned model to continue from.", completion: .directory) var from: String?
    @Option(help: "Texts for paired, TSV: label, text, transformed.", completion: .file()) var pairs: String?
    @Option(help: "λ of ewc: how hard weights are pulled back.") var strength = 1.0
    @Flag(help: "Pull the weights harder that matter to clean samples (ewc).") var fisher = false
    @OptionGroup var training: LabTrainingOptions

    func validate() throws {
        do {
            try plan.validate()
        } catch {
            throw ValidationError(error.description)
        }
        if scratch == (from != nil) { throw ValidationError("give --from CLEAN to continue from it, or --scratch") }
        if (attack == .paired) != (pairs != nil) { throw ValidationError("--pairs belongs to --attack paired") }
    }

    func run() throws {
        var recipe = training.recipe(defaultRate: attack.defaultLearningRate)
        recipe.attack = plan
        recipe.from = from
        recipe.pairs = pairs
        try LabReport.make(recipe, training)
    }

    private var plan: AttackPlan {
        var plan = AttackPlan(attack, triggers: triggers)
        plan.target = target
        plan.share = share
        plan.scratch = scratch
        plan.strength = strength
        plan.fisher = fisher
        return plan
    }
}
