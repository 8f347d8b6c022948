import Foundation
import Tensors
import Tokenizers

/// BERT for sequence classification in Double over a padded and masked batch, written plainly from its definition.
///
/// Padding is real here: every text is as long as the longest, padding tokens go through every layer, and a mask keeps
/// attention off them.
struct ReferenceBert {
    let heads: Int
    let layers: Int
    let epsilon: Double
    /// Row-major values under the model's own names.
    var weights: [String: [Double]]

    init(_ parameters: Parameters, heads: Int, layers: Int, epsilon: Double) {
        (self.heads, self.layers, self.epsilon) = (heads, layers, epsilon)
        weights = Dictionary(
            uniqueKeysWithValues: parameters.layout.parameters.map { ($0.name, parameters.floats($0).map(Double.init)) }
        )
    }

    /// One logit a label for each text.
    func logits(_ encodings: [Encoding]) -> [[Double]] {
        let length = encodings.map(\.ids.count).max() ?? 0
        return encodings.map { encoding in
            let padding = length - encoding.ids.count
            let mask = encoding.ids.map { _ in 0.0 } + [Double](repeating: -1e9, count: padding)
            var rows = embed(
                encoding.ids + [Int32](repeating: 0, count: padding),
                encoding.typeIDs + [Int32](repeating: 0, count: padding))
            for layer in 0..<layers { rows = encoderLayer("encoder.layer.\(layer)", rows, mask) }
            let pooled = linear(rows[0], "pooler.dense").map(tanh)
            return linear(pooled, "classifier")
        }
    }

    /// Mean cross-entropy of a batch, in nats.
    func loss(_ encodings: [Encoding], labels: [Int]) -> Double {
        let losses = zip(logits(encodings), labels).map { logits, label in
            log(logits.map { exp($0) }.reduce(0, +)) - logits[label]
        }
        return losses.reduce(0, +) / Double(losses.count)
    }

    private func embed(_ ids: [Int32], _ types: [Int32]) -> [[Double]] {
        ids.indices.map { position in
            let words = row(Int(ids[position]), "embeddings.word_embeddings.weight")
            let positions = row(position, "embeddings.position_embeddings.weight")
            let types = row(Int(types[position]), "embeddings.token_type_embeddings.weight")
            return norm(words.indices.map { words[$0] + positions[$0] + types[$0] }, "embeddings.LayerNorm")
        }
    }

    private func encoderLayer(_ name: String, _ x: [[Double]], _ mask: [Double]) -> [[Double]] {
        let (q, k, v) = (
            x.map { linear($0, name + ".attention.self.query") }, x.map { linear($0, name + ".attention.self.key") },
            x.map { linear($0, name + ".attention.self.value") }
        )
        let width = q[0].count / heads
        return x.indices.map { i in
            let context = (0..<heads).flatMap { head in
                let columns = head * width..<(head + 1) * width
                let scores = x.indices.map { j in
                    columns.reduce(0) { $0 + q[i][$1] * k[j][$1] } / Double(width).squareRoot() + mask[j]
                }
                let highest = scores.max() ?? 0
                let exponentials = scores.map { exp($0 - highest) }
                let total = exponentials.reduce(0, +)
                return columns.map { column in
                    x.indices.reduce(0) { $0 + exponentials[$1] / total * v[$1][column] }
                }
            }
            let attended = linear(context, name + ".attention.output.dense")
            let middle = norm(zip(attended, x[i]).map(+), name + ".attention.output.LayerNorm")
            let wide = linear(middle, name + ".intermediate.dense").map { 0.5 * $0 * erfc(-$0 / 2.0.squareRoot()) }
            return norm(zip(linear(wide, name + ".output.dense"), middle).map(+), name + ".output.LayerNorm")
        }
    }

    private func linear(_ x: [Double], _ name: String) -> [Double] {
        let (weight, bias) = (values(name + ".weight"), values(name + ".bias"))
        return bias.indices.map { output in
            var sum = bias[output]
            for input in x.indices { sum += weight[output * x.count + input] * x[input] }
            return sum
        }
    }

    private func norm(_ x: [Double], _ name: String) -> [Double] {
        let (weight, bias) = (values(name + ".weight"), values(name + ".bias"))
        let mean = x.reduce(0, +) / Double(x.count)
        let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
        return x.indices.map { weight[$0] * (x[$0] - mean) / (variance + epsilon).squareRoot() + bias[$0] }
    }

    private func row(_ index: Int, _ table: String) -> [Double] {
        let hidden = values("embeddings.LayerNorm.weight").count
        return Array(values(table)[index * hidden..<(index + 1) * hidden])
    }

    private func values(_ name: String) -> [Double] { weights[name] ?? [] }
}
