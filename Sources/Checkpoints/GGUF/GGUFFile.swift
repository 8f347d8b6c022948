import StrictJSON
import Tensors

/// A model in one GGUF file: weights under their names in transformers, and the files that a folder would have.
public struct GGUFFile: Sendable {
    /// The validated header.
    public let header: GGUFHeader
    /// The weights; those that were quantised have steps, see ``Checkpoint/halfSteps(_:groups:)``.
    public let checkpoint: Checkpoint
    /// What config.json would hold.
    public let config: ModelConfig
    /// The small files beside the weights, by name.
    public let files: [String: [UInt8]]
    /// The open file.
    let input: InputFile

    /// Opens and validates the file at `path`, which may not be a symbolic link.
    public init(path: String) throws(CheckpointError) { try self.init(try InputFile(path: path)) }

    init(_ input: InputFile) throws(CheckpointError) {
        let header = try GGUFHeader(input)
        let metadata = GGUFMetadata(header: header, file: input.path)
        if let parts = try metadata.optionalInteger("split.count", in: 0...65_535), parts > 1 {
            throw CheckpointError(.ggufPart, file: input.path, detail: "it is one of \(parts) parts of a model")
        }
        let config = try GGUFConfig(metadata)
        let weights = try GGUFWeights(header, config, input)
        let vocabulary = try config.checkShapes(weights.shapes)
        let scaling = try LlamaScaling.read(weights.factors, metadata)
        let json = try config.json(names: Set(weights.shapes.keys), vocabulary: vocabulary, scaling: scaling)
        let tokenizer = try GGUFTokenizer(metadata, config.architecture, rows: vocabulary)
        self.header = header
        self.input = input
        self.config = try ModelConfig(json: json, file: input.path)
        checkpoint = weights.checkpoint
        var files = try tokenizer.files()
        files["config.json"] = Self.text(json)
        files["generation_config.json"] = Self.text(try tokenizer.generationConfig())
        self.files = files
    }

    /// A JSON file that people read.
    static func text(_ object: JSONObject) -> [UInt8] { JSONValue.object(object).serialized(indentation: 2) + [0x0A] }
}

/// The tensors of a GGUF file under their names in transformers.
private struct GGUFWeights {
    let checkpoint: Checkpoint
    /// By name.
    private(set) var shapes: [String: [Int]] = [:]
    /// Llama's tensor of divisors of the positions' frequencies, which checkpoints do not have.
    private(set) var factors: (any TensorSource)?

    init(_ header: GGUFHeader, _ config: GGUFConfig, _ input: InputFile) throws(CheckpointError) {
        let mapping = try GuardedMapping(input)
        var sources: [any TensorSource] = []
        var unsupported: [UnsupportedTensor] = []
        var notes: [String] = []
        for tensor in header.tensors {
            let known = config.architecture.checkpointName(tensor.name)
            let name = known ?? tensor.name
            let isFactors = config.architecture == .llama && tensor.name == "rope_freqs.weight"
            if !isFactors, shapes.updateValue(tensor.shape, forKey: name) != nil {
                throw CheckpointError(
                    .ggufDuplicateTensor, file: input.path,
                    detail: "it has two tensors that transformers calls \(CheckpointError.quote(name))")
            }
            if known == nil, !isFactors {
                notes.append(
                    "tensor \(CheckpointError.quote(name)) has no counterpart in transformers and keeps its name")
            }
            guard let stored = tensor.source(name, mapping) else {
                unsupported.append(UnsupportedTensor(name: name, dtype: tensor.type.name, shape: tensor.shape))
                continue
            }
            if isFactors {
                factors = stored
            } else {
                sources.append(try Self.arranged(stored, config, file: input.path))
            }
        }
        checkpoint = Checkpoint(
            file: input.path, sources: sources, unsupported: unsupported, mappings: [mapping], notes: notes)
    }

    /// The tensor as transformers has it.
    private static func arranged(
        _ stored: any TensorSource, _ config: GGUFConfig, file: String
    ) throws(CheckpointError) -> any TensorSource {
        let name = stored.tensor.name
        if config.architecture.interleavesHeads(name) {
            let heads = name.contains(".q_proj.") ? config.heads : config.keyValueHeads
            guard let halved = HalvedHeads(stored, heads: heads) else {
                throw CheckpointError(
                    .ggufShape, file: file,
                    detail: "the rows of tensor \(CheckpointError.quote(name)) are not those of \(heads) heads")
            }
            return halved
        }
        return config.architecture.addsOne(name) ? LessOne(stored) ?? stored : stored
    }
}

extension GGUFTensor {
    /// Where the elements come from; `nil` for a type that is not read.
    fileprivate func source(_ name: String, _ mapping: GuardedMapping) -> (any TensorSource)? {
        switch type.reading {
        case .stored(let dtype):
            TensorDescription(name: name, dtype: dtype, shape: shape).map {
                StoredTensor(tensor: $0, start: start, mapping: mapping)
            }
        case .blocks(let format):
            TensorDescription(name: name, dtype: .f32, shape: shape).map {
                BlockTensor(tensor: $0, format: format, start: start, mapping: mapping)
            }
        case .unsupported: nil
        }
    }
}
