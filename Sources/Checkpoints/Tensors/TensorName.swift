/// A tensor's name in the form that two checkpoints of one model share.
///
/// A leading model prefix such as `bert.` is removed, and the older LayerNorm names `gamma` and `beta` become `weight`
/// and `bias`. Names are compared by UTF-8 bytes.
public struct TensorName: Sendable, Hashable {
    /// The shared form.
    public let canonical: String
    /// Layer counted from 0; nil outside the numbered layers.
    public let layer: Int?
    /// What the tensor does, layer number and what precedes it removed: `attention.self.query.weight`.
    public let kind: String
    private let bytes: [UInt8]

    /// Prefixes under which libraries store the body of a model.
    private static let modelPrefixes: [String] = [
        "albert", "bert", "deberta", "distilbert", "electra", "model", "mpnet", "roberta", "transformer",
    ]
    /// Components that a layer number follows.
    private static let layerComponents: [String] = ["albert_layer_groups", "block", "blocks", "h", "layer", "layers"]

    /// Reads the name that a checkpoint stores.
    public init(_ stored: String) {
        var components = stored.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map {
            Substring($0)
        }
        if components.count > 1, Self.modelPrefixes.contains(where: { $0 == components[0] }) {
            components.removeFirst()
        }
        if components.count > 1, let last = components.last {
            if last == "gamma" { components[components.count - 1] = "weight" }
            if last == "beta" { components[components.count - 1] = "bias" }
        }
        canonical = components.joined(separator: ".")
        bytes = Array(canonical.utf8)
        let numbered = components.indices.dropLast().first {
            Self.layerComponents.contains(String(components[$0])) && Self.number(components[$0 + 1]) != nil
        }
        layer = numbered.flatMap { Self.number(components[$0 + 1]) }
        kind = numbered.map { components[($0 + 2)...].joined(separator: ".") } ?? canonical
    }

    /// Equal when the shared forms have the same UTF-8 bytes.
    public static func == (a: Self, b: Self) -> Bool { a.bytes == b.bytes }

    /// Hashes the shared form's bytes.
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

    /// A layer number in decimal digits.
    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }
}

extension TensorName {
    /// Whether this is a table of embeddings, of words or of anything else.
    var isEmbeddingTable: Bool {
        let components = canonical.split(separator: ".")
        guard components.last == "weight", let module = components.dropLast().last else { return false }
        return module.hasSuffix("embeddings") || ["wte", "wpe", "embed_tokens"].contains(module)
    }

    /// Whether this is the matrix of word embeddings.
    public var isWordEmbedding: Bool {
        [
            "embeddings.word_embeddings.weight", "wte.weight", "embed_tokens.weight",
            "embeddings.tok_embeddings.weight",
        ].contains(canonical)
    }
}
