import Kernels
import Probes
import Transformers

/// Tokens that the weights' change points at: those whose embeddings lie along a leading singular direction of Δ.
///
/// A trigger must be told apart from other words by what reads the hidden states, so the change of a planted model's
/// matrices has a direction for it. What a later layer reads is no longer the embedding alone: the later, the less it
/// says. (WeightWatch, arXiv 2508.00161, looks at the same directions in activations.)
struct SpectralTokens {
    /// Tokens of each end of a direction.
    static let perEnd = 2

    let weights: PairedWeights
    let workers: Workers

    /// Insertable tokens, no order implied.
    ///
    /// - Parameters:
    ///   - table: the suspect's embeddings.
    ///   - insertable: tokens to choose from.
    func find(in table: EmbeddingTable, insertable: [Int]) throws -> Set<Int> {
        let norms = table.norms()
        let known = insertable.filter { norms.indices.contains($0) && norms[$0] > 0 }
        var tokens = Set<Int>()
        let changes = try DeltaDirections(weights, columns: table.columns, workers: workers)
        for direction in changes.matrices.flatMap(\.directions) {
            let products = table.products(with: direction)
            let order = known.map { (token: $0, cosine: products[$0] / norms[$0]) }
                .sorted { ($0.cosine, $0.token) < ($1.cosine, $1.token) }
            tokens.formUnion(order.prefix(Self.perEnd).map(\.token))
            tokens.formUnion(order.suffix(Self.perEnd).map(\.token))
        }
        return tokens
    }
}
