/// What an experiment will cost.
public struct ExperimentEstimate: Sendable, Equatable {
    public struct Task: Sendable, Equatable {
        public let name: String
        /// Cells of the table, and those of them that are finished.
        public let cells: Int
        public let finished: Int
        /// Models that are to be trained.
        public let models: Int
        /// Time that is left, of all threads together.
        public let seconds: Double
    }

    public let tasks: [Task]
    /// Tokens a second of this machine; nil where nothing is left to do.
    public let calibration: Calibration?

    public var seconds: Double { tasks.reduce(0) { $0 + $1.seconds } }

    /// A few lines for a terminal.
    public var text: String {
        var lines = tasks.map { task in
            "\(task.name): \(task.finished) of \(task.cells) cells finished, \(task.models) models to train, about "
                + DurationText.of(task.seconds) + " left"
        }
        if let calibration {
            lines.append(
                "together about \(DurationText.of(seconds)), at \(Int(calibration.training)) tokens a second in training "
                    + "and \(Int(calibration.evaluation)) in evaluation")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Times for a reader.
public enum DurationText {
    /// "3 h 12 min", "12 min 5 s" or "7 s".
    public static func of(_ seconds: Double) -> String {
        let whole = Int(min(max(0, seconds.isFinite ? seconds : 0), 1e9).rounded())
        if whole >= 3_600 { return "\(whole / 3_600) h \(whole % 3_600 / 60) min" }
        return whole >= 60 ? "\(whole / 60) min \(whole % 60) s" : "\(whole) s"
    }
}
