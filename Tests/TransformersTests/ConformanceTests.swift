import Checkpoints
import Kernels
import Testing

@testable import Transformers

@Suite struct ConformanceTests {
    static let levels = InstructionLevel.allCases.filter(\.isAvailable)

    @Test(arguments: Fixtures.models, levels)
    func `the engine agrees with another implementation`(model: String, level: InstructionLevel) throws {
        let result = try Conformance(folder: Fixtures.folder(model), workers: Workers(threads: 2, level: level))
        #expect(result.passes)
        #expect(result.model == model && result.architecture == "bert")
        #expect(result.cases >= 10 && result.idMismatches == 0)
        // What single precision reaches, well inside the bounds, so that a loss of precision shows.
        #expect(result.logits <= 1e-6)
        #expect(result.gradientNorm <= 0.005)
        #expect(result.gradientValue <= 2e-7)
        #expect(result.loss <= 2e-6)
    }

    @Test(arguments: Fixtures.families + Fixtures.languageModels)
    func `every family agrees with another implementation`(model: String) throws {
        let result = try Conformance(folder: Fixtures.folder(model), workers: Workers(threads: 1))
        #expect(result.passes && result.cases >= 10)
        #expect((result.continuationMismatches == 0) == Fixtures.languageModels.contains(model))
        #expect(result.logits <= 5e-6)
        #expect(result.gradientNorm <= 0.05)
        #expect(result.gradientValue <= 2e-6)
        #expect(result.loss <= 1e-5)
    }

    @Test func `a wrong id, logit, gradient or loss does not pass`() throws {
        func run(_ edit: (String) -> String) throws -> Conformance {
            try Fixtures.edited("bert", edit) { try Conformance(folder: $0, workers: Workers(threads: 1)) }
        }
        let ids = try run { replacingFirst($0, /"input_ids": \[\s*2,/, with: "\"input_ids\": [3,") }
        #expect(ids.idMismatches == 1 && !ids.passes)
        let logits = try run { replacingFirst($0, /"logits": \[\s*[-0-9.e]+/, with: "\"logits\": [9") }
        #expect(logits.logits > Conformance.Bound.logits && !logits.passes)
        let norm = try run { replacingFirst($0, /"norm": [0-9]/, with: "\"norm\": 7") }
        #expect(norm.gradientNorm > 1 && !norm.passes)
        #expect(norm.worstGradient == "bert.embeddings.word_embeddings.weight")
        let first = try run { replacingFirst($0, /"first4": \[\s*[-0-9.e]+/, with: "\"first4\": [9") }
        #expect(first.gradientValue > Conformance.Bound.gradientValue && !first.passes)
        let loss = try run { replacingFirst($0, /"losses": \[\s*[-0-9.e]+/, with: "\"losses\": [9") }
        #expect(loss.loss > Conformance.Bound.loss && !loss.passes)
        let name = try run { replacingFirst($0, /"classifier.bias"/, with: "\"classifier.offset\"") }
        #expect(name.worstGradient == "classifier.offset" && !name.passes)
    }

    @Test(arguments: [
        ("\"max_length\": 64", "\"max_length\": 81"), ("\"max_length\": 64", "\"max_length\": 0"),
        ("\"max_length\": 48", "\"max_length\": 1000000"), ("\"labels\": [", "\"labels\": [7, "),
        ("\"adamw\"", "\"adam\""), ("\"lr\": 0.001", "\"lr\": \"fast\""),
    ])
    func `a reference file that cannot be run is an error that names it`(found: String, other: String) throws {
        try Fixtures.edited("bert", { $0.replacing(found, with: other, maxReplacements: 1) }) { folder in
            let error = #expect(throws: ModelError.self) {
                try Conformance(folder: folder, workers: Workers(threads: 1))
            }
            #expect(error?.code == .referenceFile)
            #expect(error?.file.hasSuffix("/reference.json") == true)
        }
    }

    @Test func `a folder without a reference file says so`() throws {
        let tiny = try TinyModel()
        let error = #expect(throws: ModelError.self) {
            try Conformance(folder: tiny.folder(), workers: Workers(threads: 1))
        }
        #expect(error?.code == .referenceFile)
    }
}
