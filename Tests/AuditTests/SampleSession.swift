import Datasets
import Files
import Foundation
import Probes
import Testing
import Tokenizers
import Transformers

@testable import Audit

/// Sessions on a part of the sample's clean texts, with a quick search and short training.
final class SampleSession {
    static let samples = SampleSearch.samples
    static let planted = SampleSearch.planted

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// - Parameters:
    ///   - name: of the file of clean texts.
    ///   - isTrained: whether all texts are there and models are trained until they do the task, as in the sample audit;
    ///     else there are 120 texts and training is short.
    ///   - text: changes some of the texts.
    func make(
        _ name: String, suspect: String = "suspect", references: ReferenceModels? = nil, isTrained: Bool = false,
        _ text: (LabelledText) -> String = { $0.text }
    ) throws -> ProbeSession {
        let rows = try CleanData(path: Self.samples + "/clean.tsv", labels: 2, seed: 0).rows
            .prefix(isTrained ? .max : 120)
        let lines = rows.map { "\($0.label)\t\(text($0))\n" }
        var options = AuditOptions(
            suspect: Self.samples + "/" + suspect, base: Self.samples + "/base",
            data: try folder.write("label\ttext\n" + lines.joined(), to: name), threads: 2, command: "")
        (options.knownTriggers, options.scan, options.epochs) = (false, .quick, isTrained ? 10 : 1)
        if isTrained { options.learningRate = 5e-4 }
        let pair = try ModelPair(suspect: options.suspect, base: options.base, threads: 2)
        return try ProbeSession(
            options: options, policy: Policy(), pair: pair, weights: WeightStage(pair, threads: 2),
            clock: StageClock(report: { _ in }), store: StageStore(folder: nil), references: references)
    }
}

/// The rows of some texts.
func rows(_ texts: [LabelledText]) -> Set<Int> { Set(texts.map(\.row)) }
