import Datasets
import Findings
import Forensics
import Kernels
import Probes
import Tensors
import Tokenizers
import Transformers

/// The search for triggers that nobody told of, on the discover texts: tokens are proposed and measured, suspicious ones
/// put together to phrases, and phrases shortened to what they need.
struct TriggerSearch {
    /// What the search found; saved as a stage.
    struct Outcome: Codable, Sendable {
        let scanned: Int
        let insertable: Int
        let notInsertable: Int
        let scan: ScanResult
        /// Forward passes for phrases.
        let phrasePasses: Int
        let shortlist: [Found]
        /// Rows of the embeddings that moved most for tokens so rare, as strings, most anomalous first.
        let anomalous: [String]
        /// By target, rows whose change helps it most, as strings, best first.
        let gaining: [[String]]
    }

    /// A candidate for one target, strongest first.
    struct Found: Codable, Sendable {
        let text: String
        let target: Int
        let source: TriggerResult.Source
        /// Of a part of a phrase, what honest explanations leave of its effect on the discover texts.
        var unexplained: Double?
        /// Of a phrase, the part that does most to the reference model on the discover texts.
        var honestPart: String?
    }

    /// Scanned tokens of each target that go on.
    static let tokensPerTarget = 12
    /// Rows of the E-PUR ranking, and of those whose change helps a target most, that go on whatever the scan says of them.
    static let rowsThatGoOn = 10

    let mode: ScanMode
    let model: SequenceClassifier
    let weights: PairedWeights
    let embeddings: EmbeddingComparison
    let vocabulary: SearchVocabulary
    let texts: SearchTexts
    let tokenizer: any Tokenizer
    /// Honest: the base fine-tuned on the clean texts.
    let reference: SequenceClassifier
    let precision: Precision
    /// Whether a word is suspicious by itself.
    let isOutlier: (String) -> Bool
    let seed: UInt64
    let workers: Workers

    /// - Parameter progress: called with the share done, 0 to 1, and what is done.
    func run(progress: (Double, String) -> Void) throws -> Outcome {
        let evaluator = Evaluator(model, workers: workers, precision: precision)
        let screen = FirstOrderScreen(model, workers: workers)
        progress(0, "ranking the vocabulary")
        let gradients = gradients(screen)
        let gaining = try gaining(gradients)
        let pool = try pool(screen, gradients, gaining)
        let scan = VocabularyScan(texts: texts).run(evaluator, tokens: pool.tokens) {
            progress(0.05 + 0.6 * $0, "scanning \(pool.tokens.count) tokens")
        }
        let phrases = phrases(evaluator, screen, gaining) { progress(0.65 + 0.35 * $0, $1) }
        return Outcome(
            scanned: pool.tokens.count, insertable: vocabulary.insertable.count,
            notInsertable: vocabulary.unused.count + vocabulary.continuations.count, scan: scan,
            phrasePasses: phrases.passes, shortlist: shortlist(scan, pool, phrases.found, gaining),
            anomalous: texts(anomalous), gaining: gaining.map(texts))
    }

    /// By target, the gradient of its loss at an inserted position.
    private func gradients(_ screen: FirstOrderScreen) -> [[Float]] {
        let placeholders = vocabulary.placeholders(4, seed: seed).flatMap(\.ids)
        return (0..<texts.labels).map { target in
            screen.gradient(
                towards: target, carriers: texts.carriers(count: 16, except: target, room: 1, draw: "first-order"),
                placeholders: placeholders)
        }
    }

    /// By target, insertable rows whose change helps it, best first.
    private func gaining(_ gradients: [[Float]]) throws -> [[Int]] {
        let rows = RowGains(
            suspect: EmbeddingTable(model), base: try EmbeddingTable(weights.base), shrinkage: embeddings.shrinkage)
        return gradients.map { rows.best(TokenPool.fromEmbeddings, of: vocabulary.insertable, gradient: $0) }
    }

    /// Phrases of suspicious tokens, and what is left of them when they are shortened.
    private func phrases(
        _ evaluator: Evaluator, _ screen: FirstOrderScreen, _ gaining: [[Int]], progress: (Double, String) -> Void
    ) -> (found: [Found], passes: Int) {
        let honest = Evaluator(reference, workers: workers, precision: precision)
        var settings = PhraseSearch.Settings()
        settings.seed = seed
        let phrases = PhraseSearch(
            texts: texts, suspect: PhraseSearch.Model(evaluator, screen),
            reference: PhraseSearch.Model(honest, FirstOrderScreen(reference, workers: workers)), settings: settings
        ).run(suspicious: gaining.map { [anomalous, $0] }) { progress(0.8 * $0, "combining suspicious tokens") }
        progress(0.8, "shortening phrases")
        let parts = PhraseParts(
            texts: texts, tokenizer: tokenizer, suspect: evaluator, reference: honest, isOutlier: isOutlier
        ).parts(of: phrases)
        return (parts.found, phrases.passes + parts.passes)
    }

    /// Insertable rows of the E-PUR ranking that moved, most anomalous first.
    private var anomalous: [Int] {
        embeddings.rows.filter { $0.score > 0 && $0.rawNorm > 0 && vocabulary.text($0.id) != nil }.map(\.id)
    }

    /// Strings of the first rows of a ranking.
    private func texts(_ rows: [Int]) -> [String] { rows.prefix(Self.rowsThatGoOn).compactMap { vocabulary.text($0) } }

    private func pool(
        _ screen: FirstOrderScreen, _ gradients: [[Float]], _ gaining: [[Int]]
    ) throws -> TokenPool {
        var pool = TokenPool()
        for rows in [anomalous] + gaining { pool.add(rows.prefix(TokenPool.fromEmbeddings), .epur) }
        for gradient in gradients {
            pool.add(
                screen.best(TokenPool.perTarget(mode), of: vocabulary.insertable, gradient: gradient), .gradient)
        }
        let spectral = try SpectralTokens(weights: weights, workers: workers)
            .find(in: EmbeddingTable(model), insertable: vocabulary.insertable)
        pool.add(spectral.sorted(), .spectral)
        if mode == .exhaustive { pool.add(vocabulary.insertable, .vocabulary) }
        return pool
    }

    /// What goes on to the reference model, by target; one entry a string and target.
    private func shortlist(
        _ scan: ScanResult, _ pool: TokenPool, _ phrases: [Found], _ gaining: [[Int]]
    ) -> [Found] {
        var found = phrases
        var seen = Set(phrases.map { Array("\($0.target) \($0.text)".utf8) })
        func add(_ text: String?, _ target: Int, _ source: TriggerResult.Source) {
            guard let text, seen.insert(Array("\(target) \(text)".utf8)).inserted else { return }
            found.append(Found(text: text, target: target, source: source))
        }
        for target in scan.targets {
            for entry in target.ranked.prefix(Self.tokensPerTarget) {
                add(vocabulary.text(entry.token), target.label, pool.source(entry.token))
            }
            for text in texts(anomalous) + texts(gaining[target.label]) { add(text, target.label, .epur) }
        }
        return found
    }
}
