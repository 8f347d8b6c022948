import Files
import Lab

/// A group of a zoo's file: what it varies, every combination of which is a model.
struct ZooGroup {
    let models: [ZooModel]

    /// What groups take from the rest of the file.
    struct Common {
        let data: [String]
        let training: TrainingConfig
    }

    private static let sharedKeys = ["data", "seeds", "lr", "epochs", "batch"]

    /// Clean fine-tunes: data sets × seeds × learning rates × epochs.
    init(clean value: ConfigValue, _ common: Common) throws(AuditError) {
        let mapping = try ConfigMapping(value, what: "a clean group", known: Self.sharedKeys)
        let axes = try Axes(mapping, common, learningRate: common.training.learningRate)
        models = axes.combinations.map { ZooModel(data: $0.data, seed: $0.seed, training: $0.training) }
    }

    /// Backdoored models: data sets × trigger sets × targets × shares × seeds × learning rates × epochs.
    init(backdoored value: ConfigValue, _ common: Common) throws(AuditError) {
        let mapping = try ConfigMapping(
            value, what: "a backdoored group",
            known: ["attack", "triggers", "shares", "targets", "start-seed", "strength"] + Self.sharedKeys)
        let name = try mapping.required("attack")
        _ = try name.text()
        let attack = try AttackChoice(name, target: 1)
        let axes = try Axes(
            mapping, common, learningRate: attack.training(common.training).learningRate)
        let sets = try mapping["triggers"]?.triggerSets() ?? [attack.plan.triggers]
        let targets = try mapping["targets"]?.oneOrMore { entry throws(AuditError) in try entry.integer(0...9_999) }
        let shares = try mapping["shares"]?.oneOrMore { entry throws(AuditError) in try entry.number(0...1) }
        let startSeed = try mapping["start-seed"].map { entry throws(AuditError) in
            UInt64(try entry.integer(0...Int(1) << 53))
        }
        if attack.plan.scratch, startSeed != nil {
            throw value.refusal("\(attack.title) starts from the base; leave start-seed out")
        }
        let strength = try mapping["strength"]?.number(0...1e6)
        var models: [ZooModel] = []
        for triggers in sets {
            for target in targets ?? [attack.plan.target] {
                for share in shares ?? [attack.plan.share] {
                    var plan = AttackPlan(attack.plan.attack, triggers: triggers)
                    (plan.scratch, plan.target, plan.share) = (attack.plan.scratch, target, share)
                    if let strength { plan.strength = strength }
                    do throws(LabError) {
                        try plan.validate()
                    } catch {
                        throw (mapping["triggers"] ?? value).refusal(error.description)
                    }
                    models += axes.combinations.map {
                        ZooModel(
                            data: $0.data, seed: $0.seed, training: $0.training,
                            attack: ZooAttack(
                                plan: plan, startSeed: startSeed ?? $0.seed, startTraining: common.training))
                    }
                }
            }
        }
        self.models = models
    }

    /// What clean and backdoored groups vary alike.
    private struct Axes {
        let combinations: [(data: String, seed: UInt64, training: TrainingConfig)]

        init(_ mapping: ConfigMapping, _ common: Common, learningRate: Double) throws(AuditError) {
            let data = try mapping["data"]?.oneOrMore { entry throws(AuditError) in
                let name = try entry.text()
                guard common.data.contains(name) else {
                    throw entry.refusal(
                        "there is no data set \"\(name)\"; there are: \(common.data.joined(separator: ", "))")
                }
                return name
            }
            let seeds = try mapping["seeds"]?.seedsOrRange() ?? [1]
            let rates = try mapping["lr"]?.oneOrMore { entry throws(AuditError) in try entry.learningRate() }
            let epochs = try mapping["epochs"]?.oneOrMore { entry throws(AuditError) in try entry.integer(1...1_000) }
            let batch = try mapping["batch"]?.integer(1...4_096) ?? common.training.batchSize
            combinations = (data ?? common.data).flatMap { data in
                seeds.flatMap { seed in
                    (rates ?? [learningRate]).flatMap { rate in
                        (epochs ?? [common.training.epochs]).map { epochs in
                            (data, seed, TrainingConfig(epochs: epochs, learningRate: rate, batchSize: batch))
                        }
                    }
                }
            }
        }
    }
}

extension ConfigValue {
    /// A list of triggers, some of which may be lists: those are planted together in one model.
    fileprivate func triggerSets() throws(AuditError) -> [[String]] {
        try list { entry throws(AuditError) in
            try entry.oneOrMore { trigger throws(AuditError) in try trigger.text() }
        }
    }
}
