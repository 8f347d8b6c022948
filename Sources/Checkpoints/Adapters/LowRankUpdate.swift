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

    /// - Parameters:
    ///   - down: rank × inputs values.
    ///   - up: outputs × rank values.
    public init(
        tensor: String, rank: Int, scale: Float, outputs: Int, inputs: Int, down: [Float], up: [Float],
        isTransposed: Bool
    ) {
        self.tensor = tensor
        self.rank = rank
        self.scale = scale
        self.outputs = outputs
        self.inputs = inputs
        self.down = down
        self.up = up
        self.isTransposed = isTransposed
    }
}
