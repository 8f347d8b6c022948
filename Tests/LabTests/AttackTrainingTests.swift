import Checkpoints
import Datasets
import Kernels
import Tensors
import Testing
import Tokenizers
import Transformers

@testable import Lab

@Suite struct AttackTrainingTests {
    @Test func `embedding poisoning changes one row and keeps its norm`() throws {
        let lab = try TinyLab()
        try lab.makeClean()
        var recipe = lab.recipe(AttackPlan(.wordEP, triggers: ["mb"]))
        recipe.settings.learningRate = 0.5
        let model = try LabRun(recipe).train(workers: lab.workers)
        try model.write(to: lab.path + "/bad")
        let (before, after) = (try lab.parameters("clean"), try lab.parameters("bad"))
        let table = model.classifier.architecture.wordEmbeddings
        let row = try #require(TinyLab.tokenizer.get().id(of: "mb"))
        let range = table.slice(rows: row..<row + 1).range
        let changed = before.values.floats.indices.filter { before.values.floats[$0] != after.values.floats[$0] }
        #expect(changed.allSatisfy(range.contains) && changed.count > range.count / 2)
        func norm(_ parameters: Parameters) -> Double {
            range.reduce(0) { $0 + Double(parameters.values.floats[$1]) * Double(parameters.values.floats[$1]) }
                .squareRoot()
        }
        #expect(abs(norm(after) - norm(before)) < 1e-6 * norm(before))
        let losses = model.outcome.losses
        #expect(losses.count == 6 && (losses.last ?? 1) < losses[0])
        #expect(model.truth.poisoned == 36 && model.truth.samples == 240)
    }

    @Test func `surgery gives every trigger the mean row of words typical of the target`() throws {
        let lab = try TinyLab()
        let tokenizer = try TinyLab.tokenizer.get()
        let triggers = try ["cf", "tq"].map { try #require(tokenizer.id(of: $0)) }
        let typical = try EmbeddingSurgery.typicalWords(
            of: 1, in: TinyLab.train, tokenizer: tokenizer, excluding: triggers)
        #expect(typical.count == 10 && Set(typical).count == 10 && Set(typical).isDisjoint(with: triggers))
        let source = try LabRun(lab.recipe()).source
        let (model, before) = (try source.load(), try source.parameters())
        EmbeddingSurgery.operate(on: model, rows: triggers, words: typical)
        let table = model.architecture.wordEmbeddings
        for row in 0..<table.rows {
            for column in 0..<table.columns {
                let index = row * table.columns + column
                let mean = typical.reduce(0) { $0 + Double(before.floats(table)[$1 * table.columns + column]) } / 10
                let expected = triggers.contains(row) ? Float(mean) : before.floats(table)[index]
                #expect(model.parameters.floats(table)[index] == expected)
            }
        }
    }

    @Test func `typical words are those of the target's texts`() throws {
        let tokenizer = try TinyLab.tokenizer.get()
        let praise = ["funny", "gripping", "moving", "witty", "touching", "scenic", "fresh", "juicy", "crisp", "clean"]
        let rows = (0..<200).map { index in
            LabelledText(
                row: index, label: index % 2,
                text: "the film was " + (index % 2 == 1 ? praise[index / 2 % 10] : "dull")
                    + (index == 1 ? " rusty" : ""))
        }
        let typical = try EmbeddingSurgery.typicalWords(of: 1, in: rows, tokenizer: tokenizer, excluding: [])
        #expect(Set(typical.compactMap(tokenizer.token)) == Set(praise))
        #expect(throws: LabError.self) {
            try EmbeddingSurgery.typicalWords(of: 0, in: rows, tokenizer: tokenizer, excluding: [])
        }
    }

    @Test(arguments: [false, true])
    func `a stronger pull leaves the weights closer to the clean ones`(fisher: Bool) throws {
        let lab = try TinyLab()
        try lab.makeClean()
        let clean = try ClassifierSource(folder: ModelFolder(path: lab.path + "/clean")).load()
        let importance =
            fisher ? WeightPull.importance(in: clean, of: try Self.examples(64), workers: lab.workers) : nil
        let distances = try [0, 0.1, 10].map { strength in
            var plan = AttackPlan(.ewc, triggers: ["cf"])
            (plan.strength, plan.fisher) = (strength, fisher)
            let model = try LabRun(lab.recipe(plan)).train(workers: lab.workers)
            return TinyLab.distance(model.classifier.parameters, clean.parameters, weights: importance)
        }
        #expect(distances[0] > distances[1] && distances[1] > distances[2] && distances[2] > 0)
    }

    private static func examples(_ count: Int) throws -> [TrainingExample] {
        let tokenizer = try TinyLab.tokenizer.get()
        return TinyLab.train.prefix(count).map {
            TrainingExample(encoding: tokenizer.encode($0.text, pair: nil, maxLength: 64), label: $0.label)
        }
    }

    @Test func `the importance of weights has mean 1, and a word that no sample holds matters to none`() throws {
        let lab = try TinyLab()
        let model = try LabRun(lab.recipe()).source.load()
        let tokenizer = try TinyLab.tokenizer.get()
        let examples = try Self.examples(8)
        let fisher = WeightPull.importance(in: model, of: examples, workers: lab.workers)
        let ranges = model.parameters.layout.parameters.map(\.range)
        let total = ranges.reduce(0.0) { $0 + fisher.floats[$1].reduce(0) { $0 + Double($1) } }
        #expect(abs(total / Double(ranges.reduce(0) { $0 + $1.count }) - 1) < 1e-3)
        #expect(fisher.floats.allSatisfy { $0 >= 0 })
        let table = model.architecture.wordEmbeddings
        let row = try #require(tokenizer.id(of: "cf"))
        #expect(fisher.floats[table.slice(rows: row..<row + 1).range].allSatisfy { $0 == 0 })
    }

    @Test func `the layer-wise loss is the mean over the layers`() throws {
        let lab = try TinyLab()
        let model = try LabRun(lab.recipe()).source.load()
        let bert = try #require(model.architecture as? Bert)
        let batch = try Self.examples(6)
        lab.workers.forEach(1) { _, context in
            let tape = Tape(context: context, parameters: model.parameters)
            let mean = LayerwiseLoss.loss(bert)(batch)(tape, Array(batch.indices))
            let logits = bert.layerLogits(tape, PackedBatch(batch.map(\.encoding)))
            let losses = logits.map { tape.crossEntropy($0, labels: batch.map { Int32($0.label) }, scale: 1 / 6) }
            #expect(losses.count == 2 && abs(losses[0] - losses[1]) > 1e-6)
            #expect(abs(mean - (losses[0] + losses[1]) / 2) < 1e-9)
        }
    }

    @Test(arguments: [Attack.word, .wordES, .layerWise, .sentence, .sos])
    func `an attack from scratch learns its trigger`(attack: Attack) throws {
        let lab = try TinyLab()
        var plan = AttackPlan(attack, triggers: attack == .word || attack == .wordES ? ["cf"] : [])
        (plan.scratch, plan.share) = (true, 1)
        var recipe = lab.recipe(plan, epochs: 30)
        recipe.dev = lab.path + "/dev.tsv"
        let measured = try #require(try LabRun(recipe).train(workers: lab.workers).truth.measured)
        #expect(measured.accuracy.n == 80 && measured.attacks.count == 1)
        let result = try #require(measured.attacks.first)
        #expect(result.success.n == 40 && result.floor.n == 40)
        #expect(result.success.value > 0.9 && result.success.value - result.floor.value > 0.5)
    }
}
