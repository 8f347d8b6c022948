import Kernels
import Tensors
import Testing

@testable import Transformers

@Suite struct LanguageModelSourceTests {
    @Test(arguments: Fixtures.languageModels)
    func `values that are read one by one are those of the loaded model`(name: String) throws {
        let source = try LanguageModelSource(folder: Fixtures.folder(name))
        let loaded = try source.load()
        let read = Parameters(layout: source.causal.layout)
        for parameter in source.causal.layout.parameters {
            try source.read(parameter, into: read.floats(parameter))
            #expect(read.floats(parameter).elementsEqual(loaded.parameters.floats(parameter)))
        }
        let text: [Int32] = [5, 9, 200]
        func scores(_ model: LanguageModel) -> [Float] { onOneThread { model.lastLogits([text], $0)[0] } }
        #expect(scores(source.with(read)) == scores(loaded))
    }

    @Test func `another model of the layout is built from changed values`() throws {
        let source = try LanguageModelSource(folder: Fixtures.folder("llama-causal"))
        let loaded = try source.load()
        let changed = loaded.parameters.copy()
        changed.floats(source.causal.wordEmbeddings)[0] += 1
        let other = source.with(changed)
        #expect(other.checkpointNames == loaded.checkpointNames)
        func scores(_ model: LanguageModel) -> [Float] { onOneThread { model.lastLogits([[0, 3]], $0)[0] } }
        #expect(scores(other) != scores(loaded))
    }
}
