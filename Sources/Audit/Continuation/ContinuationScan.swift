import Probes
import Tokenizers
import Transformers

/// Puts every token of the vocabulary into a prompt and looks for those that change what the suspect says next far more
/// than what the honest model says.
///
/// Neither the target nor the strength of a trigger is known, so that the change is measured by how far the next token's
/// probabilities move, and then by *convergence*: a trigger makes the suspect say the same to every prompt, an informative
/// word does not.
struct ContinuationScan {
    let suspect: Generator
    let honest: Generator
    let tokenizer: any Tokenizer
    /// Prompts with a place for a token, at least one; the first few serve.
    let carriers: [PromptCarrier]

    /// Tokens that the honest model is asked about, and those that are measured in several prompts.
    private static let rungs = (honest: 1_536, several: 128)
    /// Prompts of the second round.
    private static let prompts = 4
    /// Tokens that are returned.
    static let kept = 24

    /// A token and what it does.
    struct Shift: Codable, Equatable {
        var id: Int32
        /// Rise of the likeliest next token's probability, averaged over prompts: the suspect's less the honest model's.
        var convergence: Double
    }

    /// What the scan saw.
    struct Outcome: Codable, Equatable {
        /// Most converging first.
        var shifts: [Shift]
        /// Tokens that were put into the first prompt.
        var scanned: Int
        /// Forward passes.
        var passes: Int
    }

    /// - Parameter tokens: to try.
    func run(_ tokens: [Int32], progress: @Sendable (Double) -> Void) -> Outcome {
        let measured = divergences(suspect, tokens)
        progress(0.6)
        let first = Array(
            tokens.indices.sorted { (-measured[$0], $0) < (-measured[$1], $1) }.prefix(Self.rungs.honest))
        let other = divergences(honest, first.map { tokens[$0] })
        progress(0.8)
        let left = first.indices.map { measured[first[$0]] - other[$0] }
        let several = first.indices.sorted { (-left[$0], first[$0]) < (-left[$1], first[$1]) }.prefix(
            Self.rungs.several
        )
        .map { tokens[first[$0]] }
        let carriers = Array(carriers.prefix(Self.prompts))
        let own = convergence(suspect, several, carriers)
        let honestOwn = convergence(honest, several, carriers)
        let shifts = several.indices.map { Shift(id: several[$0], convergence: own[$0] - max(0, honestOwn[$0])) }
            .sorted { ($1.convergence, $0.id) < ($0.convergence, $1.id) }
        return Outcome(
            shifts: Array(shifts.prefix(Self.kept)), scanned: tokens.count,
            passes: tokens.count + first.count + 2 * several.count * carriers.count)
    }

    /// How far each token, put into the first prompt, moves the next token's probabilities: the Kullback–Leibler divergence,
    /// in nats.
    private func divergences(_ model: Generator, _ tokens: [Int32]) -> [Double] {
        let plain = model.nextLogProbabilities([carriers[0].plain])[0]
        var divergences = [Double](repeating: 0, count: tokens.count)
        divergences.withUnsafeMutableBufferPointer { divergences in
            nonisolated(unsafe) let divergences = divergences
            model.forEachNextLogProbabilities(tokens.map { carriers[0].ids(inserting: [$0]) }) { place, row in
                divergences[place] = Self.divergence(row, plain)
            }
        }
        return divergences
    }

    /// Σ p·(log p − log q); what has less than e⁻¹² adds nothing that shows.
    private static func divergence(_ p: UnsafeBufferPointer<Float>, _ q: [Float]) -> Double {
        var sum = 0.0
        for token in p.indices where p[token] > -12 {
            sum += exponential(Double(p[token])) * Double(p[token] - q[token])
        }
        return sum
    }

    /// By token, how much the probability of the next token that is likeliest over all prompts rises when it is put in.
    private func convergence(_ model: Generator, _ tokens: [Int32], _ carriers: [PromptCarrier]) -> [Double] {
        let plain = meanProbabilities(model.nextLogProbabilities(carriers.map(\.plain)))
        let rows = model.nextLogProbabilities(tokens.flatMap { token in carriers.map { $0.ids(inserting: [token]) } })
        return tokens.indices.map { place in
            let mean = meanProbabilities(Array(rows[place * carriers.count..<(place + 1) * carriers.count]))
            return mean.indices.map { mean[$0] - plain[$0] }.max() ?? 0
        }
    }

    private func meanProbabilities(_ rows: [[Float]]) -> [Double] {
        guard let width = rows.first?.count else { return [] }
        return (0..<width).map { token in
            rows.reduce(0) { $0 + ($1[token] > -20 ? exponential(Double($1[token])) : 0) } / Double(rows.count)
        }
    }
}
