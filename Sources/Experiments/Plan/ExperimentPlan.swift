import Audit
import Checkpoints
import Kernels
import Lab

/// A cell that is to be measured.
struct PlannedCell: Sendable {
    let id: CellID
    let inputs: CellInputs
    let key: String
}

/// A model that is to be trained, with the cells that measure it.
struct PlannedSuspect: Sendable {
    let seed: UInt64
    /// nil of the clean fine-tune.
    let attack: AttackChoice?
    let inputs: SuspectInputs
    let key: String
    let cells: [PlannedCell]

    /// For names of folders.
    var slug: String { attack?.slug ?? CellID.clean }

    /// Whether the clean fine-tune is needed to make it.
    var startsFromClean: Bool { attack?.plan.scratch == false }
}

/// All models and cells of one seed of a task; the clean fine-tune is the first.
struct SeedPlan: Sendable {
    let seed: UInt64
    let suspects: [PlannedSuspect]

    var cells: [PlannedCell] { suspects.flatMap(\.cells) }
}

/// Everything that a task needs, in the order in which it is made.
struct TaskPlan: Sendable {
    let setup: TaskSetup
    let seeds: [SeedPlan]

    var cells: [PlannedCell] { seeds.flatMap(\.cells) }

    init(_ setup: TaskSetup, precision: Precision) throws {
        self.setup = setup
        seeds = try setup.config.seeds.map { seed in
            let attacks = [nil] + setup.config.attacks.map(Optional.init)
            return SeedPlan(
                seed: seed,
                suspects: try attacks.map { try Self.suspect(setup, $0, seed: seed, precision: precision) })
        }
    }

    private static func suspect(
        _ setup: TaskSetup, _ attack: AttackChoice?, seed: UInt64, precision: Precision
    ) throws -> PlannedSuspect {
        let config = setup.config
        let inputs = SuspectInputs(
            toolVersion: AuditRun.toolVersion, base: setup.base.digests.map(\.sha256),
            train: setup.data.train.summary.sha256, maxLength: setup.maxLength, precision: precision.rawValue,
            seed: seed, clean: attack?.plan.scratch == true ? nil : config.training,
            attack: attack.map { attack in
                AttackInputs(
                    name: attack.plan.attack.rawValue, scratch: attack.plan.scratch, triggers: attack.plan.triggers,
                    target: attack.plan.target, share: attack.plan.share, strength: attack.plan.strength,
                    training: attack.training(config.training))
            })
        // The clean model is measured with every trigger of the task: its rates are what honest words do.
        var triggers: [[String]] = []
        for plan in (attack.map { [$0] } ?? config.attacks).map(\.plan) {
            triggers += plan.parts.filter { !triggers.contains($0) }
        }
        let treatments = [nil] + (attack == nil ? [] : config.treatments.map(Optional.init))
        let cells = try treatments.map { treatment in
            let inputs = CellInputs(
                suspect: inputs, test: setup.data.test.summary.sha256, target: config.target, triggers: triggers,
                remedy: treatment.map { remedy(setup, $0) })
            return PlannedCell(
                id: CellID(
                    task: config.name, attack: attack?.title ?? CellID.clean, seed: seed, treatment: treatment),
                inputs: inputs, key: try inputs.inputKey())
        }
        return PlannedSuspect(seed: seed, attack: attack, inputs: inputs, key: try inputs.inputKey(), cells: cells)
    }

    private static func remedy(_ setup: TaskSetup, _ treatment: TreatmentChoice) -> RemedyInputs {
        let (config, remedy) = (setup.config, setup.config.remedy)
        let grid = treatment.method == .fineTuning ? nil : config.fixedRho[treatment.method].map { [$0] } ?? remedy.rho
        return RemedyInputs(
            clean: setup.data.clean.summary.sha256, treatment: treatment, epochs: remedy.epochs,
            learningRate: remedy.learningRate, batchSize: remedy.batchSize, tolerance: remedy.tolerance, rho: grid,
            wholeCurve: remedy.wholeCurve && (grid?.count ?? 2) > 1 && treatment.method != .fineTuning)
    }
}
