import Audit
import Checkpoints
import Lab

/// Everything that a model of a zoo depends on, with its measurement on the test texts.
struct ZooTrainingInputs: Codable, Hashable, Sendable {
    var toolVersion: String
    /// SHA-256 of the base's files.
    var base: [String]
    /// SHA-256 of the texts trained on and of those measured on.
    var train: String
    var test: String
    var maxLength: Int
    var precision: String
    var seed: UInt64
    var training: TrainingConfig
    /// nil of a clean model.
    var attack: AttackInputs?
    /// How the clean model is trained that this starts from; nil where it starts from the base.
    var start: Start?

    struct Start: Codable, Hashable, Sendable {
        var seed: UInt64
        var training: TrainingConfig
    }
}

/// Everything that the record of a model depends on.
///
/// Not the policy: what an audit measured can be judged under any.
struct ZooInputs: Codable, Hashable, Sendable {
    var model: ZooTrainingInputs
    /// SHA-256 of the clean texts.
    var clean: String
    var audit: ZooAuditConfig
}

extension ZooTrainingInputs {
    init(_ model: ZooModel, _ setup: TaskSetup, precision: String) {
        toolVersion = AuditRun.toolVersion
        base = setup.base.digests.map(\.sha256)
        train = setup.data.train.summary.sha256
        test = setup.data.test.summary.sha256
        maxLength = setup.maxLength
        self.precision = precision
        seed = model.seed
        training = model.training
        attack = model.attack.map {
            AttackInputs(
                name: $0.plan.attack.rawValue, scratch: $0.plan.scratch, triggers: $0.plan.triggers,
                target: $0.plan.target, share: $0.plan.share, strength: $0.plan.strength, training: model.training)
        }
        start = model.start.map { Start(seed: $0.seed, training: $0.training) }
    }
}
