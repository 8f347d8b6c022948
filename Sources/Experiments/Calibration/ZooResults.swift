import Checkpoints
import Files

/// All that the pages of a zoo are made of.
struct ZooResults: Sendable {
    let config: ZooConfig
    let configDigest: InputDigest
    let base: BaseModel
    /// The command that gives these results.
    let command: String
    let setups: [TaskSetup]
    let entries: [Entry]

    /// A model and what became of it.
    struct Entry: Sendable {
        let planned: PlannedModel
        /// nil of a model that was not run.
        let record: ZooRecord?
        /// nil of one that failed, too.
        let outcome: ZooOutcome?
    }

    var outcomes: [ZooOutcome] { entries.compactMap(\.outcome) }

    /// Models that failed, with why.
    var errors: [(name: String, error: String)] {
        entries.compactMap { entry in entry.record?.error.map { (entry.planned.name, $0) } }
    }

    /// Processors that finished models were audited on.
    var machines: [String] { Set(entries.compactMap { $0.outcome == nil ? nil : $0.record?.machine }).sorted() }

    /// Writes calibration.md, calibration.html, calibration.csv and calibration.json, each whole or not at all.
    func write(to folder: String) throws {
        let analysis = ZooAnalysis(outcomes)
        let page = ZooPage(results: self, analysis: analysis)
        let files = [("md", page.markdown), ("html", page.html), ("csv", ZooCSV.render(self, analysis))]
        for (type, text) in files { try AtomicFile.write(Array(text.utf8), to: "\(folder)/calibration.\(type)") }
        try JSONFile.write(ZooExport(self, analysis), to: folder + "/calibration.json")
    }
}
