import Checkpoints
import Files
public import Findings
import Foundation
import Kernels
import Transformers

/// One purification: from a suspect, its base and clean texts to a purified model and the record of how it was made.
public final class PurifyRun {
    private let options: PurifyOptions
    private let clock: StageClock
    private let store: StageStore

    /// - Parameters:
    ///   - options: what to do.
    ///   - report: told about every event.
    /// - Throws: `AuditError` for options that exclude each other, or a work folder that cannot be used.
    public init(_ options: PurifyOptions, report: @escaping (AuditEvent) -> Void = { _ in }) throws {
        guard !options.grid.isEmpty, options.grid.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
            throw AuditError(usage: "reserve ratios are numbers from 0 to 1")
        }
        guard options.method != .fineTuning || options.grid == [1] else {
            throw AuditError(
                usage: "fine-tuning changes no weight by itself and has no ratio to choose; leave --rho out")
        }
        self.options = options
        clock = StageClock(report: report)
        store = try StageStore(folder: options.work)
    }

    /// Stages so far, with their times.
    public var stages: [RunRecord.Stage] { clock.stages }

    /// Runs everything and writes the purified model and purify.json into the output folder.
    public func run() throws -> PurifyRecord {
        let pair = try clock.stage("load") {
            try BaseCheck.open(suspect: options.suspect, base: options.base, threads: options.threads)
        }
        let weights = try clock.stage("weights") {
            let weights = try WeightStage(
                pair, frequencyFile: try options.frequencies.map(AuditRun.frequencyFile), threads: options.threads)
            try BaseCheck.requireFinite(pair, weights)
            try BaseCheck.check(pair, weights.weights)
            return weights
        }
        try checkOutput(pair)
        let plan = try clock.stage("prepare") { try PurifyPlan(options, pair: pair, resetRows: weights.resetRows) }
        let search = plan.search(store)
        let found =
            options.fixedRatio != nil && !options.rhoCurve
            ? nil
            : try clock.stage("search") { try search.run { clock.progress("search", $0, $1) } }
        let rho = options.fixedRatio ?? found?.rho ?? 1
        let model = try clock.stage("fine-tune") {
            try search.purify(rho: rho) { clock.progress("fine-tune", $0, "at ρ = \(rho)") }
        }
        return try clock.stage("export") {
            try pair.verifyUnchanged()
            try ModelExport.write(
                model.parameters, names: model.checkpointNames, like: pair.suspect, to: options.output)
            let record = try record(plan, pair, weights, found, rho: rho)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            try AtomicFile.write(Array(try encoder.encode(record)) + [0x0A], to: options.output + "/purify.json")
            return record
        }
    }

    /// Refuses what would be found out only after the training.
    private func checkOutput(_ pair: ModelPair) throws {
        guard pair.suspect.checkpoint.unsupported.isEmpty else {
            throw AuditError(
                "\(pair.suspect.path): it holds tensors of types that Assay does not read, so that no complete model "
                    + "can be written")
        }
        try Folder.create(options.output)
        try Folder.requireOther(options.output, option: "--output", than: [options.suspect, options.base])
    }

    private func record(
        _ plan: PurifyPlan, _ pair: ModelPair, _ weights: WeightStage, _ found: RemedySearch.Outcome?, rho: Double
    ) throws -> PurifyRecord {
        let method = options.method
        let file = try InputFile(path: options.output + "/model.safetensors").digest()
        return PurifyRecord(
            tool: Tool(name: "assay", version: AuditRun.toolVersion), method: method,
            epur: options.epur
                ? PurifyRecord.EmbeddingReset(rows: weights.resetRows, frequencySource: weights.frequencySource) : nil,
            parameterName: method.parameterName, rho: rho, parameter: method.parameter(rho: rho),
            choice: options.fixedRatio != nil ? .given : found?.qualified == true ? .qualified : .noneQualified,
            tolerance: options.tolerance,
            curve: options.grid.sorted().map { ratio in
                let index = found?.cells.firstIndex { $0.rho == ratio }
                return PurifyRecord.Cell(
                    rho: ratio, parameter: method.parameter(rho: ratio), outcome: index.flatMap { found?.outcomes[$0] },
                    chosen: ratio == rho)
            },
            seed: options.seed,
            training: PurifyRecord.Training(
                epochs: options.epochs, learningRate: options.learningRate, batchSize: options.batchSize,
                steps: plan.settings.steps(plan.examples.count), maxLength: plan.maxLength,
                precision: options.precision.rawValue),
            tensorsTreated: plan.weights.treated.count, keptFromSuspect: plan.keptFromSuspect,
            suspect: pair.suspectSummary, base: pair.baseSummary,
            data: PurifyRecord.CleanTexts(
                file: plan.data.summary.file, rows: plan.data.summary.rows,
                duplicatesRemoved: plan.data.summary.duplicatesRemoved, used: plan.examples.count),
            purified: FileDigest(name: file.name, size: file.size, sha256: file.sha256))
    }
}
