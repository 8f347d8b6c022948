import Datasets
import Findings
import Forensics
import Kernels
import Probes
import Tensors
import Tokenizers
import Transformers

/// The search for triggers that nobody told of, on the discover texts: tokens are proposed and measured at several
/// places, suspicious ones are put together to phrases, and phrases are shortened to what they need.
struct TriggerSearch {
    /// What the search found; saved as a stage.
    struct Outcome: Codable, Sendable {
        let scanned: Int
        let insertable: Int
        let notInsertable: Int
        /// At random places; the power is read off it.
        let scan: ScanResult
        /// Forward passes at the start and at the end of the texts.
        let placedPasses: Int
        /// Forward passes for phrases.
        let phrasePasses: Int
        let shortlist: [Found]
    }

    /// A candidate for one target.
    struct Found: Codable, Sendable {
        let trigger: Trigger
        let target: Int
        let source: TriggerResult.Source
    }

    /// Scanned tokens of each target that go on, of those at random places and of those at the start or the end.
    static let tokensPerTarget = 12
    static let placedPerTarget = 4
    /// Rows of the E-PUR ranking, and of those whose change helps a target most, that go on whatever the scan says.
    static let rowsThatGoOn = 10
    /// Up to so many insertable tokens the whole vocabulary is scanned in every mode: it costs little.
    static let smallVocabulary = 4_000

    let mode: ScanMode
    let model: SequenceClassifier
    let weights: PairedWeights
    let embeddings: EmbeddingComparison
    let vocabulary: SearchVocabulary
    let texts: SearchTexts
    let tokenizer: any Tokenizer
    /// The base fine-tuned on clean texts, the discover texts not among them.
    let honest: SequenceClassifier
    let precision: Precision
    let seed: UInt64
    let workers: Workers

    /// - Parameter progress: called with the share done, 0 to 1, and what is done.
    func run(progress: (Double, String) -> Void) throws -> Outcome {
        let evaluator = Evaluator(model, workers: workers, precision: precision)
        let onHonest = Evaluator(honest, workers: workers, precision: precision)
        let screen = FirstOrderScreen(model, workers: workers)
        progress(0, "ranking the vocabulary")
        let gradients = gradients(screen)
        let gaining = try gaining(gradients)
        let pool = try pool(screen, gradients, gaining, perTarget: TokenPool.perTarget(mode))
        let scan = VocabularyScan(texts: texts).run(evaluator, honest: onHonest, tokens: pool.tokens) {
            progress(0.05 + 0.35 * $0, "scanning \(pool.tokens.count) tokens")
        }
        let placeable = try self.pool(screen, gradients, gaining, perTarget: TokenPool.placedPerTarget).tokens
        let placed = [Placement.start, .end].enumerated().map { index, placement in
            (
                placement: placement,
                scan: VocabularyScan(texts: texts, settings: .placed, placement: placement)
                    .run(evaluator, honest: onHonest, tokens: placeable) {
                        progress(0.4 + 0.15 * (Double(index) + $0), "scanning tokens at the \(placement.rawValue)")
                    }
            )
        }
        let phrases = phrases(evaluator, onHonest, screen, gaining, scan) { progress(0.7 + 0.3 * $0, $1) }
        return Outcome(
            scanned: pool.tokens.count, insertable: vocabulary.insertable.count,
            notInsertable: vocabulary.unused.count + vocabulary.continuations.count, scan: scan,
            placedPasses: placed.reduce(0) { $0 + $1.scan.passes }, phrasePasses: phrases.passes,
            shortlist: shortlist(scan, placed, pool, phrases.found, gaining))
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
        _ evaluator: Evaluator, _ onHonest: Evaluator, _ screen: FirstOrderScreen, _ gaining: [[Int]],
        _ scan: ScanResult, progress: (Double, String) -> Void
    ) -> (found: [Found], passes: Int) {
        var settings = PhraseSearch.Settings()
        settings.seed = seed
        let phrases = PhraseSearch(
            texts: texts, suspect: PhraseSearch.Model(evaluator, screen),
            reference: PhraseSearch.Model(onHonest, FirstOrderScreen(honest, workers: workers)), settings: settings
        ).run(
            suspicious: gaining.indices.map { target in
                [anomalous, gaining[target], scan.targets[target].notable]
            }
        ) { progress(0.8 * $0, "combining suspicious tokens") }
        progress(0.8, "shortening phrases")
        let parts = PhraseParts(texts: texts, tokenizer: tokenizer, suspect: evaluator, honest: onHonest)
            .parts(of: phrases)
        return (parts.found, phrases.passes + parts.passes)
    }

    /// Insertable rows of the E-PUR ranking that moved, most anomalous first.
    private var anomalous: [Int] {
        embeddings.rows.filter { $0.score > 0 && $0.rawNorm > 0 && vocabulary.text($0.id) != nil }.map(\.id)
    }

    /// - Parameter perTarget: tokens for every target that the gradient suggests.
    private func pool(
        _ screen: FirstOrderScreen, _ gradients: [[Float]], _ gaining: [[Int]], perTarget: Int
    ) throws -> TokenPool {
        var pool = TokenPool()
        for rows in [anomalous] + gaining { pool.add(rows.prefix(TokenPool.fromEmbeddings), .epur) }
        for gradient in gradients {
            pool.add(screen.best(perTarget, of: vocabulary.insertable, gradient: gradient), .gradient)
        }
        let spectral = try SpectralTokens(weights: weights, workers: workers)
            .find(in: EmbeddingTable(model), insertable: vocabulary.insertable)
        pool.add(spectral.sorted(), .spectral)
        pool.add(vocabulary.special, .vocabulary)
        if mode == .exhaustive || vocabulary.insertable.count <= Self.smallVocabulary {
            pool.add(vocabulary.insertable, .vocabulary)
        }
        return pool
    }

    /// What goes on to be screened, by target; one entry a trigger and target.
    private func shortlist(
        _ scan: ScanResult, _ placed: [(placement: Placement, scan: ScanResult)], _ pool: TokenPool,
        _ phrases: [Found], _ gaining: [[Int]]
    ) -> [Found] {
        struct Key: Hashable { let trigger: Trigger, target: Int }
        var found = phrases
        var seen = Set(phrases.map { Key(trigger: $0.trigger, target: $0.target) })
        func add(_ token: Int, _ placement: Placement, _ target: Int, _ source: TriggerResult.Source) {
            guard let text = vocabulary.text(token) else { return }
            let trigger = Trigger(text: text, ids: [Int32(token)], placement: placement)
            guard seen.insert(Key(trigger: trigger, target: target)).inserted else { return }
            found.append(Found(trigger: trigger, target: target, source: source))
        }
        for target in scan.targets {
            for entry in target.ranked.prefix(Self.tokensPerTarget) {
                add(entry.token, .anywhere, target.label, pool.source(entry.token))
            }
            for row in anomalous.prefix(Self.rowsThatGoOn) + gaining[target.label].prefix(Self.rowsThatGoOn) {
                add(row, .anywhere, target.label, .epur)
            }
        }
        for (placement, scan) in placed {
            for target in scan.targets {
                for entry in target.ranked.prefix(Self.placedPerTarget) {
                    add(entry.token, placement, target.label, pool.source(entry.token))
                }
            }
        }
        return found
    }
}

extension VocabularyScan.Settings {
    /// Of tokens at one fixed place: a trigger that works there flips nearly every text, so two are enough at first.
    fileprivate static var placed: VocabularyScan.Settings {
        var settings = VocabularyScan.Settings()
        settings.textsPerLabel = [2, 8]
        settings.keepOneIn = 16
        settings.leastKept = 12
        return settings
    }
}
