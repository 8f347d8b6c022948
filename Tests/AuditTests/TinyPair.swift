import Checkpoints
import Datasets
import Foundation
import Kernels
import Tensors
import Testing
import Tokenizers
import Transformers

@testable import Audit

/// The reference model as a base, and a suspect that differs from it in every weight, beside a few clean texts.
final class TinyPair {
    let folder: TemporaryFolder
    let suspect: String
    let base = Fixtures.model
    let data: String

    /// Forty texts, as many of each label, all different.
    static let texts = 40

    init() throws {
        folder = try TemporaryFolder()
        suspect = try Self.moved(by: 0.01, to: folder.file("suspect"))
        let rows = (0..<Self.texts).map { index in
            "\(index % 2)\t\(["the film was a comedy", "a dull and slow story"][index % 2]) number \(index)"
        }
        data = try folder.write("label\ttext\n" + rows.joined(separator: "\n") + "\n", to: "clean.tsv")
    }

    /// A copy of the reference model with normal noise on every weight.
    static func moved(by deviation: Double, to path: String, names: (String) -> String = { $0 }) throws -> String {
        try changed(to: path, names: names) { name, values in
            let random = CounterRandom(seed: 3, stream: name)
            for i in values.indices { values[i] += Float(deviation * random.normal(at: UInt64(i))) }
        }
    }

    /// A copy of the reference model with tensors changed.
    static func changed(
        to path: String, names: (String) -> String = { $0 }, _ change: (String, inout [Float]) throws -> Void
    ) throws -> String {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for file in try FileManager.default.contentsOfDirectory(atPath: Fixtures.model)
        where file.hasSuffix(".json") && file != "reference.json" {
            try FileManager.default.copyItem(atPath: Fixtures.model + "/" + file, toPath: path + "/" + file)
        }
        let checkpoint = try ModelFolder(path: Fixtures.model).checkpoint
        let tensors = try checkpoint.tensors.map {
            try #require(TensorDescription(name: names($0.name), dtype: .f32, shape: $0.shape))
        }
        var writer = try SafetensorsWriter(path: path + "/model.safetensors", tensors: tensors)
        for tensor in checkpoint.tensors {
            var values = try checkpoint.floats(tensor.name)
            try change(tensor.name, &values)
            try writer.write(values, to: names(tensor.name))
        }
        try writer.finish()
        return path
    }

    func options(
        _ method: RemedyMethod, rho: [Double]? = [0.5], output: String = "purified", threads: Int = 2
    ) -> PurifyOptions {
        var options = PurifyOptions(
            suspect: suspect, base: base, data: data, method: method, output: folder.file(output), threads: threads)
        options.rho = method == .fineTuning ? nil : rho
        options.epochs = 1
        options.batchSize = 8
        options.seed = 5
        return options
    }

    /// Rows that the tests let E-PUR reset.
    static let resetRows = [7, 300, 899]

    func weights(epur: Bool) throws -> PairedWeights {
        let suspect = try ClassifierSource(folder: ModelFolder(path: suspect))
        return PairedWeights(
            suspect: suspect,
            base: try ClassifierSource(base: ModelFolder(path: base), labels: suspect.labels, seed: 0),
            resetRows: epur ? Self.resetRows : nil)
    }

    func examples() throws -> [TrainingExample] {
        let tokenizer = try Fixtures.tokenizer()
        return try CleanData(path: data, labels: 2, seed: 1).tune.map {
            TrainingExample(encoding: tokenizer.encode($0.text, pair: nil, maxLength: 32), label: $0.label)
        }
    }
}

/// The values of one parameter.
func values(_ parameter: Parameter, of model: SequenceClassifier) -> [Float] {
    Array(model.parameters.floats(parameter))
}
