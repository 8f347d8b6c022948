import Audit
import Files
import Findings
import Testing

@testable import Experiments

@Suite struct ResultsTests {
    private let attacks = """
        attacks: [{ name: word, triggers: [cf] }, { name: word (scratch), triggers: [cf] }]
        remedies: [fine-tuning, fine-mixing]
        epur: [on]
        seeds: [1, 2]
        """
    private static let mixing = TreatmentChoice(method: .fineMixing, epur: true)
    private static let tuning = TreatmentChoice(method: .fineTuning, epur: true)

    /// A record with accuracy .9 and an ASR.
    private static func record(_ cell: PlannedCell, asr: Double, rho: Double? = nil) -> CellRecord {
        var record = CellRecord(
            cell: cell.id, key: cell.key, inputs: cell.inputs, reductions: [], seconds: 2, machine: "a machine")
        record.measured = ModelMeasurement(
            accuracy: Rate(90, of: 100), attackSuccess: Rate(asr * 50, of: 50), floor: Rate(5, of: 50), triggers: [],
            logLoss: 0.3)
        record.purified = rho.map {
            CellRecord.Purified(rho: $0, choice: .qualified, curve: [], steps: 4, texts: 24, rowsReset: 5)
        }
        return record
    }

    /// Results of an experiment whose cells have the ASR that the closure gives; nil is not run.
    private func results(_ asr: (CellID) -> Double?) throws -> Results {
        let folder = try TinyExperiment()
        let experiment = try folder.experiment(TinyExperiment.yaml(attacks))
        try Folder.create(experiment.cells.folder)
        for cell in experiment.plans.flatMap(\.cells) {
            guard let asr = asr(cell.id) else { continue }
            try experiment.cells.save(
                Self.record(cell, asr: asr, rho: cell.id.treatment == nil ? nil : 0.1 * Double(cell.id.seed)))
        }
        return Results(
            config: experiment.config, configDigest: experiment.configDigest, base: experiment.base, command: "assay",
            tasks: experiment.plans.map { TaskResults($0, experiment.cells) })
    }

    @Test func `an experiment that was not run is a table of dashes`() throws {
        let results = try results { _ in nil }
        let table = TaskTables(results: results.tasks[0])
        #expect(table.attacks.header == ["attack", "", "before", "fine-tuning + E-PUR", "fine-mixing + E-PUR"])
        #expect(table.attacks.rows.count == 8)
        #expect(table.attacks.rows[0] == ["word", "ACC", "–", "–", "–"])
        #expect(table.attacks.rows[3] == ["", "ρ", "", "", "–"])
        #expect(table.means == nil)
        #expect(PageMarkdown.render(ResultsPage.blocks(results)).contains("0 of 14 cells are finished"))
        #expect(ResultsCSV.render(results).split(separator: "\n").count == 15)
    }

    @Test func `a partial table shows what there is`() throws {
        let results = try results { id in
            id.attack == "word" && (id.treatment == nil || id.seed == 1) ? (id.seed == 1 ? 1 : 0.8) : nil
        }
        let rows = TaskTables(results: results.tasks[0]).attacks.rows
        #expect(rows[1] == ["", "ASR", "90.0 ± 14.1", "100.0 (1 of 2 seeds)", "100.0 (1 of 2 seeds)"])
        #expect(rows[3] == ["", "ρ", "", "", "0.1"])
        #expect(rows[5] == ["", "ASR", "–", "–", "–"])
    }

    @Test func `columns are compared on the cells that all of them have`() throws {
        let results = try results { id in
            if id.attack != "word", id.seed == 2, id.treatment == Self.mixing { return nil }
            switch id.treatment {
            case Self.mixing: return id.seed == 1 ? 0.2 : 0.4
            case Self.tuning: return 0.6
            default: return 1
            }
        }
        let means = results.tasks[0].means
        #expect(means.map(\.cells) == [3, 3, 3])
        let last = try #require(means.last)
        #expect(last.treatment == Self.mixing)
        #expect(abs(last.attackSuccess.mean - 0.8 / 3) < 1e-12)
        #expect(abs((last.attackSuccess.deviation ?? 0) - 0.2 / 2.0.squareRoot()) < 1e-12, "of the seeds' means")
        let page = PageMarkdown.render(ResultsPage.blocks(results))
        #expect(page.contains("Lowest mean ASR: fine-mixing + E-PUR with 26.7 %"))
    }

    @Test func `one seed is shown with its interval`() throws {
        let folder = try TinyExperiment()
        let experiment = try folder.experiment(TinyExperiment.yaml(attacks.replacing("[1, 2]", with: "[1]")))
        try Folder.create(experiment.cells.folder)
        let cell = experiment.plans[0].seeds[0].suspects[1].cells[0]
        try experiment.cells.save(Self.record(cell, asr: 1))
        let rows = TaskTables(results: TaskResults(experiment.plans[0], experiment.cells)).attacks.rows
        #expect(rows[0][2] == "90.0 (82.6–94.5)")
    }

    @Test func `a record of other inputs is not shown`() throws {
        let folder = try TinyExperiment()
        let experiment = try folder.experiment(TinyExperiment.yaml(attacks))
        try Folder.create(experiment.cells.folder)
        let cell = experiment.plans[0].cells[0]
        var record = Self.record(cell, asr: 1)
        try experiment.cells.save(record)
        #expect(experiment.cells.finished(cell) == record)
        record.key = "other"
        try experiment.cells.save(record)
        #expect(experiment.cells.record(cell) == nil)
    }

    @Test func `the first lines say what the numbers are not`() throws {
        let results = try results { _ in nil }
        for page in [PageMarkdown.render(ResultsPage.blocks(results)), PageHTML.render(ResultsPage.blocks(results))] {
            #expect(page.contains("This is not the setting of the Fine-mixing paper"))
        }
        #expect(ResultsExport(results).note.contains("not in the setting of the Fine-mixing paper"))
    }

    @Test func `nothing in a text is markup`() {
        let blocks: [PageBlock] = [.paragraph("a|b <i> & *c*"), .list(["[x](y)"])]
        #expect(PageMarkdown.render(blocks) == "a\\|b \\<i\\> \\& \\*c\\*\n\n- \\[x\\](y)\n")
        #expect(PageHTML.render(blocks).contains("<p>a|b &lt;i&gt; &amp; *c*</p>"))
    }

    @Test func `numbers are written for readers`() {
        #expect([0, 0.1234, 1, -0.0567].map(PercentText.of) == ["0.0", "12.3", "100.0", "−5.7"])
        #expect([7, 1234, 1_234_567].map(\.grouped) == ["7", "1,234", "1,234,567"])
        #expect([0.4, 59.6, 125, 11_525].map(DurationText.of) == ["0 s", "1 min 0 s", "2 min 5 s", "3 h 12 min"])
    }
}
