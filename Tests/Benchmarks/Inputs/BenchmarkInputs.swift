import Checkpoints

/// A model with its base, to be measured.
struct Subject {
    let name: String
    let suspect: String
    let base: String
}

/// The models and texts of a run: given ones, and generated ones for what was not given.
final class BenchmarkInputs {
    let folder: TemporaryFolder
    /// In the order of their sizes as they were asked for, then further given ones.
    let subjects: [Subject]
    /// Labelled texts.
    let data: String
    private let tokenizer: TokenizerFileSet
    private var generated: [ModelSize: Subject]

    /// Texts in a generated file: enough for an audit's test and clean sets and for the largest batches.
    private static let generatedTexts = 2_048

    /// - Parameters:
    ///   - sizes: of the models to measure; one that no given model has is generated.
    ///   - given: folders of models and of their bases.
    ///   - data: file of labelled texts; nil generates one.
    init(sizes: [ModelSize], given: [(model: String, base: String)], data: String?) throws {
        folder = try TemporaryFolder()
        tokenizer = try given.first.map { try .copied(from: $0.model) } ?? .synthetic()
        self.data = data ?? folder.path + "/texts.tsv"
        if data == nil { try SyntheticTexts.write(Self.generatedTexts, to: self.data) }
        var bySize: [(ModelSize, Subject)] = []
        for pair in given {
            let size = try Self.size(of: pair.model)
            bySize.append((size, Subject(name: size.name, suspect: pair.model, base: pair.base)))
        }
        var subjects: [Subject] = []
        var generated: [ModelSize: Subject] = [:]
        for size in sizes {
            let known = bySize.filter { $0.0 == size }.map(\.1)
            bySize.removeAll { $0.0 == size }
            if known.isEmpty { generated[size] = try Self.generate(size, tokenizer, in: folder) }
            subjects += known.isEmpty ? [generated[size]].compactMap { $0 } : known
        }
        self.generated = generated
        self.subjects = subjects + bySize.map(\.1)
    }

    /// A generated model of some size, made at its first use.
    func generated(_ size: ModelSize) throws -> Subject {
        if let subject = generated[size] { return subject }
        let subject = try Self.generate(size, tokenizer, in: folder)
        generated[size] = subject
        return subject
    }

    /// A generated decoder and its base, made at each call.
    func decoder(_ size: DecoderSize) throws -> Subject {
        let suspect = try folder.folder("decoder-suspect")
        let base = try folder.folder("decoder-base")
        try SyntheticDecoder(size: size, tokenizer: tokenizer).write(suspect: suspect, base: base)
        return Subject(name: "decoder", suspect: suspect, base: base)
    }

    private static func generate(
        _ size: ModelSize, _ tokenizer: TokenizerFileSet, in folder: TemporaryFolder
    ) throws -> Subject {
        let model = SyntheticModel(size: size, tokenizer: tokenizer)
        let suspect = try folder.folder("suspect-\(size.layers)x\(size.hidden)")
        let base = try folder.folder("base-\(size.layers)x\(size.hidden)")
        try model.writeSuspect(to: suspect)
        try model.writeBase(to: base)
        return Subject(name: size.name, suspect: suspect, base: base)
    }

    private static func size(of model: String) throws -> ModelSize {
        let config = try ModelConfig(parsing: try InputFile(path: model + "/config.json").bytes())
        return ModelSize(
            layers: try config.integer("num_hidden_layers", in: 1...1_000),
            hidden: try config.integer("hidden_size", in: 1...65_536))
    }
}
