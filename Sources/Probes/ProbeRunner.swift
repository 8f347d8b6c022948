public import Datasets
import Dispatch
import Kernels
import Synchronization
import Tokenizers
public import Transformers

/// What a model predicts for each text, plain and under each probe.
public struct ProbePredictions: Sendable, Equatable, Codable {
    /// Label predicted for each plain text.
    public let plain: [Int]
    /// [probes][texts].
    public let triggered: [[Int]]
    /// −log probability of each text's true label, in nats, without a trigger.
    public let logLoss: [Double]

    public init(plain: [Int], triggered: [[Int]], logLoss: [Double]) {
        self.plain = plain
        self.triggered = triggered
        self.logLoss = logLoss
    }
}

/// Measures probes on texts: one pass serves every target label.
public struct ProbeRunner: Sendable {
    private let insertion: TriggerInsertion
    private let texts: [LabelledText]
    private let threads: Int

    /// - Parameters:
    ///   - insertion: where triggers go; equal for all models that are compared.
    ///   - texts: labelled carriers.
    ///   - threads: that tokenize; they change nothing in the result.
    public init(insertion: TriggerInsertion, texts: [LabelledText], threads: Int = 1) {
        self.insertion = insertion
        self.texts = texts
        self.threads = threads
    }

    /// Predictions of one model.
    ///
    /// - Parameters:
    ///   - evaluator: of the model.
    ///   - probes: each meets each text.
    ///   - progress: called with the share done, 0 to 1.
    public func run(
        _ evaluator: Evaluator, probes: [Probe], progress: (Double) -> Void = { _ in }
    ) -> ProbePredictions {
        let prepared = each(texts) { (plain: insertion.plain($0), carrier: insertion.carrier($0)) }
        let plain = evaluator.logits(prepared.map(\.plain))
        var triggered: [[Int]] = []
        // A few probes at a time, so that memory does not grow with their number.
        for start in stride(from: 0, to: probes.count, by: 16) {
            let some = probes[start..<min(start + 16, probes.count)]
            let inputs = some.flatMap { probe in texts.indices.map { (probe: probe, text: $0) } }
            let logits = evaluator.logits(
                each(inputs) { input in
                    switch input.probe {
                    case .insertion(let trigger): insertion.insert(trigger, into: prepared[input.text].carrier)
                    case .transformation(let change): insertion.plain(change.apply(texts[input.text]))
                    }
                })
            for index in some.indices {
                let first = (index - start) * texts.count
                triggered.append(texts.indices.map { logits.prediction(first + $0) })
            }
            progress(Double(triggered.count) / Double(probes.count))
        }
        return ProbePredictions(
            plain: texts.indices.map(plain.prediction), triggered: triggered,
            logLoss: texts.indices.map { plain.logLoss($0, label: texts[$0].label) })
    }

    /// `items` mapped in order, in equal runs on several threads.
    private func each<Item: Sendable, Made: Sendable>(
        _ items: [Item], _ body: @Sendable (Item) -> Made
    ) -> [Made] {
        let workers = max(1, min(threads, items.count))
        let runs = Mutex([[Made]](repeating: [], count: workers))
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            let run = items[worker * items.count / workers..<(worker + 1) * items.count / workers].map(body)
            runs.withLock { $0[worker] = run }
        }
        return runs.withLock { $0.flatMap { $0 } }
    }
}
