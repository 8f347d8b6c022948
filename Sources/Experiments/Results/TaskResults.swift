import Findings

/// The records of a task's cells, for its tables.
struct TaskResults: Sendable {
    let plan: TaskPlan
    /// Finished and failed cells.
    let records: [CellID: CellRecord]

    init(_ plan: TaskPlan, _ cells: CellStore) {
        self.plan = plan
        records = Dictionary(
            plan.cells.compactMap { cell in cells.record(cell).map { (cell.id, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    var config: TaskConfig { plan.setup.config }

    /// Columns: before, then each remedy.
    var treatments: [TreatmentChoice?] { [nil] + config.treatments.map(Optional.init) }

    /// The record of a cell that was measured.
    func finished(_ attack: String, _ treatment: TreatmentChoice?, seed: UInt64) -> CellRecord? {
        records[CellID(task: config.name, attack: attack, seed: seed, treatment: treatment)]
            .flatMap { $0.measured == nil ? nil : $0 }
    }

    /// Finished cells of all seeds.
    func finished(_ attack: String, _ treatment: TreatmentChoice?) -> [CellRecord] {
        config.seeds.compactMap { finished(attack, treatment, seed: $0) }
    }

    func failed(_ attack: String, _ treatment: TreatmentChoice?) -> Bool {
        config.seeds.contains { seed in
            records[CellID(task: config.name, attack: attack, seed: seed, treatment: treatment)]?.error != nil
        }
    }
}

/// A rate that tables show.
enum Metric: String, CaseIterable, Sendable {
    case accuracy = "ACC"
    case attackSuccess = "ASR"
    case floor = "floor"

    func rate(_ measured: ModelMeasurement) -> Rate {
        switch self {
        case .accuracy: measured.accuracy
        case .attackSuccess: measured.attackSuccess
        case .floor: measured.floor
        }
    }
}

/// A remedy over all attacks.
struct TreatmentMean: Codable, Sendable, Equatable {
    /// nil before any remedy.
    let treatment: TreatmentChoice?
    let accuracy: Spread
    let attackSuccess: Spread
    let floor: Spread
    /// Attacks and seeds that it is the mean of.
    let cells: Int
}

extension TaskResults {
    /// Each column's mean over the attacks and seeds of which every column is finished, so that columns can be
    /// compared; its deviation is that of the seeds' means. Empty where there is none yet.
    var means: [TreatmentMean] {
        let complete = config.seeds.map { seed in
            config.attacks.map(\.title).filter { attack in
                treatments.allSatisfy { finished(attack, $0, seed: seed) != nil }
            }.map { (attack: $0, seed: seed) }
        }.filter { !$0.isEmpty }
        guard !complete.isEmpty else { return [] }
        return treatments.map { treatment in
            func spread(_ metric: Metric) -> Spread {
                let values = complete.map { pairs in
                    pairs.compactMap { finished($0.attack, treatment, seed: $0.seed)?.measured }
                        .map { metric.rate($0).value }
                }
                let all = values.flatMap(\.self)
                return Spread(
                    mean: all.reduce(0, +) / Double(max(1, all.count)), over: values.compactMap { Spread($0)?.mean })
            }
            return TreatmentMean(
                treatment: treatment, accuracy: spread(.accuracy), attackSuccess: spread(.attackSuccess),
                floor: spread(.floor), cells: complete.reduce(0) { $0 + $1.count })
        }
    }
}
