import ArgumentParser
import Checkpoints

struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Turn a GGUF file into a folder that transformers loads.",
        discussion: """
            Writes model.safetensors in F32, config.json and the tokenizer's files. Quantised weights become the numbers \
            that they stand for; nothing in the file is run.

            EXAMPLES
              assay convert model.gguf --output model
            """)

    @Argument(
        help: ArgumentHelp("Model in one GGUF file.", valueName: "model"), completion: .file(extensions: ["gguf"]))
    var model: String
    @Option(help: "Folder for the model, new or empty.", completion: .directory) var output: String

    func run() throws {
        try Console.run {
            for file in try GGUFConversion.write(model, to: output) {
                try Console.out("\(file.sha256)  \(file.name)\n")
            }
        }
    }
}
