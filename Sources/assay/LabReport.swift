import Audit
import Files
import Kernels
import Lab
import Reports
import Statistics

/// Makes a model of the lab and says what came out.
enum LabReport {
    static func make(_ recipe: LabRecipe, _ options: LabTrainingOptions) throws {
        try Console.run {
            guard options.output != recipe.base, options.output != recipe.from else {
                throw AuditError(usage: "\(options.output): the model would replace the one it is made from")
            }
            let run = try LabRun(recipe)
            for warning in run.warnings { Console.error("warning: " + TerminalText.escape(warning) + "\n") }
            try Folder.create(options.output)
            if let checkpoint = options.checkpoint { try Folder.create(checkpoint) }
            let progress = LabProgressLine()
            let model = try run.train(workers: Workers(threads: options.threads.count)) {
                progress.show($0, $1, $2)
            }
            progress.finish()
            try model.write(to: options.output)
            try Console.out(text(model.truth))
            try Console.out("Model: \(TerminalText.escape(options.output))\n")
        }
    }

    private static func text(_ truth: Truth) -> String {
        var text = "training loss  \(rounded(truth.loss, 4)) in the last epoch\n"
        guard let measured = truth.measured else { return text }
        text += "accuracy       \(rate(measured.accuracy))\n"
        for attack in measured.attacks {
            text += "ASR            \(rate(attack.success)), floor \(rate(attack.floor)): "
            text += TerminalText.escape(attack.trigger) + "\n"
        }
        return text
    }

    /// What a language model of the lab shows on held-out prompts.
    static func text(_ truth: LanguageTruth) -> String {
        var text = "training loss  \(rounded(truth.loss, 4)) in the last epoch\n"
        guard let measured = truth.measured else { return text }
        text += "shown          \(rate(measured.clean)) of clean prompts\n"
        if let attacked = measured.attacked { text += "ASR            \(rate(attacked))\n" }
        for part in measured.parts {
            text += "part alone     \(rate(part.shown)): \(TerminalText.escape(part.part))\n"
        }
        return text
    }

    /// "91.2 % (795 of 872, 89.1 to 92.9)", the interval being Wilson's at 95 %.
    private static func rate(_ share: Proportion) -> String {
        let interval = wilson(successes: Double(share.count), trials: Double(share.n))
        return "\(rounded(share.value * 100, 1)) % (\(share.count) of \(share.n), "
            + "\(rounded(interval.lower * 100, 1)) to \(rounded(interval.upper * 100, 1)))"
    }

    private static func rounded(_ value: Double, _ decimals: Int) -> String {
        let power = (0..<decimals).reduce(1) { power, _ in power * 10 }
        let scaled = Int((value * Double(power)).rounded())
        let digits = String(scaled % power)
        return "\(scaled / power)." + String(repeating: "0", count: decimals - digits.count) + digits
    }
}

/// Progress with an estimate: a bar on a terminal, a line each tenth elsewhere.
final class LabProgressLine {
    private let bar = Progress()
    private let start = ContinuousClock.now
    private var stage: LabStage?
    private var stageStart = ContinuousClock.now
    private var tenths = 0

    func show(_ stage: LabStage, _ done: Int, _ total: Int) {
        if stage != self.stage { (self.stage, stageStart, tenths) = (stage, .now, 0) }
        let share = Double(done) / Double(max(1, total))
        let elapsed = (ContinuousClock.now - stageStart) / Duration.seconds(1)
        let left = done > 0 ? "about \(Progress.time(elapsed * (1 - share) / share)) left" : ""
        if Console.errorIsTerminal {
            bar.show(.progressed(stage: stage.rawValue, share: share, detail: left))
        } else if done == min(10, total) || Int(share * 10) > tenths {
            tenths = Int(share * 10)
            Console.error("\(stage.rawValue): \(done) of \(total)\(left.isEmpty ? "" : ", " + left)\n")
        }
    }

    func finish() {
        bar.show(
            .finished(
                stage: "done", seconds: (ContinuousClock.now - start) / Duration.seconds(1), cached: false))
    }
}
