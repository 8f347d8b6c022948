/// What a LoRA adapter adds to one tensor of its base: scale·B·A.
public struct LowRankUpdate: Sendable {
    /// The base's name of the tensor, untrusted text.
    public let tensor: String
    /// Columns of B and rows of A.
    public let rank: Int
    /// α/r, or α/√r with rsLoRA.
    public let scale: Float
    /// Rows of B.
    public let outputs: Int
    /// Columns of A.
    public let inputs: Int
    /// A: rank × inputs, row after row.
    public let down: [Float]
    /// B: outputs × rank, row after row.
    public let up: [Float]
    /// Whether the tensor is stored as inputs × outputs: an embedding, or a layer of GPT-2's.
    public let isTransposed: Bool
}
