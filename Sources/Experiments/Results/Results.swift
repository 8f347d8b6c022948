import Checkpoints
import Files

/// All that the tables are made of.
struct Results: Sendable {
    let config: ExperimentConfig
    let configDigest: InputDigest
    let base: BaseModel
    /// The command that gives these results.
    let command: String
    let tasks: [TaskResults]

    /// Processors that finished cells were measured on.
    var machines: [String] { Set(tasks.flatMap { $0.records.values }.map(\.machine)).sorted() }
}

/// The four files of a table.
enum ResultFiles {
    /// Writes table.md, table.csv, table.json and table.html, each whole or not at all.
    static func write(_ results: Results, to folder: String) throws {
        let page = ResultsPage.blocks(results)
        let files = [
            ("table.md", PageMarkdown.render(page)), ("table.html", PageHTML.render(page)),
            ("table.csv", ResultsCSV.render(results)),
        ]
        for (name, text) in files { try AtomicFile.write(Array(text.utf8), to: folder + "/" + name) }
        try JSONFile.write(ResultsExport(results), to: folder + "/table.json")
    }
}
