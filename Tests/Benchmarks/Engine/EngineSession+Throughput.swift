import Datasets
import Kernels
import Tensors
import Tokenizers
import Transformers

extension EngineSession {
    /// Logits of the request's texts.
    func evaluate(_ request: JobRequest) throws -> JobResult {
        let model = try model(request.model, trained: false)
        let texts = try request.sequenceLength == nil ? texts(request) : []
        let workers = workers(request.threads)
        let evaluator = try evaluator(request, model, workers)
        let watch = Stopwatch()
        let encodings = encode(texts, request, model, workers)
        let tokenizerSeconds = watch.seconds
        _ = evaluator.logits(encodings)
        return JobResult(
            seconds: watch.seconds, tokenizerSeconds: tokenizerSeconds,
            tokens: encodings.reduce(0) { $0 + $1.ids.count })
    }

    /// One training step on each batch of the request's texts, in random order.
    func train(_ request: JobRequest) throws -> JobResult {
        let model = try model(request.model, trained: true)
        let texts = try texts(request)
        let workers = workers(request.threads)
        let (trainer, run) = try training(request, model, workers)
        var (tokenizerSeconds, tokens) = (0.0, 0)
        let watch = Stopwatch()
        for batch in Self.batches(of: texts, size: request.batch) {
            let (seconds, encodings) = Stopwatch.time { encode(batch, request, model, workers) }
            tokenizerSeconds += seconds
            tokens += encodings.reduce(0) { $0 + $1.ids.count }
            let examples = zip(encodings, batch).map { TrainingExample(encoding: $0, label: $1.label) }
            _ = trainer.step(run, examples, learningRate: 2e-5)
        }
        // What was put off for rows that were not read belongs to these steps.
        run.finish()
        return JobResult(seconds: watch.seconds, tokenizerSeconds: tokenizerSeconds, tokens: tokens)
    }

    /// Texts as the model reads them, made on all workers; or random sequences of one length.
    func encode(
        _ texts: [LabelledText], _ request: JobRequest, _ model: LoadedModel, _ workers: Workers
    ) -> [Encoding] {
        if let length = request.sequenceLength {
            return Self.randomEncodings(
                request.texts, length: length, vocabulary: model.classifier.architecture.wordEmbeddings.rows)
        }
        let tokenizer = model.tokenizer
        return workers.map(texts) { tokenizer.encode($0.text, pair: $0.pair, maxLength: request.maxLength) }
    }

    /// The texts in batches, in the same random order at every call.
    static func batches(of texts: [LabelledText], size: Int) -> [[LabelledText]] {
        let order = CounterRandom(seed: 0, stream: "benchmark/batches").permutation(texts.count)
        return stride(from: 0, to: texts.count, by: max(1, size)).map { start in
            order[start..<min(start + size, texts.count)].map { texts[$0] }
        }
    }

    private func evaluator(_ request: JobRequest, _ model: LoadedModel, _ workers: Workers) throws -> Evaluator {
        try Self.requireProducts(request.precision)
        let use = Use(
            precision: request.precision, threads: request.threads,
            batchTokens: request.batchTokens ?? Self.batchTokens)
        if let evaluator = evaluators[use] { return evaluator }
        // Each holds the weights once more.
        if evaluators.count >= Precision.allCases.count { evaluators.removeAll() }
        let made = Evaluator(
            model.classifier, workers: workers, precision: use.precision,
            batchTokens: use.batchTokens ?? Self.batchTokens)
        evaluators[use] = made
        return made
    }

    /// AdamW as in PyTorch: no clipping, decay of every parameter, the dropout of the model's config.
    private func training(
        _ request: JobRequest, _ model: LoadedModel, _ workers: Workers
    ) throws -> (trainer: Trainer, run: TrainingRun) {
        try Self.requireProducts(request.precision)
        let use = Use(precision: request.precision, threads: request.threads)
        if let training = trainings[use] { return training }
        // Each holds gradients and moments.
        if trainings.count >= Precision.allCases.count { trainings.removeAll() }
        var settings = TrainingSettings()
        settings.precision = request.precision
        settings.batchSize = request.batch
        settings.clipNorm = nil
        settings.optimizer.decay = .all
        let trainer = Trainer(model.classifier, settings: settings, workers: workers)
        let made = (trainer, trainer.run())
        trainings[use] = made
        return made
    }

    private static func randomEncodings(_ count: Int, length: Int, vocabulary: Int) -> [Encoding] {
        let random = CounterRandom(seed: 0, stream: "benchmark/sequences")
        return (0..<count).map { text in
            let ids = (0..<length).map { Int32(random.below(vocabulary, at: UInt64(text * length + $0))) }
            return Encoding(ids: ids, typeIDs: [Int32](repeating: 0, count: length))
        }
    }
}
