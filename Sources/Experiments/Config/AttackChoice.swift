import Files
import Lab

/// An attack of the table: a plan and, where they differ from the others', its training settings.
struct AttackChoice: Sendable, Equatable {
    var plan: AttackPlan
    var learningRate: Double?
    var epochs: Int?

    /// As it is written in the table and its file: "word-es (scratch)".
    var title: String { plan.attack.rawValue + (plan.scratch ? " (scratch)" : "") }

    /// For names of files: "word-es-scratch".
    var slug: String { plan.attack.rawValue + (plan.scratch ? "-scratch" : "") }

    /// How its suspect is trained.
    func training(_ common: TrainingConfig) -> TrainingConfig {
        var training = common
        training.epochs = epochs ?? common.epochs
        if let learningRate {
            training.learningRate = learningRate
        } else if plan.attack.defaultLearningRate != Attack.fineTuningRate {
            training.learningRate = plan.attack.defaultLearningRate
        }
        return training
    }

    private static let keys = ["name", "share", "triggers", "lr", "epochs"]

    /// Reads a name, or a mapping with a name and options.
    init(_ value: ConfigValue, target: Int) throws(AuditError) {
        guard value.isMapping else {
            self = try Self(name: value, options: nil, target: target)
            return
        }
        let options = try ConfigMapping(value, what: "an attack", known: Self.keys)
        self = try Self(name: options.required("name"), options: options, target: target)
    }

    private init(name value: ConfigValue, options: ConfigMapping?, target: Int) throws(AuditError) {
        let name = try value.text()
        let mark = " (scratch)"
        let scratch = name.hasSuffix(mark)
        do throws(LabError) {
            let attack = try Attack.named(scratch ? String(name.dropLast(mark.count)) : name)
            guard attack != .paired else {
                throw LabError(.unknownAttack, "paired needs texts of its own and is not for tables; use lab poison")
            }
            plan = AttackPlan(attack)
        } catch {
            throw value.refusal(error.description)
        }
        if let triggers = options?["triggers"] {
            plan = AttackPlan(plan.attack, triggers: try triggers.list { entry throws(AuditError) in try entry.text() })
        }
        plan.scratch = scratch
        plan.target = target
        if let share = options?["share"] { plan.share = try share.number(0...1) }
        learningRate = try options?["lr"].map { value throws(AuditError) in try value.learningRate() }
        epochs = try options?["epochs"].map { value throws(AuditError) in try value.integer(1...1_000) }
        do throws(LabError) {
            try plan.validate()
        } catch {
            throw value.refusal(error.description)
        }
    }
}

extension ConfigValue {
    /// A learning rate: above 0 and at most 1.
    func learningRate() throws(AuditError) -> Double {
        let rate = try number(0...1)
        guard rate > 0 else { throw refusal("\"\(name)\" must be above 0") }
        return rate
    }
}
