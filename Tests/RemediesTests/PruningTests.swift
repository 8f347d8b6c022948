import Remedies
import Testing

@Suite struct FinePruningTests {
    @Test(arguments: [0, 0.3, 0.5, 1])
    func zerosWhereFineMixingTakesTheBase(rho: Double) throws {
        let weights = drawn(1003, "w").map { $0 == 0 ? 1 : $0 }
        let mask = try MixMask(count: 1003, rho: rho, seed: 6, name: "w")
        let pruned = try changed(weights) {
            let kept = try FinePruning.prune($0, rho: rho, seed: 6, name: "w")
            #expect(kept == mask.kept)
        }
        #expect(pruned == weights.indices.map { mask.keeps($0) ? weights[$0] : 0 })
    }

    @Test func badRatio() {
        #expect(throws: RemedyError.ratio(-1)) {
            _ = try changed([1, 2]) { _ = try FinePruning.prune($0, rho: -1, seed: 0, name: "w") }
        }
    }
}

@Suite struct NeuronPruningTests {
    /// Four units, hidden size 3.
    private let activity = [0.5, 0.1, 0.4, 0.1]

    private func prune(rho: Double) throws -> (intermediate: [Float], bias: [Float], output: [Float], pruned: Int) {
        var (intermediate, bias, output) = (drawn(12, "in"), drawn(4, "bias"), drawn(12, "out"))
        let pruned = try intermediate.withUnsafeMutableBufferPointer { a in
            try bias.withUnsafeMutableBufferPointer { b in
                try output.withUnsafeMutableBufferPointer { c in
                    try NeuronPruning.prune(
                        intermediate: a, bias: b, output: c, activity: activity, rho: rho, name: "w")
                }
            }
        }
        return (intermediate, bias, output, pruned)
    }

    @Test(arguments: [
        (1.0, [Int]()), (0.75, [1]), (0.6, [1, 3]), (0.5, [1, 3]), (0.25, [1, 2, 3]), (0.0, [0, 1, 2, 3]),
    ])
    func theQuietestUnitsLoseTheirRowBiasAndColumn(rho: Double, quiet: [Int]) throws {
        #expect(try NeuronPruning.quietest(activity, rho: rho) == quiet)
        let result = try prune(rho: rho)
        #expect(result.pruned == quiet.count)
        let (intermediate, bias, output) = (drawn(12, "in"), drawn(4, "bias"), drawn(12, "out"))
        #expect(result.intermediate == intermediate.indices.map { quiet.contains($0 / 3) ? 0 : intermediate[$0] })
        #expect(result.bias == bias.indices.map { quiet.contains($0) ? 0 : bias[$0] })
        #expect(result.output == output.indices.map { quiet.contains($0 % 4) ? 0 : output[$0] })
    }

    @Test func sharesAreExact() throws {
        let many = (0..<1_000).map { Double($0 * 7919 % 1_000) }
        #expect(try NeuronPruning.quietest(many, rho: 0.29).count == 710)
        #expect(try NeuronPruning.quietest([], rho: 0.5) == [])
    }

    @Test func badInput() throws {
        #expect(throws: RemedyError.ratio(2)) { try NeuronPruning.quietest(activity, rho: 2) }
        #expect(throws: RemedyError.ratio(2)) { try prune(rho: 2) }
        for (bias, output) in [(4, 9), (5, 12), (3, 12)] {
            #expect(throws: RemedyError.self) {
                _ = try changed(drawn(12, "in")) { a in
                    _ = try changed(drawn(bias, "b")) { b in
                        _ = try changed(drawn(output, "c")) { c in
                            try NeuronPruning.prune(
                                intermediate: a, bias: b, output: c, activity: activity, rho: 0.5, name: "w")
                        }
                    }
                }
            }
        }
    }
}
