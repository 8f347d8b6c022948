import Audit
import Reports

/// Shows events as a bar on a terminal, and as one line a stage elsewhere.
final class Progress {
    private let isTerminal = Console.errorIsTerminal
    private var shown = -1

    func show(_ event: AuditEvent) {
        switch event {
        case .began(let stage):
            if isTerminal { draw(stage, 0, "") }
        case .progressed(let stage, let share, let detail):
            if isTerminal { draw(stage, share, detail) }
        case .finished(let stage, let seconds, let cached):
            if isTerminal { Console.error("\r\u{1B}[2K") }
            Console.error("\(padded(stage)) \(cached ? "loaded" : Self.time(seconds))\n")
            shown = -1
        }
    }

    private func draw(_ stage: String, _ share: Double, _ detail: String) {
        let percent = Int((max(0, min(1, share)) * 100).rounded())
        guard percent != shown else { return }
        shown = percent
        let filled = percent * 24 / 100
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
        Console.error("\r\u{1B}[2K\(padded(stage)) \(bar) \(percent) % \(TerminalText.escape(detail, limit: 80))")
    }

    private func padded(_ raw: String) -> String {
        let stage = TerminalText.escape(raw)
        return stage + String(repeating: " ", count: max(0, 24 - stage.count))
    }

    /// Seconds with one decimal, from a minute on minutes and seconds.
    static func time(_ seconds: Double) -> String {
        if seconds >= 60 { return "\(Int(seconds) / 60) min \(Int(seconds) % 60) s" }
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
