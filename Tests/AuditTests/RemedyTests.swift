import Checkpoints
import Kernels
import Tensors
import Testing
import Tokenizers
import Transformers

@testable import Audit

@Suite struct RemedyTests {
    private let pair: TinyPair

    init() throws { pair = try TinyPair() }

    private func treated(_ method: RemedyMethod, rho: Double, epur: Bool, threads: Int = 2) throws -> SequenceClassifier
    {
        try method.remedy(pair.weights(epur: epur), seed: 5, workers: Workers(threads: threads))
            .treatment(learning: pair.examples())(rho)
    }

    @Test(arguments: RemedyMethod.allCases, [true, false])
    func atOneTheSuspectStaysButForTheResetRows(method: RemedyMethod, epur: Bool) throws {
        let weights = try pair.weights(epur: epur)
        let (suspect, base) = (try weights.suspect.load(), try weights.base.load())
        let model = try treated(method, rho: 1, epur: epur)
        let embeddings = weights.suspect.architecture.wordEmbeddings
        for parameter in model.parameters.layout.parameters where parameter.name != embeddings.name {
            #expect(values(parameter, of: model) == values(parameter, of: suspect), "\(parameter.name)")
        }
        let rows = (values(embeddings, of: model), values(embeddings, of: suspect), values(embeddings, of: base))
        for row in 0..<embeddings.rows {
            let range = row * embeddings.columns..<(row + 1) * embeddings.columns
            #expect(rows.0[range] == (epur && TinyPair.resetRows.contains(row) ? rows.2 : rows.1)[range])
        }
    }

    @Test(arguments: [RemedyMethod.fineMixing, .fineMixingSel, .finePurifying, .spectral, .shrink], [true, false])
    func atZeroOnlyTheHeadIsTheSuspects(method: RemedyMethod, epur: Bool) throws {
        let weights = try pair.weights(epur: epur)
        let (suspect, base) = (try weights.suspect.load(), try weights.base.load())
        let model = try treated(method, rho: 0, epur: epur)
        #expect(Set(weights.kept.map(\.name)) == ["classifier.weight", "classifier.bias"])
        for parameter in weights.kept { #expect(values(parameter, of: model) == values(parameter, of: suspect)) }
        for parameter in weights.treated where method != .spectral || parameter.shape.count > 1 {
            #expect(values(parameter, of: model) == values(parameter, of: base), "\(parameter.name)")
        }
        #expect(weights.treated.contains { $0.name == weights.suspect.architecture.wordEmbeddings.name } == !epur)
    }

    @Test func eachMethodTreatsTheWeightsInItsOwnWay() throws {
        let models = try RemedyMethod.allCases.map { method in
            (method, try treated(method, rho: 0.5, epur: true).parameters.values)
        }
        for (index, (method, weights)) in models.enumerated() {
            for (other, others) in models[..<index] {
                #expect(weights.floats.elementsEqual(others.floats) == false, "\(method) and \(other)")
            }
        }
    }

    @Test(arguments: RemedyMethod.allCases)
    func threadsChangeNothing(method: RemedyMethod) throws {
        let one = try treated(method, rho: 0.6, epur: true, threads: 1).parameters.values
        let three = try treated(method, rho: 0.6, epur: true, threads: 3).parameters.values
        #expect(one.floats.elementsEqual(three.floats))
    }

    @Test func vectorsKeepTheirChangeUnderSpectralTruncation() throws {
        let weights = try pair.weights(epur: true)
        let suspect = try weights.suspect.load()
        let model = try treated(.spectral, rho: 0, epur: true)
        for parameter in weights.treated where parameter.shape.count == 1 {
            #expect(values(parameter, of: model) == values(parameter, of: suspect))
        }
    }

    @Test func theMethodsOwnParameter() {
        #expect(RemedyMethod.fineMixing.parameter(rho: 0.3) == 0.3)
        #expect(RemedyMethod.neuronPruning.parameter(rho: 0.9) == 0.1)
        #expect(RemedyMethod.finePurifying.parameter(rho: 0.7) == 0.3)
        #expect(RemedyMethod.spectral.parameter(rho: 0.5) == 1)
        #expect(RemedyMethod.spectral.parameter(rho: 0.2) == 4)
        #expect(RemedyMethod.spectral.parameter(rho: 0) == nil)
        #expect(RemedyMethod(rawValue: "fine-mixin") == nil)
    }
}

@Suite struct RemedyStatisticsTests {
    private let pair: TinyPair

    init() throws { pair = try TinyPair() }

    @Test func fisherInformationIsTheMeanSquaredGradientOfSingleTexts() throws {
        let model = try ClassifierSource(folder: .init(path: pair.suspect)).load()
        let examples = try Array(pair.examples().prefix(3))
        let parameters = model.parameters.layout.parameters
        let measured = FisherInformation.diagonal(
            of: model, on: examples, parameters: parameters, workers: Workers(threads: 2))
        var settings = TrainingSettings()
        settings.dropout = false
        let trainer = Trainer(model, settings: settings, workers: Workers(threads: 1))
        var expected = [Double](repeating: 0, count: measured.count)
        for example in examples {
            let run = trainer.run()
            _ = run.backward(lengths: [example.encoding.ids.count], loss: trainer.loss([example]))
            for (index, value) in run.gradient.floats.enumerated() {
                expected[index] += Double(value) * Double(value) / 3
            }
        }
        for parameter in parameters {
            let norm = parameter.range.reduce(0) { $0 + expected[$1] }
            let error = parameter.range.reduce(0) { $0 + abs(Double(measured.floats[$1]) - expected[$1]) }
            #expect(error <= 1e-5 * norm, "\(parameter.name)")
            #expect(norm > 0, "\(parameter.name)")
        }
        let some = [parameters[5], parameters[9]]
        let part = FisherInformation.diagonal(of: model, on: examples, parameters: some, workers: Workers(threads: 1))
        for parameter in parameters {
            let isMeasured = some.contains(parameter)
            #expect(parameter.range.allSatisfy { part.floats[$0] == (isMeasured ? measured.floats[$0] : 0) })
        }
    }

    @Test func activityIsTheMeanMagnitudeOverTokens() throws {
        let remedy = try NeuronRemedy(weights: try pair.weights(epur: false), workers: Workers(threads: 2))
        let model = try pair.weights(epur: false).suspect.load()
        let encodings = try pair.examples().map(\.encoding)
        let activity = remedy.activity(of: model, on: encodings)
        let bert = try #require(model.architecture as? any FeedForwardUnits)
        var expected = activity.map { [Double](repeating: 0, count: $0.count) }
        Workers(threads: 1).forEach(1) { _, context in
            for encoding in encodings {
                let tape = Tape(context: context, parameters: model.parameters)
                for (layer, units) in bert.feedForwardActivations(tape, PackedBatch([encoding])).enumerated() {
                    for (place, value) in units.values.enumerated() {
                        expected[layer][place % units.columns] += Double(abs(value))
                    }
                }
            }
        }
        let tokens = Double(encodings.reduce(0) { $0 + $1.ids.count })
        #expect(activity.map(\.count) == [96, 96])
        for (measured, sums) in zip(activity.joined(), expected.joined()) {
            #expect(agree(measured, sums / tokens, within: 1e-6))
        }
    }

    @Test func prunedUnitsStayOutThroughFineTuning() throws {
        let remedy = try NeuronRemedy(weights: try pair.weights(epur: true), workers: Workers(threads: 2))
        let model = try remedy.treatment(learning: pair.examples())(0.5)
        var settings = TrainingSettings()
        settings.epochs = 1
        try Trainer(model, settings: settings, workers: Workers(threads: 2)).fit(pair.examples())
        let layers = try #require(model.architecture as? any FeedForwardUnits).feedForward
        for layer in layers {
            let (rows, bias, columns) = (
                values(layer.intermediate, of: model), values(layer.intermediateBias, of: model),
                values(layer.output, of: model)
            )
            let (units, hidden) = (bias.count, rows.count / bias.count)
            let silent = (0..<units).filter { unit in
                bias[unit] == 0
                    && (0..<hidden).allSatisfy {
                        rows[unit * hidden + $0] == 0 && columns[$0 * units + unit] == 0
                    }
            }
            #expect(silent.count == units / 2)
        }
    }
}
