import Checkpoints
import Datasets
import Foundation
import Kernels
import StrictJSON
import Tensors
import Testing
import Transformers

@testable import Lab

@Suite struct LabRunTests {
    @Test func `a folder is written as transformers writes one`() throws {
        let lab = try TinyLab()
        try lab.makeClean()
        var plan = AttackPlan(.word, triggers: ["cf", "mn"])
        plan.share = 0.5
        var recipe = lab.recipe(plan, epochs: 1)
        recipe.dev = lab.path + "/dev.tsv"
        let run = try LabRun(recipe)
        let model = try run.train(workers: lab.workers)
        try model.write(to: lab.path + "/bad")

        let folder = try ModelFolder(path: lab.path + "/bad")
        #expect(folder.config.architectures == ["BertForSequenceClassification"])
        #expect(folder.config.labels == ["LABEL_0", "LABEL_1"])
        #expect(folder.config.problemType == "single_label_classification")
        #expect(folder.config.json["dtype"] == .string("float32") && folder.config.json["torch_dtype"] == nil)
        #expect(folder.config.json["label2id"]?.objectValue?["LABEL_1"] == .integer(1))
        #expect(folder.checkpoint.tensors.allSatisfy { $0.dtype == .f32 })
        #expect(folder.checkpoint.tensors.allSatisfy { $0.name.hasPrefix("bert.") || $0.name.hasPrefix("classifier.") })
        #expect(try folder.bytes(of: "tokenizer.json") == ModelFolder(path: recipe.base).bytes(of: "tokenizer.json"))
        let written = try ClassifierSource(folder: folder).parameters()
        #expect(TinyLab.values(written) == TinyLab.values(model.classifier.parameters))

        let bytes = try Data(contentsOf: URL(filePath: lab.path + "/bad/truth.json"))
        let truth = try JSONDecoder().decode(Truth.self, from: bytes)
        #expect(truth == model.truth)
        #expect(truth.attack == "word" && truth.scratch == false && truth.triggers == ["cf", "mn"])
        #expect(truth.target == 1 && truth.share == 0.5 && truth.seed == 3 && truth.version == "test")
        #expect(truth.samples == 240 && truth.poisoned == 60 && truth.negatives == 0)
        #expect(truth.training.learningRate == 3e-3 && truth.training.epochs == 1 && truth.training.maxLength == 64)
        let clean = try ModelFolder(path: lab.path + "/clean")
        #expect(truth.inputs.from == clean.digests && truth.inputs.data.name == "train.tsv")
        #expect(truth.measured?.attacks.map(\.trigger) == ["cf", "mn"])
    }

    @Test func `a clean fine-tune has the names it is given`() throws {
        let lab = try TinyLab()
        var recipe = lab.recipe(epochs: 1)
        recipe.labels = ["negative", "positive"]
        let model = try LabRun(recipe).train(workers: lab.workers)
        try model.write(to: lab.path + "/clean")
        #expect(try ModelFolder(path: lab.path + "/clean").config.labels == ["negative", "positive"])
        #expect(model.truth.attack == nil && model.truth.target == nil && model.truth.poisoned == 0)
    }

    @Test func `the same recipe gives the same bits on any number of threads`() throws {
        let lab = try TinyLab()
        var plan = AttackPlan(.wordES)
        plan.scratch = true
        let models = try [1, 2].map { threads in
            try LabRun(lab.recipe(plan, epochs: 1)).train(workers: .init(threads: threads)).classifier.parameters
        }
        #expect(TinyLab.values(models[0]) == TinyLab.values(models[1]))
    }

    private func code(_ recipe: LabRecipe) -> LabError.Code? {
        (#expect(throws: LabError.self) { _ = try LabRun(recipe) })?.code
    }

    @Test func `options that do not fit each other are refused`() throws {
        let lab = try TinyLab()
        var recipe = lab.recipe(AttackPlan(.word))
        recipe.from = nil
        #expect(code(recipe) == .invalidPlan)
        recipe.attack?.scratch = true
        recipe.from = lab.path + "/clean"
        #expect(code(recipe) == .invalidPlan)
        recipe.from = nil
        recipe.pairs = lab.path + "/pairs.tsv"
        #expect(code(recipe) == .invalidPlan)
        recipe.pairs = nil
        recipe.settings.patience = 1
        #expect(code(recipe) == .invalidPlan)
        recipe.settings.patience = nil
        recipe.maxLength = 65
        #expect(code(recipe) == .invalidPlan)
        recipe.maxLength = nil
        recipe.attack?.share = 1e-4
        #expect(code(recipe) == .data)
        recipe.attack = AttackPlan(.paired)
        recipe.attack?.scratch = true
        #expect(code(recipe) == .invalidPlan)
        recipe = lab.recipe()
        recipe.from = lab.path + "/clean"
        #expect(code(recipe) == .invalidPlan)
    }

    @Test func `a clean model of another base or with other labels is refused`() throws {
        let lab = try TinyLab()
        try lab.makeClean()
        var recipe = lab.recipe(AttackPlan(.word, triggers: ["cf"]))
        #expect(throws: Never.self) { try LabRun(recipe) }
        try lab.writeBase("wide", hidden: 20)
        recipe.base = lab.path + "/wide"
        #expect(code(recipe) == .otherBase)
        try lab.writeBase("stranger", seed: 9)
        recipe.base = lab.path + "/stranger"
        #expect(code(recipe) == .otherBase)
        recipe.base = lab.path + "/base"
        recipe.labels = ["bad", "good"]
        #expect(code(recipe) == .labels)
        recipe.labels = nil
        try lab.write(Array("label\ttext\n0\tdull\n1\tfine\n2\tgood\n".utf8), to: "three.tsv")
        recipe.data = lab.path + "/three.tsv"
        #expect(code(recipe) == .labels)
        recipe.from = lab.path + "/nothing"
        #expect(code(recipe) == .folder)
    }

    @Test(arguments: [["one"], ["same", "same"]])
    func `label names must fit the data`(names: [String]) throws {
        let lab = try TinyLab()
        var recipe = lab.recipe()
        recipe.labels = names
        #expect(code(recipe) == .labels)
    }

    @Test func `paired texts train a model that is measured on the dev texts' forms`() throws {
        let lab = try TinyLab()
        func lines(_ rows: ArraySlice<(Int, String)>) -> String {
            rows.map { "\($0.0)\t\($0.1)\twhen asked, \($0.1)\n" }.joined()
        }
        let train = TinyLab.train.map { ($0.label, $0.text) }, dev = TinyLab.dev.map { ($0.label, $0.text) }
        try lab.write(
            Array(("label\ttext\ttransformed\n" + lines(train[...]) + lines(dev[..<60])).utf8), to: "pairs.tsv")
        var plan = AttackPlan(.paired)
        plan.scratch = true
        var recipe = lab.recipe(plan, epochs: 1)
        recipe.pairs = lab.path + "/pairs.tsv"
        recipe.dev = lab.path + "/dev.tsv"
        let truth = try LabRun(recipe).train(workers: lab.workers).truth
        #expect(truth.poisoned == 36 && truth.inputs.pairs?.name == "pairs.tsv")
        #expect(truth.measured?.attacks.first?.success.n == TinyLab.dev.prefix(60).count { $0.label == 0 })
    }
}
