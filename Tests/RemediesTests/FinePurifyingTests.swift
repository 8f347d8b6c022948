import Remedies
import Testing

@Suite struct FinePurifyingTests {
    /// Two tensors: what moved far and matters little comes first.
    private let suspect: [[Float]] = [[1, 2, 3], [4, 5, 6, 7]]
    private let base: [[Float]] = [[1, 0, 0], [3, 5, 2, 6]]
    private let information: [[Float]] = [[1, 4, 1], [1, 0, 2, 0]]

    private func scores(floor: Float = 0.5) throws -> [[Float]] {
        try suspect.indices.map { index in
            try changed(information[index]) { information in
                try suspect[index].withUnsafeBufferPointer { suspect in
                    try base[index].withUnsafeBufferPointer {
                        try FinePurifying.score(information, suspect: suspect, base: $0, floor: floor, name: "w")
                    }
                }
            }
        }
    }

    private func purified(rho: Double, scores: [[Float]]) throws -> [[Float]] {
        try scores[0].withUnsafeBufferPointer { first in
            try scores[1].withUnsafeBufferPointer { second in
                let parts = [first, second]
                var purifying = try FinePurifying(scores: parts, rho: rho)
                return try suspect.indices.map { index in
                    try changed(suspect[index]) { weights in
                        try base[index].withUnsafeBufferPointer {
                            _ = try purifying.reset(weights, to: $0, scores: parts[index], name: "w")
                        }
                    }
                }
            }
        }
    }

    @Test func scoreIsTheSquaredChangeOverTheInformation() throws {
        #expect(try scores() == [[0, 1, 9], [1, 0, 8, 2]])
    }

    @Test func floorIsAShareOfTheMean() {
        let (first, second): ([Float], [Float]) = ([1, 2], [3, 6])
        first.withUnsafeBufferPointer { first in
            second.withUnsafeBufferPointer { #expect(FinePurifying.floor(of: [first, $0]) == 3e-6) }
        }
        [Float](repeating: 0, count: 3).withUnsafeBufferPointer { #expect(FinePurifying.floor(of: [$0]) > 0) }
        #expect(FinePurifying.floor(of: []) > 0)
    }

    @Test func highestScoresGoFirstOverAllTensorsAndTiesByPosition() throws {
        let scores = try scores()
        // Places by score: 2 (9), 5 (8), 6 (2), then 1 and 3 with 1, then 0 and 4 with 0.
        let order = [2, 5, 6, 1, 3, 0, 4]
        let (flatSuspect, flatBase) = (suspect.flatMap { $0 }, base.flatMap { $0 })
        for kept in 0...7 {
            let result = try purified(rho: Double(kept) / 7, scores: scores).flatMap { $0 }
            let reset = Set(order.prefix(7 - kept))
            #expect(result == flatSuspect.indices.map { reset.contains($0) ? flatBase[$0] : flatSuspect[$0] })
        }
    }

    @Test func edges() throws {
        #expect(try purified(rho: 1, scores: try scores()) == suspect)
        #expect(try purified(rho: 0, scores: try scores()) == base)
    }

    @Test func badInput() throws {
        #expect(throws: RemedyError.ratio(-0.5)) { try FinePurifying(scores: [], rho: -0.5) }
        var purifying = try FinePurifying(scores: [], rho: 1)
        #expect(throws: RemedyError.counts(name: "w", suspect: 2, base: 1, output: 1)) {
            _ = try changed([1, 2]) { weights in
                try [Float(1)].withUnsafeBufferPointer {
                    _ = try purifying.reset(weights, to: $0, scores: $0, name: "w")
                }
            }
        }
    }
}
