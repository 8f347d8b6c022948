import Findings
import Kernels
import Probes
import Transformers

/// The tokens that a scan measures, each with the first reason to.
struct TokenPool: Codable, Sendable {
    /// Rows of the E-PUR ranking that are measured.
    static let fromEmbeddings = 100

    /// In the order of the reasons.
    private(set) var tokens: [Int] = []
    private var sources: [Int: TriggerResult.Source] = [:]

    /// The same at the start and at the end of the texts, where most triggers work that work anywhere.
    static let placedPerTarget = 400

    /// Tokens for every target that the gradient suggests.
    static func perTarget(_ mode: ScanMode) -> Int {
        switch mode {
        case .quick: 150
        case .standard, .exhaustive: 1_000
        }
    }

    mutating func add(_ new: some Sequence<Int>, _ source: TriggerResult.Source) {
        for token in new where sources[token] == nil {
            sources[token] = source
            tokens.append(token)
        }
    }

    /// Why a token was measured.
    func source(_ token: Int) -> TriggerResult.Source { sources[token] ?? .vocabulary }
}
