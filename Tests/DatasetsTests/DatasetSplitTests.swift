import Testing

@testable import Datasets

@Suite("Splitting a data set")
struct DatasetSplitTests {
    private func rows(_ counts: [Int]) -> [LabelledText] {
        var rows: [LabelledText] = []
        for (label, count) in counts.enumerated() {
            for index in 0..<count {
                rows.append(LabelledText(row: rows.count + 2, label: label, text: "text \(label) \(index)"))
            }
        }
        return rows
    }

    @Test(
        "Every row is in one part, classes in proportion",
        arguments: [[300, 300], [75, 75], [10, 200, 90], [1, 2, 3]])
    func stratified(_ counts: [Int]) {
        let rows = rows(counts)
        let split = DatasetSplit.make(rows, seed: 7)
        let parts = [split.tune, split.dev, split.discover, split.confirm]
        #expect(parts.flatMap { $0 }.sorted { $0.row < $1.row } == rows)
        for (part, share) in zip(parts, [0.40, 0.20, 0.15, 0.25]) {
            #expect(part.map(\.row) == part.map(\.row).sorted())
            for (label, count) in counts.enumerated() {
                let expected = share * Double(count)
                #expect(abs(Double(part.count { $0.label == label }) - expected) < 1)
            }
        }
    }

    @Test("The seed decides, and nothing else")
    func seeds() {
        let rows = rows([50, 50])
        #expect(DatasetSplit.make(rows, seed: 1) == DatasetSplit.make(rows, seed: 1))
        #expect(DatasetSplit.make(rows, seed: 1).tune != DatasetSplit.make(rows, seed: 2).tune)
    }

    @Test("Duplicates are removed before the split and contradictions counted")
    func duplicates() {
        let rows = [
            LabelledText(row: 2, label: 0, text: "A film"), LabelledText(row: 3, label: 0, text: "  a FILM\u{A0}"),
            LabelledText(row: 4, label: 1, text: "a film"), LabelledText(row: 5, label: 1, text: "a film", pair: ""),
            LabelledText(row: 6, label: 1, text: "a  film"), LabelledText(row: 7, label: 1, text: "a film", pair: " "),
            LabelledText(row: 8, label: 0, text: "caf\u{E9}"), LabelledText(row: 9, label: 0, text: "cafe\u{301}"),
        ]
        let split = DatasetSplit.make(rows, shares: SplitShares(tune: 1, dev: 0, discover: 0, confirm: 0), seed: 0)
        #expect(split.tune.map(\.row) == [2, 5, 6, 8])
        #expect(split.duplicatesRemoved == 4)
        #expect(split.contradictions == 1)
    }

    @Test("Shares need not add up to one")
    func shares() {
        let shares = SplitShares(tune: 2, dev: 1, discover: 1, confirm: 0)
        #expect(shares.counts(of: 10) == [5, 3, 2, 0])
        #expect(SplitShares.default.counts(of: 0) == [0, 0, 0, 0])
        #expect(SplitShares.default.counts(of: 1) == [1, 0, 0, 0])
        #expect((0...500).allSatisfy { SplitShares.default.counts(of: $0).reduce(0, +) == $0 })
        for invalid in [
            SplitShares(tune: -1, dev: 1, discover: 1, confirm: 1),
            SplitShares(tune: 0, dev: 0, discover: 0, confirm: 0),
            SplitShares(tune: .nan, dev: 1, discover: 1, confirm: 1),
            SplitShares(tune: .infinity, dev: 1, discover: 1, confirm: 1),
        ] {
            #expect(!invalid.isValid)
            #expect(invalid.counts(of: 4) == [4, 0, 0, 0])
        }
    }

    @Test("Nothing to split")
    func empty() {
        let split = DatasetSplit.make([], seed: 0)
        #expect(split.tune.isEmpty && split.dev.isEmpty && split.discover.isEmpty && split.confirm.isEmpty)
        #expect(split.duplicatesRemoved == 0)
    }

    @Test("Balance of labels")
    func balance() {
        let balance = LabelBalance(rows([30, 10]), labelCount: 3)
        #expect(balance.counts == [30, 10, 0])
        #expect(balance.total == 40)
        #expect(balance.missing == [2])
        #expect(balance.majorityShare == 0.75)
        #expect(balance.ratio == .infinity)
        #expect(balance.isImbalanced())
        #expect(!LabelBalance(rows([30, 10]), labelCount: 2).isImbalanced(beyond: 3))
        #expect(LabelBalance([], labelCount: 0).majorityShare == 0)
        #expect(!LabelBalance([], labelCount: 0).isImbalanced())
        #expect(LabelBalance(rows([1]), labelCount: -1).counts.isEmpty)
    }
}
