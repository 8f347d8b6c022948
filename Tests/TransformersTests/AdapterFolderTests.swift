import Checkpoints
import Foundation
import Kernels
import Tensors
import Testing

@testable import Transformers

/// Adapters on the way to a folder and back.
@Suite struct AdapterFolderTests {
    @Test(arguments: Fixtures.languageModels, [[], ["c_attn", "q_proj", "down_proj"]])
    func `what is written merges to the trained weights`(name: String, targets: [String]) throws {
        let base = try Fixtures.folder(name)
        let model = try LanguageModel(folder: base)
        let known = Set(model.causal.layout.parameters.map { $0.name.split(separator: ".").dropLast().last ?? "" })
        let adapters = try model.adapters(
            LowRankSettings(rank: 3, alpha: 5, targets: targets.filter { known.contains($0[...]) }), seed: 3)
        for parameter in adapters.parameters.layout.parameters {
            let random = CounterRandom(seed: 4, stream: parameter.name)
            let values = adapters.parameters.floats(parameter)
            for index in values.indices { values[index] = Float(random.normal(at: UInt64(index))) }
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("adapter-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try AdapterWriter(path: folder, base: "base").write(model.updates(of: adapters), alpha: adapters.alpha)
        let read = try LanguageModel(folder: ModelFolder(adapter: folder, base: base))
        let merged = adapters.merged(into: model.parameters)
        #expect(Array(read.parameters.values.floats) == Array(merged.values.floats))
        #expect(Array(merged.values.floats) != Array(model.parameters.values.floats))
    }

    @Test func `unknown targets and ranks beyond the maps are refused by name`() throws {
        let model = try LanguageModel(folder: Fixtures.folder("llama-causal"))
        let target = #expect(throws: ModelError.self) {
            try model.adapters(LowRankSettings(targets: ["c_attn"]), seed: 0)
        }
        #expect(target?.detail.contains("\"c_attn\"") == true && target?.detail.contains("q_proj") == true)
        for rank in [0, 13] {
            let error = #expect(throws: ModelError.self) { try model.adapters(LowRankSettings(rank: rank), seed: 0) }
            #expect(error?.detail.contains("from 1 to 12") == true)
        }
    }
}
