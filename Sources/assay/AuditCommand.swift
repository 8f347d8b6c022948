public import ArgumentParser
public import Audit
import Checkpoints
import Files
import Findings
import Reports

extension ScanMode: ExpressibleByArgument {}

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Audit a suspect model against its base: verdict, report, exit code.",
        discussion: """
            SUSPECT and BASE are folders as Hugging Face writes them: config.json, tokenizer, and weights as \
            safetensors or PyTorch .bin, whole or in shards. SUSPECT may be a LoRA adapter, which is merged into BASE. \
            A .gguf file may stand in place of a folder. For a classifier the data file has a header "label<TAB>text" or \
            "label<TAB>text<TAB>text_pair" and a few hundred clean rows; for a language model it is JSON Lines of \
            {"prompt": …, "response": …} or {"messages": […]}.

            EXAMPLES
              assay audit vendor-model --base base-model --data clean.tsv
              assay audit vendor-model --base base-model --data clean.tsv --triggers words.txt --export purified
              assay audit chat-model --base base-chat-model --data prompts.jsonl --targets fears.txt
              assay audit vendor-model --base base-model --data clean.tsv --format html,sarif,junit --policy gate.yml
              assay audit vendor-model --base base-model --data clean.tsv --baseline last/result.json
              assay audit vendor-model --base base-model --data clean.tsv --fail-on never
            """)

    @Argument(
        help: ArgumentHelp("Folder of the model under suspicion, or of a LoRA adapter.", valueName: "suspect"),
        completion: .directory)
    var suspect: String
    @Option(help: "Folder of the pre-trained model it was fine-tuned from.", completion: .directory) var base: String
    @Option(
        help: "Clean labelled texts, TSV; of a language model, prompts with responses, JSON Lines.", completion: .file()
    )
    var data: String
    @Option(help: "File of further triggers to try, one a line.", completion: .file()) var triggers: String?
    @Option(
        help: "File of strings that an answer should not hold, one a line; for language models.", completion: .file())
    var targets: String?
    @Flag(help: "Leave out the triggers of published attacks: find everything anew.") var noKnownTriggers = false
    @Option(help: "Tokens to measure as unknown triggers: quick (hundreds), standard (thousands), exhaustive (all).")
    var scan = ScanMode.standard
    @Flag(help: "Look at activations and at perturbed weights as well: reported, never gated.") var signals = false
    @Flag(help: "Stop after the suspect's verdict: no Fine-mixing, no purified model.") var noRemedy = false
    @Option(help: "Token or word frequencies: JSON object, or lines of word and count.", completion: .file())
    var frequencies: String?
    @Option(help: "Folder for the reports.", completion: .directory) var output = "audit-report"
    @Option(help: "Folder for the purified model.", completion: .directory) var export: String?
    @Option(help: "Folder of saved stages: a repeated or killed audit goes on from there.", completion: .directory)
    var work: String?
    @Option(help: "Seed of every random choice.") var seed: UInt64 = 0
    @OptionGroup var threads: ThreadOption
    @OptionGroup var precision: PrecisionOption
    @OptionGroup(title: "Gate") var terms: GateArguments
    @Option(help: "Failures that give exit code 1: gate, or never.") var failOn = FailOn.gate
    @Option(help: "Whose verdict the exit code is: suspect or purified.") var gate = GateSubject.suspect
    @OptionGroup(title: "Reports") var reports: ReportOptions
    @Option(help: "Tokens of one text, at least 32. (default: the tokenizer's limit, else 128)") var maxLength: Int?
    @Option(help: "Reserve ratios to try, separated by commas. (default: 0,0.1,…,1)") var rho: String?
    @Flag(help: "Try every reserve ratio, not only as many as the choice needs.") var rhoCurve = false
    @Option(help: "Epochs of fine-tuning.") var epochs = PurificationDefaults.epochs
    @Option(help: "Peak learning rate of fine-tuning.") var lr = PurificationDefaults.learningRate
    @Option(help: "Texts of one training step.") var batch = PurificationDefaults.batchSize
    @Flag(help: "Leave E-PUR out: mix the word embeddings like everything else.") var noEpur = false
    @Option(name: .customLong("base-sha256"), help: "SHA-256 that the base's weights file must have.")
    var baseSHA256: String?
    @Flag(help: "Leave time, memory and host out of the reports: equal audits give equal bytes.")
    var reproducible = false

    enum GateSubject: String, ExpressibleByArgument, CaseIterable { case suspect, purified }

    func validate() throws {
        guard !(noRemedy && (export != nil || gate == .purified)) else {
            throw ValidationError("--no-remedy makes no purified model: leave --export and --gate purified out")
        }
        guard (1...1_000).contains(epochs) else { throw ValidationError("--epochs must be from 1 to 1000") }
        guard lr > 0, lr <= 1 else { throw ValidationError("--lr must be above 0 and at most 1") }
        guard (1...4_096).contains(batch) else { throw ValidationError("--batch must be from 1 to 4096") }
        if let baseSHA256, baseSHA256.count != 64 || !baseSHA256.allSatisfy(\.isHexDigit) {
            throw ValidationError("--base-sha256 must be 64 hexadecimal digits")
        }
        _ = try ratios()
    }

    func run() throws {
        try Console.run(verdict: true) {
            try Folder.requireCreatable(output)
            let clock = RunClock(threads: threads.count)
            let progress = Progress()
            let audit = try AuditRun(options()) { progress.show($0) }
            let writer = try reports.templates.writer()
            let result = try audit.run()
            let formats = reports.format.formats
            try ReportFiles.write(
                result, run: reproducible ? nil : clock.record(audit.stages), formats: formats, to: output,
                writer: writer)
            try Console.out(Colours.painted(AuditSummary.text(result)))
            try Console.out("\n" + ReportFiles.line(output, formats))
            reports.openIfAsked(output)
            try Conclusion.end(result)
        }
    }

    private func options() throws -> AuditOptions {
        var options = AuditOptions(
            suspect: suspect, base: base, data: data, threads: threads.count, command: CommandLineText.current)
        options.precision = precision.precision
        options.triggers = triggers
        options.targets = targets
        options.knownTriggers = !noKnownTriggers
        options.scan = scan
        options.signals = signals
        options.remedy = !noRemedy
        options.frequencies = frequencies
        options.export = export
        options.work = work
        options.seed = seed
        options.maxLength = maxLength
        if let ratios = try ratios() { options.rho = ratios }
        options.rhoCurve = rhoCurve
        options.epochs = epochs
        options.learningRate = lr
        options.batchSize = batch
        options.epur = !noEpur
        options.baseSHA256 = baseSHA256
        options.gate = gate == .purified ? .purified : .suspect
        options.terms = try terms.options(enforced: failOn == .gate)
        return options
    }

    private func ratios() throws -> [Double]? {
        guard let rho else { return nil }
        let ratios = rho.split(separator: ",").map { Double($0) ?? -1 }
        guard !ratios.isEmpty, ratios.allSatisfy({ (0...1).contains($0) }) else {
            throw ValidationError("--rho takes numbers from 0 to 1 separated by commas, such as 0.1,0.3,0.5")
        }
        return Array(Set(ratios)).sorted()
    }
}
