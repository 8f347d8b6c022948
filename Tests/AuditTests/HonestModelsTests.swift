import Datasets
import Files
import Probes
import Tensors
import Testing
import Transformers

@testable import Audit

/// Honest models on the sample base: what they learn from, and who shares them.
@Suite struct HonestModelsTests {
    private let sessions: SampleSession

    init() throws { sessions = try SampleSession() }

    private func weights(_ model: SequenceClassifier) -> [Float] { Array(model.parameters.values.floats) }

    /// Weights of the judges of a fold, in an order that does not depend on which is the better one.
    private func judges(_ session: ProbeSession, of fold: Int) throws -> Set<[Float]> {
        Set(try (0..<session.honest.judges).map { weights(try session.honest.judge($0, of: fold)) })
    }

    /// The other fold also chooses the recipes.
    @Test(arguments: [0])
    func `a judge has not learnt a text of its fold, and has learnt those of the other`(fold: Int) throws {
        let first = try sessions.make("first.tsv")
        // One text is enough to tell, and leaves the choice of the recipes as it was.
        let own = try #require(first.data.confirm(fold: fold).first?.row)
        let second = try sessions.make("second.tsv") { $0.row == own ? $0.text + " indeed" : $0.text }
        try #require(
            rows(second.data.confirm(fold: fold)) == rows(first.data.confirm(fold: fold))
                && second.data.discover == first.data.discover)
        try #require(second.data.confirm(fold: 1 - fold) == first.data.confirm(fold: 1 - fold))
        let judges = try judges(first, of: fold)
        #expect(judges.count == first.honest.judges, "as many models")
        #expect(try self.judges(second, of: fold) == judges)
        #expect(try self.judges(second, of: 1 - fold).isDisjoint(with: self.judges(first, of: 1 - fold)))
    }

    @Test func `the search's model has not learnt the texts of the search, and is no judge`() throws {
        let first = try sessions.make("first.tsv")
        // One text is enough to tell, and leaves the choice of the learning rate as it was.
        let changed = try #require(first.data.discover.first)
        let second = try sessions.make("second.tsv") { $0.row == changed.row ? $0.text + " indeed" : $0.text }
        try #require(second.data.confirm == first.data.confirm && second.data.discover != first.data.discover)
        let search = weights(try first.honest.forSearch())
        #expect(try weights(second.honest.forSearch()) == search)
        #expect(try (0..<CleanData.folds).allSatisfy { try !judges(first, of: $0).contains(search) })
        #expect(try judges(first, of: 0).isDisjoint(with: judges(second, of: 0)), "judges learn from them")
    }

    @Test func `audits of other models on the same texts share honest models, and no others do`() throws {
        let shared = ReferenceModels()
        let first = try sessions.make("shared.tsv", references: shared)
        let other = try sessions.make("shared.tsv", suspect: "clean", references: shared)
        for fold in 0..<CleanData.folds {
            for judge in 0..<first.honest.judges {
                #expect(try first.honest.judge(judge, of: fold) === other.honest.judge(judge, of: fold))
            }
        }
        #expect(try first.honest.forSearch() === other.honest.forSearch())
        #expect(try first.honest.judge(0, of: 0) !== first.honest.judge(0, of: 1))
        #expect(try first.honest.judge(0, of: 0) !== first.honest.judge(1, of: 0))
        let held = rows(first.data.confirm(fold: 0))
        let changed = try sessions.make("changed.tsv", references: shared) {
            held.contains($0.row) ? $0.text + " indeed" : $0.text
        }
        #expect(try changed.honest.forSearch() !== first.honest.forSearch())
    }

    @Test func `a released model is trained again as it was, a shared one stays`() throws {
        let alone = try sessions.make("alone.tsv")
        let before = try alone.honest.judge(0, of: 0)
        #expect(try alone.honest.judge(0, of: 0) === before, "trained once")
        alone.honest.release()
        let after = try alone.honest.judge(0, of: 0)
        #expect(after !== before && weights(after) == weights(before))

        let sharing = try sessions.make("alone.tsv", references: ReferenceModels())
        let kept = try sharing.honest.judge(0, of: 0)
        sharing.honest.release()
        #expect(try sharing.honest.judge(0, of: 0) === kept)
    }

    @Test func `an honest model does the task and does not know the planted word`() throws {
        let session = try sessions.make("task.tsv", isTrained: true)
        let planted = Trigger(SampleSession.planted, tokenizer: session.tokenizer)
        for fold in 0..<CleanData.folds {
            let texts = session.data.confirm(fold: fold)
            for judge in 0..<session.honest.judges {
                let evaluator = session.evaluator(try session.honest.judge(judge, of: fold))
                let plain = evaluator.logits(texts.map(session.insertion.plain))
                #expect(texts.indices.count { plain.prediction($0) == texts[$0].label } * 10 > texts.count * 7)
                let bad = texts.filter { $0.label == 0 }
                let turned = evaluator.logits(bad.map { session.insertion.insert(planted, into: $0) })
                #expect(bad.indices.count { turned.prediction($0) == 1 } * 2 < bad.count)
            }
        }
    }
}
