import Checkpoints
import Files
import Findings
import Foundation
import Kernels
import Probes
import Tensors
import Testing
import Transformers

@testable import Audit

@Suite struct PurifyRunTests {
    private let pair: TinyPair

    init() throws { pair = try TinyPair() }

    private func run(_ options: PurifyOptions) throws -> PurifyRecord { try PurifyRun(options).run() }

    private func refusal(_ options: PurifyOptions) -> AuditError? {
        #expect(throws: AuditError.self) { try run(options) }
    }

    @Test(arguments: RemedyMethod.allCases)
    func everyMethodWritesAModelAndItsRecord(method: RemedyMethod) throws {
        let options = pair.options(method)
        let record = try run(options)
        let folder = try ModelFolder(path: options.output)
        #expect(try ClassifierSource(folder: folder).load().labels == folder.config.labels)
        _ = try folder.tokenizer()
        #expect(folder.digests.first { $0.name == "model.safetensors" }?.sha256 == record.purified.sha256)
        #expect(record.method == method && record.choice == .given)
        #expect(record.rho == (method == .fineTuning ? 1 : 0.5))
        #expect(record.parameter == method.parameter(rho: record.rho))
        #expect(record.data.used == 30, "a quarter is left for an audit")
        #expect(record.training.steps == 4)
        #expect(record.epur?.rows.count ?? 0 >= 5)
        let saved = try Data(contentsOf: URL(filePath: options.output + "/purify.json"))
        #expect(try JSONDecoder().decode(PurifyRecord.self, from: saved) == record)
    }

    @Test func theCurveIsKept() throws {
        var options = pair.options(.fineMixing, rho: [0, 0.5, 1])
        options.rhoCurve = true
        let record = try run(options)
        #expect(record.curve.map(\.rho) == [0, 0.5, 1])
        for cell in record.curve {
            let outcome = try #require(cell.outcome)
            #expect(outcome.accuracy.n == record.data.used)
            #expect(outcome.loss.interval.lower <= outcome.loss.value)
        }
        #expect(record.curve.count(where: \.chosen) == 1)
        let first = record.curve.first { $0.outcome?.qualifies == true && $0.rho < 1 }?.rho
        #expect(record.rho == first ?? 1)
        #expect(record.choice == (first == nil ? .noneQualified : .qualified))
        #expect(record.summary.contains("ρ = 0.5"))
    }

    @Test func theSearchStopsAtTheFirstRatioThatQualifies() throws {
        var options = pair.options(.shrink, rho: [0, 0.5, 1])
        options.tolerance = 1
        let record = try run(options)
        #expect(record.rho == 0 && record.choice == .qualified)
        #expect(record.curve.map { $0.outcome != nil } == [true, false, false])
    }

    @Test func savedRatiosAreFoundAgain() throws {
        var options = pair.options(.shrink, rho: [0.2, 1])
        options.work = pair.folder.file("work")
        options.rhoCurve = true
        let first = try run(options)
        let names = try FileManager.default.contentsOfDirectory(atPath: pair.folder.file("work"))
        #expect(names.count { $0.hasPrefix("purify-shrink-") } == 1)
        #expect(names.count { $0.hasPrefix("purify-untreated-") } == 1)
        #expect(try run(options) == first)
        options.method = .fineMixing
        options.output = pair.folder.file("other")
        #expect(try run(options).curve[1].outcome?.accuracy == first.curve[1].outcome?.accuracy)
        let more = try FileManager.default.contentsOfDirectory(atPath: pair.folder.file("work"))
        #expect(more.count { $0.hasPrefix("purify-untreated-") } == 1, "ρ = 1 is the same for every method")
    }

    @Test func fineMixingIsTheAuditsOwnRemedy() throws {
        let options = pair.options(.fineMixing, rho: [0.4])
        let record = try run(options)
        var audit = AuditOptions(suspect: pair.suspect, base: pair.base, data: pair.data, threads: 1, command: "")
        (audit.epochs, audit.batchSize, audit.seed) = (options.epochs, options.batchSize, options.seed)
        let weights = try pair.weights(epur: true)
        let purification = Purification(
            mixing: Mixing(
                suspect: weights.suspect, base: weights.base, resetRows: record.epur?.rows, seed: options.seed),
            data: try CleanData(path: pair.data, labels: 2, seed: options.seed),
            insertion: TriggerInsertion(
                tokenizer: try Fixtures.tokenizer(), maxLength: record.training.maxLength, seed: options.seed),
            options: audit, tolerance: 0.02, workers: Workers(threads: 1))
        let ours = try ClassifierSource(folder: ModelFolder(path: options.output)).load()
        let theirs = try purification.purify(rho: 0.4) { _ in }
        withExtendedLifetime((ours, theirs)) {
            #expect(ours.parameters.values.floats.elementsEqual(theirs.parameters.values.floats))
        }
    }

    @Test func everyTextWhereAskedFor() throws {
        var options = pair.options(.fineTuning)
        options.allTexts = true
        #expect(try run(options).data.used == TinyPair.texts)
    }

    @Test func withoutEPUR() throws {
        var options = pair.options(.fineMixing, rho: [0])
        options.epur = false
        let record = try run(options)
        #expect(record.epur == nil)
        let embeddings = record.tensorsTreated
        options.epur = true
        #expect(try run(options).tensorsTreated == embeddings - 1)
    }

    @Test func aBaseOfAnotherShapeIsRefusedByItsTensors() throws {
        var options = pair.options(.fineMixing)
        options.base =
            URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "samples/base").path
        let error = try #require(refusal(options))
        #expect(error.description.contains("tensors differ"))
        #expect(error.description.contains("embeddings.token_type_embeddings.weight ([2, 48] against [2, 64])"))
        #expect(error.description.contains("more"))
    }

    @Test func aBaseWithOtherTensorsIsRefusedByTheirNames() throws {
        var options = pair.options(.fineMixing)
        options.base = try TinyPair.moved(by: 0, to: pair.folder.file("renamed")) {
            $0.replacing("layer.1.output.dense.bias", with: "layer.1.output.dense.other")
        }
        let error = try #require(refusal(options))
        #expect(error.description.contains("layer.1.output.dense.bias (not in the base)"))
        #expect(error.description.contains("layer.1.output.dense.other (not in the suspect)"))
    }

    @Test func aBaseWithUnrelatedWeightsIsRefused() throws {
        var options = pair.options(.fineMixing)
        options.base = try TinyPair.moved(by: 1, to: pair.folder.file("unrelated"))
        let error = try #require(refusal(options))
        #expect(error.description.contains("(cosine 0."))
        #expect(error.status == .untrustworthy)
        #expect(!FileManager.default.fileExists(atPath: options.output + "/model.safetensors"))
    }

    @Test func anInputIsNotOverwritten() throws {
        var options = pair.options(.fineTuning)
        options.output = pair.suspect + "/"
        #expect(refusal(options)?.status == .usage)
    }

    @Test(arguments: [[], [1.5], [Double.nan]])
    func badRatios(rho: [Double]) { #expect(refusal(pair.options(.fineMixing, rho: rho))?.status == .usage) }

    @Test func fineTuningHasNoRatio() {
        var options = pair.options(.fineTuning)
        options.rho = [0.5]
        #expect(refusal(options)?.description.contains("--rho") == true)
    }

    @Test func aLabelWithoutTextsIsRefused() throws {
        var options = pair.options(.fineMixing)
        options.data = try pair.folder.write("label\ttext\n0\tThe film\n0\tA story\n", to: "one.tsv")
        #expect(refusal(options)?.description.contains("label 1 has no text") == true)
    }
}
