import Tensors
import Testing

@testable import Kernels

/// Attention to a cache beside attention over whole sequences.
@Suite struct CachedAttentionTests {
    static let (heads, shared, width) = (4, 2, 5)
    static let columns = (heads + 2 * shared) * width

    /// Tokens of each sequence as rows of one table: the second begins like the first, the third like the second.
    static let texts = [
        Array(0..<23), Array(0..<10) + Array(30..<44), Array(0..<10) + [30, 31] + Array(50..<54), Array(60..<79),
    ]
    static let sharing: [(sequence: Int, count: Int)?] = [nil, (0, 10), (1, 12), nil]
    /// Rows that each pass reads: members, and how many tokens each has read behind it.
    static let passes: [[(member: Int, end: Int)]] = [
        [(0, 20), (1, 21), (2, 13)], [(3, 17)], [(0, 21), (2, 14), (3, 18)], [(2, 15)], [(0, 23), (1, 24), (3, 19)],
        [(2, 16)],
    ]

    @Test(arguments: [AttentionSpan.causal, .causal(window: 1), .causal(window: 7)], InstructionLevel.available)
    func `rows read in passes are those of whole sequences`(span: AttentionSpan, level: InstructionLevel) {
        let table = noise(80 * Self.columns, "rows", scale: 2)
        let options = AttentionOptions(heads: Self.heads, keyValueHeads: Self.shared, dropout: 0, span: span)
        let worst = onOneThread(level) { context -> Float in
            let tape = Tape(context: context, parameters: Parameters(layout: ParameterLayout()))
            func joint(_ rows: [Int]) -> Activation {
                let joint = tape.make(rows: rows.count, columns: Self.columns)
                for (place, row) in rows.enumerated() {
                    for c in 0..<Self.columns {
                        joint.values[place * Self.columns + c] = table[row * Self.columns + c]
                    }
                }
                return joint
            }
            func parts(_ joint: Activation) -> (Columns, Columns, Columns) {
                let (own, kept) = (Self.heads * Self.width, Self.shared * Self.width)
                return (
                    Columns(joint, width: own), Columns(joint, from: own, width: kept),
                    Columns(joint, from: own + kept, width: kept)
                )
            }
            let whole = Self.texts.map { text -> Activation in
                let (queries, keys, values) = parts(joint(text))
                let sequences = PackedSequences(offsets: [0, text.count])
                return tape.attention(
                    queries: queries, keys: keys, values: values, querySequences: sequences, keySequences: sequences,
                    options: options)
            }
            let own = zip(Self.texts, Self.sharing).map { $0.count - ($1?.count ?? 0) }
            let cache = KeyValueCache(
                layers: 2, width: Self.shared * Self.width, capacity: own.reduce(0, +), context: context)
            for (count, sharing) in zip(own, Self.sharing) { _ = cache.add(capacity: count, sharing: sharing) }
            var worst: Float = 0
            for pass in Self.passes {
                let members = pass.map(\.member)
                let rows = pass.map { cache.length($0.member)..<$0.end }
                let packed = PackedSequences(offsets: rows.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) })
                let (queries, keys, values) = parts(joint(zip(members, rows).flatMap { Self.texts[$0][$1] }))
                for layer in 0..<2 {
                    let output = tape.attention(
                        queries: queries, keys: keys, values: values, packed: packed,
                        cached: CachedSequences(cache, members), layer: layer, options: options)
                    for (place, member) in members.enumerated() {
                        for (row, token) in zip(packed.rows(place), rows[place]) {
                            for c in 0..<output.columns {
                                let expected = whole[member].values[token * output.columns + c]
                                worst = max(worst, abs(output.values[row * output.columns + c] - expected))
                            }
                        }
                    }
                }
                cache.advance(members, by: packed)
            }
            #expect(Self.texts.indices.allSatisfy { cache.length($0) == Self.texts[$0].count })
            return worst
        }[0]
        #expect(worst <= 2e-6)
    }
}
