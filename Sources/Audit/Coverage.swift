import Checkpoints
import Findings

/// What was examined and what was not, so that a pass is not taken for more than it is.
enum Coverage {
    static func items(
        _ measured: ProbeSession.Measured?, weights: WeightStage, pair: ModelPair
    ) -> [CoverageItem] {
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
        guard let measured else {
            items.append(
                CoverageItem(
                    subject: "Trigger probes", state: .skipped,
                    detail: "The model cannot be run."))
            return items
        }
        let candidates = measured.session.summaryInputs.candidates
        items += [
            CoverageItem(
                subject: "Known triggers", state: .examined,
                detail: "\(candidates.known.count) strings inserted into every confirm text."),
            CoverageItem(
                subject: "Discovered triggers", state: .partly,
                detail: "The \(Candidates.fromEmbeddings) most anomalous embedding rows were screened; the rest of the "
                    + "vocabulary was not scanned."),
            CoverageItem(
                subject: "Phrases and combinations", state: .skipped,
                detail: "Only the listed sentences were tried; unknown phrases were not searched for."),
            CoverageItem(
                subject: "Syntactic and style triggers", state: .skipped,
                detail: "They have no short string form and were not probed."),
            CoverageItem(
                subject: "The base itself", state: .skipped,
                detail: "A backdoor that is already in the base cannot be seen by comparing with it."),
        ]
        return items
    }
}
