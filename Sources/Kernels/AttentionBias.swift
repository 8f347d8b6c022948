internal import CKernels

/// What is added to the scores of an attention before its softmax.
public struct AttentionBias {
    let scores: Activation
    let layout: ScoreLayout
}

/// Where the scores of each sequence and head lie in one row: [queries, padded keys], end to end.
struct ScoreLayout: Equatable {
    private let queries: PackedSequences
    private let keys: PackedSequences
    private let heads: Int
    /// Floats of all scores.
    let count: Int

    init(queries: PackedSequences, keys: PackedSequences, heads: Int) {
        (self.queries, self.keys, self.heads) = (queries, keys, heads)
        count = (0..<queries.count).reduce(0) {
            $0 + heads * queries.rows($1).count * assay_attention_padded(keys.rows($1).count)
        }
    }

    /// The scores of one head of one sequence.
    struct Place {
        let sequence: Int
        let head: Int
        /// Number of the sequence and head among all.
        let index: Int
        /// Rows of the sequence.
        let queries: Range<Int>
        let keys: Range<Int>
        /// First float.
        let first: Int

        /// Floats from one query's scores to the next.
        var stride: Int { assay_attention_padded(keys.count) }
    }

    func forEach(_ body: (Place) -> Void) {
        var first = 0
        for sequence in 0..<queries.count {
            for head in 0..<heads {
                let place = Place(
                    sequence: sequence, head: head, index: sequence * heads + head, queries: queries.rows(sequence),
                    keys: keys.rows(sequence), first: first)
                body(place)
                first += place.queries.count * place.stride
            }
        }
    }
}
