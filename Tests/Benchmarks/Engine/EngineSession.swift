import Checkpoints
import Datasets
import Kernels
import Tokenizers
import Transformers

/// What our resident process keeps from request to request.
final class EngineSession {
    /// A classifier with its tokenizer.
    struct LoadedModel {
        let path: String
        /// Whether its weights are being trained.
        let isTrained: Bool
        let folder: ModelFolder
        let classifier: SequenceClassifier
        let tokenizer: any Tokenizer
    }

    /// How the loaded model is used; what is made for one use serves its next request.
    struct Use: Hashable {
        let precision: Precision
        let threads: Int
        var batchTokens: Int?
    }

    /// Tokens of one evaluation batch where a request does not say: the engine's own default.
    static let batchTokens = 512

    private var model: LoadedModel?
    private var texts: (path: String, rows: [LabelledText])?
    private var workers: Workers?
    /// They hold the weights packed.
    var evaluators: [Use: Evaluator] = [:]
    var trainings: [Use: (trainer: Trainer, run: TrainingRun)] = [:]

    func answer(_ request: JobRequest) throws -> JobResult {
        switch request.job {
        case .versions: JobResult(versions: ["oneDNN": LibraryVersions.oneDNN])
        case .evaluation: try evaluate(request)
        case .training: try train(request)
        case .evaluationProducts, .trainingProducts: try measureProducts(request)
        case .weights: try WeightWork(suspect: request.model, base: request.base, threads: request.threads).run()
        case .hash: try Bandwidth.hashing(WeightWork.files(request.model, request.base))
        case .pageCache:
            try Bandwidth.pageCache(WeightWork.files(request.model, request.base), workers: workers(request.threads))
        case .copy: Bandwidth.copying(workers: workers(request.threads))
        }
    }

    func workers(_ threads: Int) -> Workers {
        if let workers, workers.count == threads { return workers }
        let made = Workers(threads: threads)
        workers = made
        return made
    }

    /// The model of a folder, loaded anew where it was trained and must not be, or the other way round.
    ///
    /// - Parameter trained: whether its weights are to be trained; nil takes either.
    func model(_ path: String, trained: Bool? = nil) throws -> LoadedModel {
        if let model, model.path == path, trained == nil || trained == model.isTrained { return model }
        model = nil
        evaluators.removeAll()
        trainings.removeAll()
        let folder = try ModelFolder(path: path)
        let loaded = LoadedModel(
            path: path, isTrained: trained ?? false, folder: folder,
            classifier: try ClassifierSource(folder: folder).load(), tokenizer: try folder.tokenizer())
        try loaded.classifier.architecture.check(loaded.tokenizer, folder: path)
        model = loaded
        return loaded
    }

    /// The first texts of the request's file.
    func texts(_ request: JobRequest) throws -> [LabelledText] {
        if let texts, texts.path == request.data { return Array(texts.rows.prefix(request.texts)) }
        let file = try InputFile(path: request.data)
        let rows = try TSVDataset.read(bytes: try file.bytes(), file: file.name, labelCount: nil)
        texts = (request.data, rows)
        return Array(rows.prefix(request.texts))
    }

    static func requireProducts(_ precision: Precision) throws(BenchmarkError) {
        guard precision.isAvailable else {
            throw BenchmarkError("this processor has no \(precision.rawValue) products")
        }
    }
}
