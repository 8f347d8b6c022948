import Checkpoints
import Kernels
import Probes
import Tensors
import Testing
import Transformers

@testable import Audit

/// Tokens along the directions in which the weights changed.
@Suite struct SpectralTokensTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Cosines of the tokens' embeddings with one of them, the plain way.
    private func cosines(of tokens: [Int], with one: [Float], in embeddings: [Float]) -> [Int: Double] {
        func dot(_ a: some Collection<Float>, _ b: some Collection<Float>) -> Double {
            zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        return Dictionary(
            uniqueKeysWithValues: tokens.map { token in
                let row = embeddings[(token * one.count)..<((token + 1) * one.count)]
                return (token, dot(row, one) / (dot(row, row) * dot(one, one)).squareRoot())
            })
    }

    @Test(arguments: [412, 700])
    func `a token that a matrix was taught to read is found, with its like and its opposites`(planted: Int) throws {
        let base = try ClassifierSource(folder: ModelFolder(path: Fixtures.model))
        let width = base.architecture.wordEmbeddings.columns
        let model = try base.load()
        let embeddings = values(base.architecture.wordEmbeddings, of: model)
        let row = Array(embeddings[(planted * width)..<((planted + 1) * width)])
        var changed = 0
        let path = try TinyPair.changed(to: folder.file("suspect")) { name, values in
            guard name.hasSuffix("layer.0.attention.self.query.weight") else { return }
            changed += 1
            for i in values.indices { values[i] += 0.5 * Float(i / width % 3 - 1) * row[i % width] }
        }
        try #require(changed == 1)
        let weights = PairedWeights(
            suspect: try ClassifierSource(folder: ModelFolder(path: path)), base: base, resetRows: nil)
        let insertable = Array(300..<900)
        let found = try SpectralTokens(weights: weights, workers: Workers(threads: 2))
            .find(in: EmbeddingTable(model), insertable: insertable)
        let order = cosines(of: insertable, with: row, in: embeddings).sorted { $0.value < $1.value }.map(\.key)
        let ends = Set(order.prefix(SpectralTokens.perEnd) + order.suffix(SpectralTokens.perEnd))
        #expect(ends.contains(planted))
        #expect(found.isSuperset(of: ends))
        #expect(found.count <= 2 * SpectralTokens.perEnd * DeltaDirections.perMatrix, "no other matrix changed")
        let elsewhere = try SpectralTokens(weights: weights, workers: Workers(threads: 2))
            .find(in: EmbeddingTable(model), insertable: insertable.filter { $0 != planted })
        #expect(!elsewhere.contains(planted) && elsewhere.count >= 2 * SpectralTokens.perEnd)
    }

    @Test func `a model without a change points at nothing`() throws {
        let base = try ClassifierSource(folder: ModelFolder(path: Fixtures.model))
        let weights = PairedWeights(suspect: base, base: base, resetRows: nil)
        let found = try SpectralTokens(weights: weights, workers: Workers(threads: 1))
            .find(in: EmbeddingTable(base.load()), insertable: Array(300..<900))
        #expect(found.isEmpty)
    }
}
