import Evidence
import Findings
import Statistics

/// Labels that the data file numbers otherwise than the model turn every right answer into a wrong one.
struct LabelOrderCheck: GateCheck {
    /// Labels that the sentence names.
    private static let named = 6

    func evaluate(_ input: GateInput) -> GateRule? {
        guard input.subject == .suspect, let confusion = input.probes?.confusion, confusion.count > 1,
            confusion.allSatisfy({ $0.count == confusion.count }), confusion.joined().contains(where: { $0 > 0 })
        else { return nil }
        let answers = LabelAnswers(confusion)
        let others = answers.otherOrder()
        let better = others.filter { answers.bounds(of: [$0]).lower > 0 }
        let shown = better.isEmpty ? others : better
        return GateRule(
            code: .labelOrder, title: "Share of texts that another order of the labels would fit in addition",
            value: answers.counts(of: shown).difference,
            interval: shown.isEmpty ? nil : Interval(answers.bounds(of: shown)), limit: 0, unit: .difference,
            n: answers.total, state: better.isEmpty ? .passed : .inconclusive,
            explanation: better.isEmpty
                ? "No other order of the labels surely fits the model's answers better than that of the data file."
                : explanation(better, answers, input))
    }

    private func explanation(_ cycles: [[Int]], _ answers: LabelAnswers, _ input: GateInput) -> String {
        func name(_ label: Int) -> String {
            let name = input.name(of: label)
            return name == String(label) ? name : "\(label) (\(name))"
        }
        var left = Self.named
        var parts: [String] = []
        for cycle in cycles where left > 0 {
            if cycle.count == 2 {
                parts.append("\(name(cycle[0])) and \(name(cycle[1])) swapped")
            } else {
                parts += cycle.indices.prefix(left).map { place in
                    "\(name(cycle[place])) read as \(name(cycle[(place + 1) % cycle.count]))"
                }
            }
            left -= cycle.count
        }
        let counts = answers.counts(of: cycles)
        return "The model is right on \(percent(counts.secondRate)) of the clean texts, and on "
            + "\(percent(counts.firstRate)) with \(parts.joined(separator: ", "))"
            + (left < 0 ? " and further labels moved" : "") + ": "
            + (cycles.count == 1 && cycles[0].count == 2
                ? "are they swapped in the data file?"
                : "does the data file number its labels otherwise than the model?")
    }
}

/// What the model answers to the texts of each label, and which other order of the labels fits that better.
struct LabelAnswers {
    /// Texts by true label, then by answer.
    private let confusion: [[Int]]
    let total: Int

    /// - Parameter confusion: as many answers as labels in every row.
    init(_ confusion: [[Int]]) {
        self.confusion = confusion
        total = confusion.joined().reduce(0, +)
    }

    /// The order that most texts agree with, as cycles: a label of the file is the model's next one in its cycle. Labels
    /// that lose nothing by their own place keep it.
    func otherOrder() -> [[Int]] {
        let labels = confusion.count
        let order = heaviestAssignment(
            confusion.enumerated().map { label, row in
                row.enumerated().map { $1 * (labels + 1) + ($0 == label ? 1 : 0) }
            })
        var seen = Set<Int>()
        return order.indices.compactMap { start in
            guard order[start] != start, !seen.contains(start) else { return nil }
            var cycle: [Int] = []
            var label = start
            while seen.insert(label).inserted {
                cycle.append(label)
                label = order[label]
            }
            return cycle
        }
    }

    /// Texts that agree with the labels moved along these cycles, first, and as they are given, second.
    func counts(of cycles: [[Int]]) -> PairedCounts {
        let moved = Set(cycles.joined())
        var (both, other, given) = (0, 0, 0)
        for label in confusion.indices where !moved.contains(label) { both += confusion[label][label] }
        for cycle in cycles {
            for (place, label) in cycle.enumerated() {
                other += confusion[label][cycle[(place + 1) % cycle.count]]
                given += confusion[label][label]
            }
        }
        return PairedCounts(
            both: Double(both), firstOnly: Double(other), secondOnly: Double(given),
            neither: Double(total - both - other - given))
    }

    /// Bounds of the difference, moved less given: the lower one holds at 95 % for all pairs of labels at once, because
    /// the best order was picked among them; the upper one at 95 % by itself.
    func bounds(of cycles: [[Int]]) -> ConfidenceInterval {
        let counts = counts(of: cycles)
        let pairs = Double(confusion.count * (confusion.count - 1) / 2)
        return ConfidenceInterval(
            lower: pairedNewcombe(counts, z: normalQuantile(1 - 0.05 / pairs)).lower,
            upper: pairedNewcombe(counts, z: normalQuantile(0.95)).upper)
    }
}
