import Datasets
import Files
import Kernels
import Probes
import Tokenizers
import Transformers

/// Honest reference models that several audits share: those of one base, trained on the same clean texts.
public final class ReferenceModels {
    private var models: [String: SequenceClassifier] = [:]

    public init() {}

    /// The model under a key, trained if it is not here yet.
    func model(_ key: String, train: () throws -> SequenceClassifier) rethrows -> SequenceClassifier {
        if let model = models[key] { return model }
        let model = try train()
        models[key] = model
        return model
    }
}

extension ProbeSession {
    /// The base under a new head, fine-tuned on the clean texts.
    func referenceModel(_ stage: String) throws -> SequenceClassifier {
        if let reference { return reference }
        func train() throws -> SequenceClassifier {
            try Purification.reference(
                base: base, data: data, insertion: insertion, options: options, workers: workers
            ) { self.clock.progress(stage, $0 * 0.5, "fine-tuning the base") }
        }
        let model = try references.map { try $0.model(referenceKey, train: train) } ?? train()
        reference = model
        return model
    }

    /// Hash of all that the reference model depends on: not the suspect, but its tokenizer and labels.
    private var referenceKey: String {
        let texts = [data.tune, data.dev].map { texts in
            texts.map { text in
                let encoding = insertion.plain(text)
                return "\(text.label) \(encoding.ids) \(encoding.typeIDs)"
            }.joined(separator: "\n")
        }
        return StageStore.key(
            baseDigests + texts + [tuning, options.precision.rawValue, "\(options.seed)", "\(suspect.labels.count)"])
    }
}
