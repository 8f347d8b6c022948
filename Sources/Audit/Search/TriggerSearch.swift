import Datasets
import Findings
import Forensics
import Kernels
import Probes
import Tensors
import Tokenizers
import Transformers

/// The search for triggers that nobody told of, on the discover texts: tokens are proposed and measured, the strongest
/// extended to phrases, and phrases shortened to what they need.
struct TriggerSearch {
    /// What the search found; saved as a stage.
    struct Outcome: Codable, Sendable {
        let scanned: Int
        let insertable: Int
        let notInsertable: Int
        let scan: ScanResult
        let phrases: PhraseSearchResult
        let shortlist: [Found]
        let corePasses: Int
        /// Rows of the embeddings that moved most for tokens so rare, as strings, most anomalous first.
        let anomalous: [String]
    }

    /// A candidate for one target, strongest first.
    struct Found: Codable, Sendable {
        let text: String
        let target: Int
        let source: TriggerResult.Source
    }

    /// Scanned tokens of each target that go on, and phrases.
    static let tokensPerTarget = 12
    static let phrasesPerTarget = 2
    /// Texts of each label that phrases are shortened on: most of them, since on a few short ones a part looks whole.
    static let textsForCores = 48
    /// Rows of the E-PUR ranking that go on whatever the scan says of them.
    static let rowsThatGoOn = 10

    let mode: ScanMode
    let model: SequenceClassifier
    let weights: PairedWeights
    let embeddings: EmbeddingComparison
    let vocabulary: SearchVocabulary
    let tokenizer: any Tokenizer
    let texts: [LabelledText]
    let maxLength: Int
    let seed: UInt64
    let precision: Precision
    let workers: Workers

    /// - Parameter progress: called with the share done, 0 to 1, and what is done.
    func run(progress: (Double, String) -> Void) throws -> Outcome {
        let evaluator = Evaluator(model, workers: workers, precision: precision)
        let searchTexts = SearchTexts(
            texts, labels: model.labels.count, evaluator: evaluator, vocabulary: vocabulary, tokenizer: tokenizer,
            maxLength: maxLength, seed: seed)
        let screen = FirstOrderScreen(model, workers: workers)
        progress(0, "ranking the vocabulary")
        let pool = try pool(screen, searchTexts)
        let scan = VocabularyScan(texts: searchTexts).run(evaluator, tokens: pool.tokens) {
            progress(0.05 + 0.6 * $0, "scanning \(pool.tokens.count) tokens")
        }
        let suspicious = anomalous.prefix(TokenPool.fromEmbeddings)
        var settings = PhraseSearch.Settings()
        settings.seed = seed
        let phrases = PhraseSearch(texts: searchTexts, evaluator: evaluator, screen: screen, settings: settings).run(
            seeds: scan.targets.map { $0.ranked.prefix(16).map(\.token) }, suspicious: Array(suspicious)
        ) { progress(0.65 + 0.3 * $0, "extending to phrases") }
        progress(0.95, "shortening phrases")
        let (cores, corePasses) = cores(phrases, searchTexts, evaluator)
        return Outcome(
            scanned: pool.tokens.count, insertable: vocabulary.insertable.count,
            notInsertable: vocabulary.unused.count + vocabulary.continuations.count, scan: scan, phrases: phrases,
            shortlist: shortlist(scan, pool, cores), corePasses: corePasses,
            anomalous: suspicious.prefix(Self.rowsThatGoOn).compactMap { vocabulary.text($0) })
    }

    /// Insertable rows of the E-PUR ranking that moved, most anomalous first.
    private var anomalous: [Int] {
        embeddings.rows.filter { $0.score > 0 && $0.rawNorm > 0 && vocabulary.text($0.id) != nil }.map(\.id)
    }

    private func pool(_ screen: FirstOrderScreen, _ texts: SearchTexts) throws -> TokenPool {
        var pool = TokenPool()
        pool.add(anomalous.prefix(TokenPool.fromEmbeddings), .epur)
        let placeholders = vocabulary.placeholders(4, seed: seed).flatMap(\.ids)
        let suggested = (0..<texts.labels).map { target in
            let gradient = screen.gradient(
                towards: target, carriers: texts.carriers(count: 16, except: target, room: 1, draw: "first-order"),
                placeholders: placeholders)
            return screen.best(TokenPool.perTarget(mode), of: vocabulary.insertable, gradient: gradient)
        }
        for tokens in suggested { pool.add(tokens, .gradient) }
        let spectral = try SpectralTokens(weights: weights, workers: workers)
            .find(in: EmbeddingTable(model), insertable: vocabulary.insertable)
        pool.add(spectral.sorted(), .spectral)
        if mode == .exhaustive { pool.add(vocabulary.insertable, .vocabulary) }
        return pool
    }

    /// Phrases that may be a planted trigger: of suspicious tokens alone, each once.
    ///
    /// Any model, an honest one too, is moved by some phrase out of the whole vocabulary that was searched for: those
    /// are reported, and prove nothing.
    private static func plausible(_ target: PhraseSearchResult.Target) -> [PhraseSearchResult.Phrase] {
        target.phrases.filter { $0.origin == .suspicious && $0.ids.count > 1 && Set($0.ids).count == $0.ids.count }
    }

    /// The strongest phrases and their smallest parts, each once.
    private func cores(
        _ phrases: PhraseSearchResult, _ texts: SearchTexts, _ evaluator: Evaluator
    ) -> (cores: [(text: String, target: Int)], passes: Int) {
        var cores: [(text: String, target: Int)] = []
        var passes = 0
        for target in phrases.targets {
            let carriers = texts.carriers(count: Self.textsForCores, except: target.label, room: 8, draw: "core")
            for phrase in Self.plausible(target).prefix(Self.phrasesPerTarget) {
                let words = phrase.ids.compactMap { vocabulary.text(Int($0)) }
                let core = TriggerCore.find(
                    of: words, target: target.label, carriers: carriers, tokenizer: tokenizer, evaluator: evaluator)
                passes += core.passes
                for text in [core.text, words.joined(separator: " ")]
                where !cores.contains(where: { $0 == (text, target.label) }) {
                    cores.append((text, target.label))
                }
            }
        }
        return (cores, passes)
    }

    /// What goes on to the reference model, by target; one entry a string and target.
    private func shortlist(
        _ scan: ScanResult, _ pool: TokenPool, _ cores: [(text: String, target: Int)]
    ) -> [Found] {
        var found: [Found] = []
        var seen = Set<[UInt8]>()
        func add(_ text: String?, _ target: Int, _ source: TriggerResult.Source) {
            guard let text, seen.insert(Array("\(target) \(text)".utf8)).inserted else { return }
            found.append(Found(text: text, target: target, source: source))
        }
        for target in scan.targets {
            for entry in target.ranked.prefix(Self.tokensPerTarget) {
                add(vocabulary.text(entry.token), target.label, pool.source(entry.token))
            }
            for core in cores where core.target == target.label {
                let isWord = !core.text.contains(" ")
                add(core.text, target.label, isWord ? .epur : .phrase)
            }
            for id in anomalous.prefix(Self.rowsThatGoOn) { add(vocabulary.text(id), target.label, .epur) }
        }
        return found
    }
}
