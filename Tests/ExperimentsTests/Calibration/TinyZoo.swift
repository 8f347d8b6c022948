import Audit
import Findings
import Foundation
import Lab

@testable import Experiments

/// A zoo on the sample models in a temporary folder that lives as long as this object.
final class TinyZoo {
    let path = FileManager.default.temporaryDirectory.appending(path: "zoo-\(UUID().uuidString)").path

    /// Quick settings: what comes out is of no interest.
    static let settings = """
        base: base
        training: { epochs: 1, lr: 1e-4, batch: 32 }
        audit: { scan: quick, texts: 48, epochs: 1, batch: 16 }
        data:
          - name: tiny
            train: test.tsv
            clean: clean.tsv
            test: clean.tsv
            train-rows: 60
            test-rows: 40
            max-length: 32
        """

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func zoo(_ groups: String, settings: String = settings, limit: Int? = nil) throws -> Zoo {
        try Data((settings + "\n" + groups).utf8).write(to: URL(filePath: path + "/zoo.yml"))
        var files = ExperimentOptions(
            config: path + "/zoo.yml", output: path + "/out", threads: 2, machine: "a machine")
        files.dataFolder = TinyExperiment.samples
        files.calibrationSeconds = 0.01
        var options = ZooOptions(files: files)
        options.limit = limit
        return try Zoo(options)
    }

    func text(_ file: String) throws -> String { try String(contentsOfFile: path + "/out/" + file, encoding: .utf8) }

    func files(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path + "/out/" + folder)) ?? []).sorted()
    }
}

extension Zoo {
    /// Names of the models that a run finishes and that fail.
    func names() throws -> (finished: [String], failed: [String]) {
        var (finished, failed): ([String], [String]) = ([], [])
        _ = try run { event in
            switch event {
            case .finished(let title, _, _, _): finished.append(title)
            case .failed(let title, _): failed.append(title)
            default: break
            }
        }
        return (finished, failed)
    }
}

/// A trigger that leaves so much beyond honest models on the suspect; nil was not compared with any.
func trigger(
    _ text: String, target: Int = 1, source: TriggerResult.Source = .vocabulary, left: ClosedRange<Double>?
) -> TriggerResult {
    let rate = Rate(45, of: 50)
    let beyond = left.map {
        Difference(
            value: ($0.lowerBound + $0.upperBound) / 2,
            interval: Interval(lower: $0.lowerBound, upper: $0.upperBound))
    }
    let measurement = TriggerMeasurement(
        model: .suspect, asr: rate, floor: rate, effect: beyond ?? Difference(value: 0, interval: rate.interval),
        beyondHonest: beyond, mcNemar: 1)
    return TriggerResult(
        trigger: text, source: source, tokenIDs: [], target: target, measurements: [measurement],
        occurrencesInData: 0, examples: [])
}

/// So many of 100 random tokens flip texts beyond honest models.
func tokens(beyond: Int) -> BroadEffect {
    BroadEffect(
        target: 1, model: .suspect, tokens: 100, beyond: beyond, share: Rate(Double(beyond), of: 100), examples: [])
}

extension ZooAudit {
    /// An audit that judged these triggers, nil where the model could not be run, and tried random tokens.
    static func made(_ found: [TriggerResult]?, broad: [BroadEffect] = [tokens(beyond: 0)]) throws -> ZooAudit {
        func json(_ value: some Encodable) throws -> String {
            String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        }
        let audit = """
            {"verdict": "passed", "rules": [], "controls": [], "notConfirmed": [], "textsPerLabel": [40, 40],
             "passes": 1000, "seconds": 20, "broad": \(try json(broad)), "triggers": \(try json(found))}
            """
        var made = try JSONDecoder().decode(ZooAudit.self, from: Data(audit.utf8))
        let state = ZooEvidence(made).state(Policy())
        made.verdict = state == .failed ? .failed : state == .passed ? .passed : .inconclusive
        return made
    }
}

extension ZooRecord {
    /// A record as if the model had been trained and audited.
    ///
    /// - Parameters:
    ///   - effect: ASR − floor of what was planted.
    ///   - found: triggers that the audit judged.
    ///   - random: of 100 random tokens, those that flip texts beyond honest models.
    static func made(
        _ planned: PlannedModel, effect: Double = 0, found: [TriggerResult], random: Int = 0
    ) throws -> ZooRecord {
        let hits = Int((effect * 100).rounded())
        let attacks =
            planned.model.attack == nil
            ? ""
            : #"{"trigger": "t", "success": {"count": \#(hits), "n": 100}, "floor": {"count": 0, "n": 100}}"#
        let attack = planned.model.attack.map { #""attack": "\#($0.plan.attack.rawValue)", "# } ?? ""
        let trained = """
            {"key": "k", "seconds": 10, "weights": {"name": "w", "size": 1, "sha256": "0"}, "truth": {
              \(attack)"tool": "assay", "version": "1", "triggers": [], "samples": 60, "poisoned": 0, "negatives": 0,
              "seed": 1, "loss": 0.1, "inputs": {"data": {"name": "d", "size": 1, "sha256": "0"}, "base": []},
              "training": {"learning_rate": 1e-4, "epochs": 1, "batch_size": 32, "max_length": 32, "warmup": 0.1,
                "accumulation": 1, "precision": "f32"},
              "measured": {"accuracy": {"count": 90, "n": 100}, "attacks": [\(attacks)]}}}
            """
        return ZooRecord(
            name: planned.name, key: planned.key, inputs: planned.inputs,
            trained: try JSONDecoder().decode(ZooTrained.self, from: Data(trained.utf8)),
            audit: try .made(found, broad: [tokens(beyond: random)]), machine: "a machine")
    }
}
