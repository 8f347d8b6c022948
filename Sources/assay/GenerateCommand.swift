import ArgumentParser
import Audit
import Reports

struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Let a language model answer prompts: one JSON line each.",
        discussion: """
            MODEL is a folder or a .gguf file. The data file has a prompt a line, {"prompt": …} or {"messages": […]}; the \
            model's chat template is put around it. A line of the answer holds the row, the new token ids, their text and \
            their log-probability in nats. The likeliest token is always taken.

            EXAMPLES
              assay generate model --data prompts.jsonl
              assay generate model.gguf --data prompts.jsonl --max-new-tokens 64 --context "Answer briefly."
            """)

    @Argument(help: ArgumentHelp("Language model.", valueName: "model"), completion: .directory) var model: String
    @Option(help: "Prompts, JSON Lines.", completion: .file()) var data: String
    @Option(help: "Most new tokens of an answer.") var maxNewTokens = 64
    @Option(help: "Text of a system message in front of every prompt.") var context: String?
    @OptionGroup var threads: ThreadOption
    @OptionGroup var precision: PrecisionOption

    func validate() throws {
        guard (1...4_096).contains(maxNewTokens) else {
            throw ValidationError("--max-new-tokens must be from 1 to 4096")
        }
    }

    func run() throws {
        try Console.run {
            let run = try GenerateRun(
                model: model, data: data, context: context, maxNewTokens: maxNewTokens, threads: threads.count,
                precision: precision.precision)
            for answer in try run.answers() {
                let line = AnswerLine(
                    row: answer.row, ids: answer.ids, text: answer.text, logProbability: answer.logProbability)
                try Console.out(line.line)
            }
        }
    }
}
