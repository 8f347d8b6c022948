import Kernels
import Testing
import Tokenizers

@testable import Transformers

@Suite struct EmptyTextTests {
    @Test(arguments: [("gpt2", [0]), ("llama", [0]), ("roberta", [0, 2])] as [(String, [Int32])])
    func `a text of nothing has a token to be read`(model: String, ids: [Int32]) throws {
        let folder = try Fixtures.folder(model)
        let tokenizer = try folder.tokenizer()
        #expect(tokenizer.encode("", pair: nil, maxLength: 8).ids == ids)
        #expect(tokenizer.assemble([], pair: nil, maxLength: 8).ids == ids)
        let logits = try Evaluator(ClassifierSource(folder: folder).load(), workers: Workers(threads: 1))
            .logits([tokenizer.encode("", pair: nil, maxLength: 8)])
        #expect(logits.values.allSatisfy { $0.isFinite })
    }

    @Test func `GPT-2 takes no segments, which it would read as words`() throws {
        let model = try ClassifierSource(folder: Fixtures.folder("gpt2"))
        try model.architecture.check(Fixtures.folder("gpt2").tokenizer(), folder: "gpt2")
        let other = try TokenizerMatchTests.tokenizer(words: 40)
        let error = #expect(throws: ModelError.self) { try model.architecture.check(other, folder: "gpt2") }
        #expect(error?.code == .tokenizerMismatch)
    }
}
