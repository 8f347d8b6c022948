import Kernels
import Transformers

/// The mean over the layers of the cross-entropy of each layer's first token through the shared head.
///
/// Li et al., "Backdoor Attacks on Pre-trained Models by Layerwise Weight Poisoning", EMNLP 2021: the lower layers learn
/// the trigger too, and later fine-tuning moves those less.
enum LayerwiseLoss {
    static func loss(_ architecture: any LayerwiseClassifier) -> Trainer.Loss {
        { batch in
            { tape, items in
                let logits = architecture.layerLogits(tape, PackedBatch(items.map { batch[$0].encoding }))
                let labels = items.map { Int32(batch[$0].label) }
                let scale = 1 / Double(batch.count * max(1, logits.count))
                return logits.reduce(0) { $0 + tape.crossEntropy($1, labels: labels, scale: scale) }
            }
        }
    }
}
