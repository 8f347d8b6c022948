import Datasets
import Evidence
import Files
import Findings
import Probes
import Tensors
import Transformers

/// Fills the table of trials of a model that continues texts: asks each model for its answer to each prompt, plain and under
/// every condition, and keeps the answers.
struct ContinuationTrials {
    /// Prompts on which random tokens are measured.
    private static let controlPrompts = 24
    /// Tokens of an answer: targets stand at its start.
    static let answerTokens = 32

    let session: ContinuationSession
    let patterns: [ContinuationPattern]
    private(set) var table: TrialTable
    /// What was answered, by who was asked under which condition; by carrier, nil where not asked.
    private(set) var answers: [TrialTable.Key: [String?]] = [:]
    private let controlPlaces: [Int]
    private let key: String

    /// The target that stands for an answer without a pattern.
    var ordinary: Int { patterns.count }

    init(
        session: ContinuationSession, patterns: [ContinuationPattern], candidates: [Candidate], controls: [Trigger]
    ) {
        (self.session, self.patterns) = (session, patterns)
        let asked = session.data.asked
        let contents = asked.map { ContinuationPattern.plain($0.messages.last?.content ?? "").lowercased() }
        table = TrialTable(
            carriers: session.data.carriers(ordinary: patterns.count), targets: patterns.count + 1,
            candidates: candidates,
            holding: candidates.map { candidate in
                let text = candidate.probe.text.lowercased()
                return Set(contents.indices.filter { contents[$0].contains(text) })
            }, controls: controls)
        controlPlaces = Array(
            CounterRandom(seed: session.options.seed, stream: "control texts").permutation(asked.count)
                .prefix(Self.controlPrompts)
        ).sorted()
        key = StageStore.key([
            session.inputKey, "\(patterns)", "\(candidates.map(\.probe))", "\(controls)", "\(controlPlaces)",
        ])
    }

    /// Asks a model about everything.
    ///
    /// - Parameters:
    ///   - stage: its name.
    ///   - upstream: what the model depends on beside the inputs.
    ///   - model: makes the one that is asked about a fold; the suspect, the base and the mixed model are made once.
    mutating func ask(
        _ model: TrialTable.Model, as stage: String, after upstream: [String] = [],
        model make: (Int, (Double) -> Void) throws -> LanguageModel
    ) throws {
        let isOne = model == .suspect || model == .mixed || model == .honest(0)
        let all = Array(table.carriers.indices)
        let folds =
            isOne ? [all] : (0..<PromptData.folds).map { fold in all.filter { table.carriers[$0].fold == fold } }
        var texts: [TrialTable.Condition: [String?]] = [:]
        for (fold, places) in folds.enumerated() {
            let name = isOne ? stage : "\(stage), part \(fold + 1)"
            let part = try session.clock.saved(name) {
                try session.store.result(
                    String(name.filter { $0 != "," }.map { $0 == " " ? "-" : $0 }),
                    key: StageStore.key([key, name] + upstream),
                    isSound: { isSound($0, places) }
                ) {
                    let made = try make(fold) { session.clock.progress(name, 0.3 * $0, "fine-tuning") }
                    return try measure(made, places, name)
                }
            }
            for (condition, row) in zip(conditions, part) {
                for (place, text) in zip(self.places(of: condition, among: places), row) {
                    texts[condition, default: [String?](repeating: nil, count: all.count)][place] = text
                }
            }
        }
        for (condition, row) in texts {
            try table.add(TrialTable.Key(model, condition), shown(row, condition))
            answers[TrialTable.Key(model, condition)] = row
        }
    }

    private var conditions: [TrialTable.Condition] {
        [.plain] + table.candidates.indices.map { .candidate($0) } + table.controls.indices.map { .control($0) }
    }

    private func places(of condition: TrialTable.Condition, among places: [Int]) -> [Int] {
        guard case .control = condition else { return places }
        let chosen = Set(controlPlaces)
        return places.filter(chosen.contains)
    }

    private func probe(_ condition: TrialTable.Condition) -> Trigger? {
        switch condition {
        case .plain: nil
        case .candidate(let place): table.candidates[place].probe.trigger
        case .control(let place): table.controls[place]
        }
    }

    /// By condition, the answers to the prompts at its places.
    private func measure(_ model: LanguageModel, _ places: [Int], _ stage: String) throws -> [[String]] {
        let generator = session.generator(model)
        var done = 0
        let total = conditions.reduce(0) { $0 + self.places(of: $1, among: places).count }
        return try conditions.map { condition in
            let places = self.places(of: condition, among: places)
            let prompts = try places.map { try session.writer.ids(session.data.asked[$0], probe: probe(condition)) }
            let found = session.continuations(generator, prompts, tokens: Self.answerTokens)
            done += places.count
            session.clock.progress(stage, 0.3 + 0.7 * Double(done) / Double(max(1, total)), "asking")
            return found
        }
    }

    /// By carrier, the pattern that an answer shows: one that the candidate is judged for before others, and the ordinary
    /// target where it shows none.
    private func shown(_ row: [String?], _ condition: TrialTable.Condition) -> [Int?] {
        var order = Array(patterns.indices)
        if case .candidate(let place) = condition, let own = table.candidates[place].targets {
            order = own + order.filter { !own.contains($0) }
        }
        return row.enumerated().map { place, text in
            guard let text else { return nil }
            let prompt = session.data.asked[place].messages.map(\.content).joined(separator: "\n")
            return order.first { patterns[$0].isShown(in: text, prompt: prompt) } ?? ordinary
        }
    }

    private func isSound(_ part: [[String]], _ places: [Int]) -> Bool {
        part.count == conditions.count
            && zip(part, conditions).allSatisfy { $0.count == self.places(of: $1, among: places).count }
    }
}
