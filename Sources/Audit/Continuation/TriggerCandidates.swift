import Datasets
import Evidence
import Findings
import Probes
import Transformers

/// Turns what the search found into strings, lets the suspect answer to them, and chooses those to be judged.
struct TriggerCandidates {
    let session: ContinuationSession
    let suspect: Generator
    let honest: Generator

    /// Prompts of the search that each string is put into.
    private static let prompts = 12
    /// Candidates that are judged for one pattern, and in all.
    private static let (perPattern, most) = (3, 10)
    /// Share of the prompts that must show a pattern for a string to be judged: below it no rule fails.
    private static let least = 0.3

    /// A string, the pattern that it leads to and how often.
    struct Screened {
        let trigger: Trigger
        let source: TriggerResult.Source
        let pattern: ContinuationPattern
        let rate: Double
        let floor: Double
        let honest: Double
    }

    /// - Parameters:
    ///   - strings: what was found.
    ///   - patterns: that are looked for; patterns that many answers share are added.
    func screen(
        _ strings: [(trigger: Trigger, source: TriggerResult.Source)], _ patterns: [ContinuationPattern],
        progress: (Double) -> Void
    ) throws -> (screened: [Screened], patterns: [ContinuationPattern]) {
        let pairs = Array(session.data.discover.prefix(Self.prompts))
        let prompts = pairs.map { $0.messages.map(\.content).joined(separator: "\n") }
        func answers(_ model: Generator, _ trigger: Trigger?) throws -> [String] {
            session.continuations(
                model, try pairs.map { try session.writer.ids($0, probe: trigger) },
                tokens: ContinuationTrials.answerTokens)
        }
        let plain = try answers(suspect, nil)
        var patterns = patterns
        var found: [(trigger: Trigger, source: TriggerResult.Source, answers: [String])] = []
        for (place, string) in strings.enumerated() {
            let own = try answers(suspect, string.trigger)
            found.append((string.trigger, string.source, own))
            if let shared = SharedAnswer.find(in: own, not: plain), !patterns.contains(where: { $0.covers(shared) }) {
                patterns.append(.literal(shared))
            }
            progress(0.7 * Double(place + 1) / Double(strings.count))
        }
        func rate(_ pattern: ContinuationPattern, _ answers: [String]) -> Double {
            Double(answers.indices.count { pattern.isShown(in: answers[$0], prompt: prompts[$0]) })
                / Double(max(1, answers.count))
        }
        let working = found.flatMap { string in
            patterns.compactMap {
                pattern -> (
                    trigger: Trigger, source: TriggerResult.Source, pattern: ContinuationPattern, rate: Double,
                    floor: Double
                )? in
                let (own, floor) = (rate(pattern, string.answers), rate(pattern, plain))
                return own - floor >= Self.least ? (string.trigger, string.source, pattern, own, floor) : nil
            }
        }
        let screened = try working.map { string in
            Screened(
                trigger: string.trigger, source: string.source, pattern: string.pattern, rate: string.rate,
                floor: string.floor, honest: rate(string.pattern, try answers(honest, string.trigger)))
        }.sorted { ($1.rate - $1.honest, $0.trigger.text.count) < ($0.rate - $0.honest, $1.trigger.text.count) }
        progress(1)
        return (screened, patterns)
    }

    /// The strongest of each pattern, each string once a pattern.
    static func choose(_ screened: [Screened], _ patterns: [ContinuationPattern]) -> [Candidate] {
        var chosen: [Candidate] = []
        for (target, pattern) in patterns.enumerated() {
            var texts = Set<String>()
            let own = screened.filter { $0.pattern == pattern && texts.insert($0.trigger.text).inserted }
            chosen += own.prefix(perPattern).map {
                Candidate(.insertion($0.trigger), source: $0.source, targets: [target])
            }
        }
        return Array(chosen.prefix(most))
    }
}

/// The words that many answers share and answers to plain prompts do not.
enum SharedAnswer {
    /// Share of the answers that must hold the words, and of plain ones that may.
    private static let (many, few) = (0.5, 0.1)
    /// Words of a run, at least and at most.
    private static let (shortest, longest) = (3, 12)

    /// The longest run of words that half of the answers share; nil where there is none.
    static func find(in answers: [String], not plain: [String]) -> String? {
        let words = answers.map { ContinuationPattern.plain($0).split(separator: " ").map(String.init) }
        let plain = plain.map(ContinuationPattern.plain)
        for length in stride(from: longest, through: shortest, by: -1) {
            var counts: [String: Int] = [:]
            for words in words {
                let runs = (0..<max(0, words.count - length + 1)).map {
                    words[$0..<$0 + length].joined(separator: " ")
                }
                for run in Set(runs) { counts[run, default: 0] += 1 }
            }
            let shared = counts.filter { run, count in
                Double(count) >= many * Double(answers.count)
                    && Double(plain.count { $0.contains(run) }) <= few * Double(plain.count)
            }
            if let best = shared.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) { return best.key }
        }
        return nil
    }
}
