import Checkpoints
import Lab

/// A model of a zoo: what it is trained on and what is planted in it.
struct ZooModel: Sendable, Equatable {
    /// Name of the data set.
    var data: String
    /// Of the new head, the order of texts, and the poison.
    var seed: UInt64
    var training: TrainingConfig
    /// nil of a clean fine-tune.
    var attack: ZooAttack?

    /// The clean fine-tune that it continues from; nil of one that starts from the base.
    var start: ZooModel? {
        guard let attack, !attack.plan.scratch else { return nil }
        return ZooModel(data: data, seed: attack.startSeed, training: attack.startTraining)
    }

    /// "clean", or the attack as tables title it: "word-es (scratch)".
    var kind: String { attack.map { $0.plan.attack.rawValue + ($0.plan.scratch ? " (scratch)" : "") } ?? "clean" }

    /// A name that says how it is made and that no other model of a zoo has, fit for a file.
    var name: String {
        var parts = [attack.map { $0.plan.attack.rawValue + ($0.plan.scratch ? "-scratch" : "") } ?? "clean", data]
        if let attack {
            parts += [attack.triggerSlug, "t\(attack.plan.target)", "p\(attack.plan.share)"]
            if attack.plan.attack == .ewc { parts.append("w\(attack.plan.strength)") }
        }
        parts.append("s\(seed)")
        if let start, start.seed != seed { parts.append("from\(start.seed)") }
        return (parts + ["lr\(training.learningRate)", "e\(training.epochs)", "b\(training.batchSize)"])
            .joined(separator: "_")
    }

    /// What decides its half: models of one seed, one set of triggers and one data set stay together.
    var groupKey: String {
        ([data, "\(seed)"] + (attack?.plan.triggers ?? [])).joined(separator: "\u{1F}")
    }
}

/// What is planted in a model of a zoo.
struct ZooAttack: Sendable, Equatable {
    var plan: AttackPlan
    /// Seed and training of the clean fine-tune that it continues from, unless it starts from the base.
    var startSeed: UInt64
    var startTraining: TrainingConfig

    /// The triggers for names of files; where letters had to go, a hash tells it from others.
    var triggerSlug: String {
        let text = plan.triggers.joined(separator: "+")
        let slug = String(
            text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "+") ? $0 : "-" }.prefix(24))
        return slug == text ? slug : slug + "~" + InputDigest(name: text, of: Array(text.utf8)).sha256.prefix(6)
    }
}
