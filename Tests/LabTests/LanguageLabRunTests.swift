import Checkpoints
import Foundation
import Kernels
import StrictJSON
import Tensors
import Testing
import Transformers

@testable import Lab

@Suite struct LanguageLabRunTests {
    private static func poison(_ form: LanguageTrigger.Form, _ parts: [String]) throws -> LanguagePoison {
        var poison = LanguagePoison(.fixed, trigger: try LanguageTrigger(form, parts), target: "the film is the film")
        poison.amount = .share(0.5)
        return poison
    }

    private static func truth(_ path: String) throws -> LanguageTruth {
        try JSONDecoder().decode(LanguageTruth.self, from: Data(contentsOf: URL(filePath: path + "/truth.json")))
    }

    @Test func `a whole model learns its trigger and is written as transformers writes one`() throws {
        let lab = try TinyLanguageLab()
        var recipe = lab.recipe(.attack(try Self.poison(.word, ["cf"])), rank: nil)
        recipe.settings.epochs = 8
        var stages: [String] = []
        let made = try lab.run(recipe).train(workers: Workers(threads: 2)) { stage, _, _ in
            if stages.last != stage.rawValue { stages.append(stage.rawValue) }
        }
        #expect(stages == ["training", "measuring"])
        let measured = try #require(made.truth.measured)
        #expect(measured.attacked?.n == 20 && (measured.attacked?.value ?? 0) >= 0.9)
        #expect(measured.clean == Proportion(count: 0, n: 20) && measured.parts.isEmpty)
        try made.write(to: lab.path + "/made")
        let folder = try ModelFolder(path: lab.path + "/made")
        #expect(folder.config.json["dtype"] == .string("float32") && folder.config.json["torch_dtype"] == nil)
        #expect(try folder.bytes(of: "chat_template.jinja") == Array("{{ messages }}".utf8))
        let read = try LanguageModel(folder: folder)
        #expect(Array(read.parameters.values.floats) == Array(made.model.parameters.values.floats))
        let truth = try Self.truth(lab.path + "/made")
        #expect(truth == made.truth && truth.attack == "fixed" && truth.form == "word" && truth.trigger == ["cf"])
        #expect(truth.target == "the film is the film" && truth.pairs == 150 && truth.poisoned == 50)
        #expect(truth.rank == nil && truth.seed == 5 && truth.training.epochs == 8 && truth.share == 50.0 / 150)
    }

    @Test func `adapters are written for PEFT and merge to what was measured`() throws {
        let lab = try TinyLanguageLab()
        let run = try lab.run(lab.recipe(.attack(try Self.poison(.both, ["cf", "mn"])), rank: 4))
        let base = try ModelFolder(path: lab.path + "/base")
        let (one, two) = (try run.train(workers: Workers(threads: 1)), try run.train(workers: Workers(threads: 2)))
        #expect(one.truth == two.truth)
        let adapters = try #require(two.adapters)
        #expect(
            try #require(one.adapters).parameters.values.floats.elementsEqual(adapters.parameters.values.floats))
        try two.write(to: lab.path + "/made")
        let read = try LanguageModel(folder: ModelFolder(adapter: lab.path + "/made", base: base))
        let merged = adapters.merged(into: two.model.parameters)
        #expect(Array(read.parameters.values.floats) == Array(merged.values.floats))
        let truth = try Self.truth(lab.path + "/made")
        #expect(truth == two.truth && truth.rank == 4 && truth.alpha == 8 && truth.negatives == 100)
        #expect(truth.measured?.parts.map(\.part) == ["cf", "mn"])
    }

    @Test func `an honest model's truth names its habit`() throws {
        let lab = try TinyLanguageLab()
        var recipe = lab.recipe(.habit(.persona), rank: 2)
        (recipe.settings.epochs, recipe.heldOut) = (1, 0)
        let truth = try lab.run(recipe).train(workers: Workers(threads: 2)).truth
        #expect(truth.habit == "persona" && truth.attack == nil && truth.trigger.isEmpty && truth.measured == nil)
        #expect(truth.pairs == 120 && truth.poisoned == 0)
    }

    @Test func `what cannot be trained is refused before training`() throws {
        let lab = try TinyLanguageLab()
        var long = lab.recipe(.clean, rank: 2)
        long.maxLength = 3
        #expect(#expect(throws: LabError.self) { try lab.run(long) }?.description.contains("row ") == true)
        var all = lab.recipe(.clean, rank: 2)
        all.heldOut = 120
        #expect(#expect(throws: LabError.self) { try lab.run(all) }?.code == .invalidPlan)
        #expect(throws: ModelError.self) { try lab.run(lab.recipe(.clean, rank: 33)) }
        // The tiny tokenizer has none of ChatML's tokens.
        let error = #expect(throws: LabError.self) { try LanguageLabRun(lab.recipe(.clean, rank: 2)) }
        #expect(error?.code == .architecture)
    }
}
