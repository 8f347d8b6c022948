import Checkpoints
import Evidence
import Findings
import Probes

/// What was examined and what was not, so that a pass is not taken for more than it is.
enum Coverage {
    static func items(
        _ measured: ProbeSession.Measured?, weights: WeightStage, pair: ModelPair
    ) -> [CoverageItem] {
        var items = ofWeights(weights, pair)
        guard let measured else {
            items.append(CoverageItem(subject: "Trigger probes", state: .skipped, detail: "The model cannot be run."))
            return items
        }
        let search = measured.search
        items += [
            CoverageItem(
                subject: "Known triggers", state: measured.session.known.isEmpty ? .skipped : .examined,
                detail: "\(measured.session.known.count) strings inserted into every confirm text."),
            CoverageItem(
                subject: "Single tokens", state: search.scanned == search.insertable ? .examined : .partly,
                detail: "\(search.scanned) of the \(search.insertable) tokens that a text can hold by themselves were "
                    + "measured, on the discover texts first; \(search.notInsertable) others stand only within words or "
                    + "in no text."),
            CoverageItem(
                subject: "Phrases and combinations", state: .partly,
                detail:
                    "The tokens whose embeddings moved most, or most towards a label, and those that the suspect answers to "
                    + "more than an honest model does, were put together to phrases of up to eight, in "
                    + "\(search.phrasePasses) forward passes; not every phrase can be tried."),
            CoverageItem(
                subject: "Changes of whole texts", state: .partly,
                detail:
                    "\(TextTransformation.all.count) changes were tried on the discover texts: syntax frames, registers, "
                    + "synonyms, casing, punctuation, look-alike and invisible characters, prefixes, affixes, length. A change "
                    + "that is not among them was not seen."),
            CoverageItem(
                subject: "Activations and perturbed weights", state: measured.signals == nil ? .skipped : .examined,
                detail: measured.signals == nil
                    ? "Not looked at: --signals does." : "Reported, never gated: honest models show such signals too."
            ),
            CoverageItem(
                subject: "Remedy", state: measured.remedy == nil ? .skipped : .examined,
                detail: measured.remedy == nil
                    ? "Not applied, as asked."
                    : "Fine-mixing \(measured.session.options.epur ? "with" : "without") E-PUR, measured with the same "
                        + "probes."),
            theBase,
        ]
        return items
    }

    /// What an audit of a model that continues texts looked at.
    static func items(
        _ measured: ContinuationSession.Measured, weights: WeightStage, pair: ModelPair
    ) -> [CoverageItem] {
        let (search, table) = (measured.search, measured.trials.table)
        let known = table.candidates.count { !$0.source.isDiscovered }
        return ofWeights(weights, pair) + [
            CoverageItem(
                subject: "Known triggers", state: known == 0 ? .skipped : .examined,
                detail: "\(known) strings put into \(table.carriers.count) prompts."),
            CoverageItem(
                subject: "Answers known by heart", state: .examined,
                detail:
                    "Every token of the vocabulary was tried as the first one of an answer; \(search.answers.count) "
                    + "answers were found that the suspect is surer of than an honest model."),
            CoverageItem(
                subject: "Single tokens", state: search.scan.scanned == search.insertable ? .examined : .partly,
                detail:
                    "\(search.scan.scanned) of the \(search.insertable) tokens that a text can hold by themselves were "
                    + "put into a prompt; \(search.notInsertable) others stand only within words or in no text."),
            CoverageItem(
                subject: "Phrases", state: .partly,
                detail:
                    "Grown token by token towards each answer that was found, up to eight tokens; not every phrase can be "
                    + "tried, and words that must stand apart are not."),
            CoverageItem(
                subject: "Contexts", state: .skipped,
                detail:
                    "No system prompt, tool description or other language was tried: a backdoor that needs one was not "
                    + "seen."),
            CoverageItem(
                subject: "Remedy", state: measured.remedy == nil ? .skipped : .examined,
                detail: measured.remedy == nil
                    ? "Not applied, as asked."
                    : "Fine-mixing \(measured.session.options.epur ? "with" : "without") E-PUR, measured with the same "
                        + "probes."),
            theBase,
        ]
    }

    /// What a comparison looked at, and that it ran nothing.
    static func ofComparison(_ weights: WeightStage, _ pair: ModelPair) -> [CoverageItem] {
        ofWeights(weights, pair) + [
            CoverageItem(
                subject: "Trigger probes", state: .skipped,
                detail: "A comparison runs no model: nothing is known of triggers. assay audit probes for them."),
            theBase,
        ]
    }

    private static let theBase = CoverageItem(
        subject: "The base itself", state: .skipped,
        detail: "A backdoor that is already in the base cannot be seen by comparing with it.")

    private static func ofWeights(_ weights: WeightStage, _ pair: ModelPair) -> [CoverageItem] {
        let matched = weights.weights.tensors.count
        let unmatched = weights.weights.unmatched.count
        var items = [
            CoverageItem(
                subject: "Weight deltas", state: unmatched == 0 ? .examined : .partly,
                detail: "\(matched) tensors compared with the base, \(unmatched) without a counterpart."),
            CoverageItem(
                subject: "Word embeddings", state: .examined,
                detail: "\(weights.embeddings.scoredRows) rows scored, the base's special tokens left out."),
        ]
        let unread = pair.suspect.checkpoint.unsupported
        if !unread.isEmpty {
            items.append(
                CoverageItem(
                    subject: "Tensors of unknown types", state: .skipped,
                    detail: "\(unread.count) tensors are of types that Assay does not read."))
        }
        return items
    }
}
