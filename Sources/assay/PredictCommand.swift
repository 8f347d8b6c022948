import ArgumentParser
import Audit
import Checkpoints
import Datasets
import Kernels
import Reports
import Tokenizers
import Transformers

struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Print a model's token ids, logits and label for each text, one JSON line a text.",
        discussion: """
            The data file has a header "text", "text<TAB>text_pair" or either with "label" before it.

            EXAMPLES
              assay predict model --data texts.tsv
            """)

    @Argument(help: ArgumentHelp("Folder of the classifier.", valueName: "model"), completion: .directory) var model:
        String
    @Option(help: "Texts, TSV.", completion: .file()) var data: String
    @Option(help: "Tokens of one text. (default: the tokenizer's limit, else 128)") var maxLength: Int?
    @OptionGroup var threads: ThreadOption
    @OptionGroup var precision: PrecisionOption

    func run() throws {
        try Console.run {
            let folder = try ModelPair.inFolder(model) { try ModelFolder(path: model) }
            let classifier = try ClassifierSource(folder: folder).load()
            let tokenizer = try folder.tokenizer()
            try classifier.architecture.check(tokenizer, folder: model)
            let limit = try classifier.architecture.maxLength(maxLength, atLeast: 2, tokenizer, folder: model)
            let file = try InputFile(path: data)
            let texts = try TSVDataset.readTexts(bytes: file.bytes(), file: file.name)
            let evaluator = Evaluator(
                classifier, workers: Workers(threads: threads.count), precision: precision.precision)
            var withoutNumbers: [Int] = []
            // A thousand texts at a time, so that memory does not grow with the file.
            for start in stride(from: 0, to: texts.count, by: 1_000) {
                let part = texts[start..<min(start + 1_000, texts.count)]
                let encodings = part.map { tokenizer.encode($0.text, pair: $0.pair, maxLength: limit) }
                let logits = evaluator.logits(encodings)
                let lines = encodings.indices.map { index in
                    let label = logits.prediction(index)
                    return PredictionLine(
                        row: part[start + index].row, ids: encodings[index].ids, logits: Array(logits[index]),
                        label: label, labelName: classifier.labels[label])
                }
                withoutNumbers += lines.filter { !$0.isFinite }.map(\.row)
                try Console.out(lines.map(\.text).joined())
            }
            try folder.verifyUnchanged()
            if let first = withoutNumbers.first { Console.error(warning(first, count: withoutNumbers.count)) }
        }
    }

    /// What is said of logits that JSON has no number for.
    private func warning(_ row: Int, count: Int) -> String {
        "assay: \(TerminalText.escape(model)): logits of \(count) texts, the first in row \(row), are NaN or infinite and "
            + "written as null: the model's values overflow there, so its label means nothing\n"
    }
}
