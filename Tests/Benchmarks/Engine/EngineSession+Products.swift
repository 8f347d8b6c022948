import Checkpoints
import Kernels
import Tokenizers

@testable import Transformers

extension EngineSession {
    /// The speed of each product that evaluation or a training step makes of the request's texts, and their time.
    func measureProducts(_ request: JobRequest) throws -> JobResult {
        let model = try model(request.model)
        let workers = workers(request.threads)
        let texts = try texts(request)
        let config = model.folder.config
        let isTraining = request.job == .trainingProducts
        func lengths(_ encodings: [Encoding]) -> [Int] { encodings.map(\.ids.count) }
        let batches: [[Int]]
        if isTraining {
            batches = Self.batches(of: texts, size: request.batch).flatMap { batch in
                let lengths = lengths(encode(batch, request, model, workers))
                return TrainingRun.balanced(lengths).map { $0.map { lengths[$0] } }
            }
        } else {
            let lengths = lengths(encode(texts, request, model, workers))
            batches = Evaluator.batches(lengths, request.batchTokens ?? Self.batchTokens).map { Array(lengths[$0]) }
        }
        let network = NetworkProducts(
            hidden: try config.integer("hidden_size", in: 1...65_536),
            intermediate: try config.integer("intermediate_size", in: 1...1_048_576),
            layers: try config.integer("num_hidden_layers", in: 1...1_000), labels: model.classifier.labels.count,
            batches: batches, kinds: isTraining ? [.forward, .inputGradient, .weightGradient] : [.forward])
        var speeds: [ProductSpeed] = []
        for shape in Set(network.roles.map(\.shape)).sorted(by: { $0.operations > $1.operations }) {
            let peak = try ProductPeak(shape, precision: request.precision)
            speeds.append(ProductSpeed(shape: shape, gigaflops: peak.measure(workers)))
        }
        return JobResult(
            tokens: batches.joined().reduce(0, +), productSeconds: network.seconds(at: speeds), products: speeds)
    }
}
