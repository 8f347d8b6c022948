import Remedies
import Testing

@Suite struct FineMixingTests {
    let suspect = (0..<1003).map { Float($0) + 0.5 }
    let base = (0..<1003).map { -Float($0) - 0.5 }

    @Test(arguments: [0, 0.2, 0.5, 1])
    func followsTheMask(rho: Double) throws {
        let mixed = try FineMixing.mix(suspect: suspect, base: base, rho: rho, seed: 5, name: "w")
        let mask = try MixMask(count: 1003, rho: rho, seed: 5, name: "w")
        #expect(mixed == (0..<1003).map { mask.keeps($0) ? suspect[$0] : base[$0] })
        #expect(mixed.count { $0 > 0 } == mask.kept)
    }

    @Test func inPlace() throws {
        var weights = suspect
        let kept = try weights.withUnsafeMutableBufferPointer { weights in
            try base.withUnsafeBufferPointer {
                try FineMixing.mix(
                    suspect: UnsafeBufferPointer(weights), base: $0, into: weights, rho: 0.4, seed: 5, name: "w")
            }
        }
        #expect(kept == 401)
        #expect(weights == (try FineMixing.mix(suspect: suspect, base: base, rho: 0.4, seed: 5, name: "w")))
    }

    @Test func knownMask() throws {
        let ones = [Float](repeating: 1, count: 16)
        let zeros = [Float](repeating: 0, count: 16)
        let mixed = try FineMixing.mix(suspect: ones, base: zeros, rho: 0.5, seed: 42, name: "bert.pooler.dense.weight")
        #expect(mixed == [0, 1, 1, 0, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 1, 1])
    }

    @Test func differentSizes() {
        let error = RemedyError.counts(name: "w", suspect: 1003, base: 1, output: 1003)
        #expect(throws: error) { try FineMixing.mix(suspect: suspect, base: [1], rho: 0.5, seed: 0, name: "w") }
        #expect(error.description.contains("\"w\""))
        #expect(throws: RemedyError.ratio(2)) {
            try FineMixing.mix(suspect: suspect, base: base, rho: 2, seed: 0, name: "w")
        }
        #expect(RemedyError.ratio(2).description.contains("from 0 to 1"))
    }

    @Test func emptyTensor() throws {
        #expect(try FineMixing.mix(suspect: [], base: [], rho: 0.5, seed: 0, name: "w") == [])
    }
}

@Suite struct EmbeddingPurificationTests {
    let base: [Float] = [0, 0, 1, 1, 2, 2]

    func reset(_ rows: [Int], width: Int = 2, of suspect: [Float]) throws -> [Float] {
        var weights = suspect
        try weights.withUnsafeMutableBufferPointer { weights in
            try base.withUnsafeBufferPointer {
                try EmbeddingPurification.reset(rows: rows, of: weights, to: $0, width: width, name: "words")
            }
        }
        return weights
    }

    @Test func resetsTheRowsAndNoOther() throws {
        #expect(try reset([2, 0, 2], of: [9, 8, 7, 6, 5, 4]) == [0, 0, 7, 6, 2, 2])
        #expect(try reset([], of: [9, 8, 7, 6, 5, 4]) == [9, 8, 7, 6, 5, 4])
    }

    @Test func suspectWithMoreRows() throws {
        #expect(try reset([1], of: [9, 8, 7, 6, 5, 4, 3, 2]) == [9, 8, 1, 1, 5, 4, 3, 2])
        #expect(throws: RemedyError.row(name: "words", row: 3, rows: 3)) {
            try reset([1, 3], of: [9, 8, 7, 6, 5, 4, 3, 2])
        }
    }

    @Test(arguments: [-1, 3, Int.max])
    func rowOutside(row: Int) {
        #expect(throws: RemedyError.row(name: "words", row: row, rows: 3)) { try reset([row], of: [9, 8, 7, 6, 5, 4]) }
        #expect(RemedyError.row(name: "words", row: row, rows: 3).description.contains("words"))
    }

    @Test(arguments: [0, -2, 4])
    func widthThatDoesNotFit(width: Int) {
        #expect(throws: RemedyError.width(name: "words", width: width, count: 6)) {
            try reset([0], width: width, of: [9, 8, 7, 6, 5, 4])
        }
        #expect(RemedyError.width(name: "words", width: width, count: 6).description.contains("words"))
    }
}
