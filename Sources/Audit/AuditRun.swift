import Checkpoints
import Datasets
import Files
public import Findings
import Kernels
import Probes
import Tensors
import Tokenizers
import Transformers

/// One audit, stage after stage, from two folders and a data file to a result.
public final class AuditRun {
    /// Version of the tool, part of every stage's key.
    public static let toolVersion = "0.1.0"

    private let options: AuditOptions
    private let terms: GateTerms
    private let clock: StageClock
    private let store: StageStore
    private let references: ReferenceModels?

    /// - Parameters:
    ///   - options: what to do.
    ///   - references: shared with audits of other models.
    ///   - report: told about every event.
    /// - Throws: `AuditError` for a policy or work folder that cannot be used.
    public init(
        _ options: AuditOptions, references: ReferenceModels? = nil, report: @escaping (AuditEvent) -> Void = { _ in }
    ) throws {
        self.options = options
        self.references = references
        terms = try GateTerms(options.terms, kind: .audit)
        // What cannot be read or written is said before hours of work.
        for file in [options.data, options.triggers, options.targets, options.frequencies].compactMap(\.self) {
            _ = try InputFile(path: file)
        }
        if let export = options.export {
            try Folder.requireCreatable(export)
            try Folder.requireOther(export, option: "--export", than: [options.suspect, options.base])
        }
        clock = StageClock(report: report)
        store = try StageStore(folder: options.work)
    }

    /// Stages so far, with their times.
    public var stages: [RunRecord.Stage] { clock.stages }

    /// Runs everything and writes the purified model if one was asked for.
    public func run() throws -> AuditResult {
        let pair = try clock.stage("load") {
            try ModelPair(
                suspect: options.suspect, base: options.base, baseSHA256: options.baseSHA256, threads: options.threads)
        }
        let weights = try clock.stage("weights") {
            try WeightStage(
                pair, frequencyFile: try options.frequencies.map(Self.frequencyFile), threads: options.threads)
        }
        try BaseCheck.requireFinite(pair, weights)
        guard weights.weights.nonFinite.isEmpty, weights.nonFiniteRows.isEmpty else {
            try pair.verifyUnchanged()
            return result(nil, pair, weights)
        }
        if pair.suspect.config.isLanguageModel { return try continuation(pair, weights) }
        let session = try clock.stage("prepare") {
            try ProbeSession(
                options: options, policy: terms.policy, pair: pair, weights: weights, clock: clock, store: store,
                references: references)
        }
        let measured = try session.run()
        try pair.verifyUnchanged()
        try export(like: pair.suspect) {
            try session.purifiedModel().map { ($0.parameters, $0.checkpointNames) }
        }
        return result(measured, pair, weights)
    }

    /// The audit of a model that continues texts.
    private func continuation(_ pair: ModelPair, _ weights: WeightStage) throws -> AuditResult {
        let session = try clock.stage("prepare") {
            try ContinuationSession(
                options: options, policy: terms.policy, pair: pair, weights: weights, clock: clock, store: store)
        }
        let measured = try session.run()
        try pair.verifyUnchanged()
        try export(like: pair.suspect) {
            try session.purifiedModel().map { ($0.parameters, $0.checkpointNames) }
        }
        return terms.judge(Assembly(options: options, terms: terms, pair: pair, weights: weights).result(measured))
    }

    /// Writes the purified model where one was asked for.
    private func export(
        like suspect: ModelFolder, _ purified: () throws -> (values: Parameters, names: [String: String])?
    ) throws {
        guard let path = options.export else { return }
        try clock.stage("export") {
            guard let purified = try purified() else { return }
            try ModelExport.write(purified.values, names: purified.names, like: suspect, to: path)
        }
    }

    private func result(
        _ measured: ProbeSession.Measured?, _ pair: ModelPair, _ weights: WeightStage
    ) -> AuditResult {
        terms.judge(
            Assembly(options: options, terms: terms, pair: pair, weights: weights).result(measured))
    }

    static func frequencyFile(_ path: String) throws -> (bytes: [UInt8], name: String) {
        let file = try InputFile(path: path)
        return (try file.bytes(), file.name)
    }
}

/// Times stages and reports them.
final class StageClock {
    private(set) var stages: [RunRecord.Stage] = []
    private let report: (AuditEvent) -> Void

    init(report: @escaping (AuditEvent) -> Void) { self.report = report }

    /// Runs a stage that is never saved.
    func stage<Value>(_ name: String, _ body: () throws -> Value) rethrows -> Value {
        try saved(name) { (try body(), false) }
    }

    /// Runs a stage that says whether its result was saved before.
    func saved<Value>(_ name: String, _ body: () throws -> (Value, Bool)) rethrows -> Value {
        report(.began(stage: name))
        let start = ContinuousClock.now
        let (value, cached) = try body()
        let elapsed = ContinuousClock.now - start
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        stages.append(RunRecord.Stage(name: name, seconds: seconds, cached: cached))
        report(.finished(stage: name, seconds: seconds, cached: cached))
        return value
    }

    func progress(_ stage: String, _ share: Double, _ detail: String = "") {
        report(.progressed(stage: stage, share: share, detail: detail))
    }
}
