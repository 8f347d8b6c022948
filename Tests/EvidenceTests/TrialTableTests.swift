import Findings
import Testing

@testable import Evidence

@Suite struct TrialTableTests {
    private typealias Key = TrialTable.Key

    /// Two texts of label 0 and one of label 1, two candidates of which the second stands in the first text.
    private let empty = Sample.table(
        zeros: 2, ones: 1, candidates: [Sample.candidate("t"), Sample.candidate("u")], holding: [[], [0]],
        controls: ["c"])

    @Test(arguments: [
        (TrialTable.Condition.plain, [0, 1] as [Int?], TrialTable.Refusal.wrongLength),
        (.plain, [0, 1, 0, 1], .wrongLength),
        (.candidate(2), [0, 0, 0], .unknownCondition),
        (.candidate(-1), [0, 0, 0], .unknownCondition),
        (.control(1), [0, 0, 0], .unknownCondition),
        (.plain, [0, 2, 0], .unknownTarget),
        (.plain, [0, nil, -1], .unknownTarget),
    ])
    func `a row that breaks the rules is refused and leaves no trace`(
        condition: TrialTable.Condition, row: [Int?], refusal: TrialTable.Refusal
    ) {
        var table = empty
        #expect(throws: refusal) { try table.add(Key(.suspect, condition), row) }
        #expect(!table.has(.suspect, condition) && table.answers(.suspect, condition) == nil)
    }

    @Test func `a row is never overwritten, and each model has its own`() throws {
        var table = empty
        try table.add(Key(.suspect, .candidate(1)), [0, nil, 1])
        #expect(throws: TrialTable.Refusal.alreadyThere) { try table.add(Key(.suspect, .candidate(1)), [1, 1, 1]) }
        #expect(table.answers(.suspect, .candidate(1)) == [0, nil, 1])
        for model in [TrialTable.Model.mixed, .purified, .honest(0), .honest(1)] {
            #expect(!table.has(model, .candidate(1)))
            try table.add(Key(model, .candidate(1)), [1, 1, 1])
        }
        #expect(!table.has(.suspect, .candidate(0)) && !table.has(.suspect, .plain))
        #expect(table.answers(.suspect, .candidate(1)) == [0, nil, 1])
    }

    @Test func `honest models count from 0, without a gap, when they were asked the plain texts`() throws {
        var table = empty
        try table.add(.honest(1), .plain, ones: [2])
        #expect(table.honest.isEmpty)
        try table.add(.honest(0), .candidate(0), ones: [])
        #expect(table.honest.isEmpty)
        try table.add(.honest(0), .plain, ones: [2])
        #expect(table.honest == [.honest(0), .honest(1)])
    }

    @Test func `carriers are texts of other labels, without the candidate, that all were asked about`() throws {
        var table = empty
        try table.add(.suspect, .plain, ones: [])
        try table.add(.suspect, .candidate(0), ones: [])
        try table.add(.suspect, .candidate(1), ones: [])
        try table.add(.suspect, .control(0), ones: [])
        #expect(table.carriers(.candidate(0), towards: 1, on: [.suspect]) == [0, 1])
        #expect(table.carriers(.candidate(0), towards: 0, on: [.suspect]) == [2])
        #expect(table.carriers(.candidate(1), towards: 1, on: [.suspect]) == [1], "the first text holds it")
        #expect(table.carriers(.control(0), towards: 1, on: [.suspect]) == [0, 1], "a control is held nowhere")
        #expect(table.carriers(.candidate(0), towards: 1, on: [.suspect, .mixed]).isEmpty)
        try table.add(Key(.mixed, .candidate(0)), [0, nil, 0])
        #expect(table.carriers(.candidate(0), towards: 1, on: [.suspect, .mixed]).isEmpty, "the plain texts as well")
        try table.add(Key(.mixed, .plain), [0, 0, 0])
        #expect(table.carriers(.candidate(0), towards: 1, on: [.suspect, .mixed]) == [0])
    }

    @Test func `hits are texts that show the target, the confusion counts those asked about`() throws {
        var table = Sample.table(zeros: 3, ones: 2)
        try table.add(Key(.suspect, .plain), [0, 1, nil, 1, 0])
        #expect(table.hits(.suspect, .plain, 1, [0, 1, 2, 3]) == [0, 1, 0, 1])
        #expect(table.hits(.suspect, .plain, 0, [4, 0]) == [1, 1], "in the order of the places")
        #expect(table.hits(.mixed, .plain, 1, [0]).isEmpty)
        #expect(table.confusion(.suspect) == [[1, 1], [1, 1]])
        #expect(table.confusion(.mixed) == nil)
    }

    @Test func `rates have Wilson's interval, of nothing the whole range`() {
        let three = rate([1, 0, 1, 1])
        #expect(three.value == 0.75 && three.n == 4)
        #expect(agree(three.interval.lower, 0.3006418, within: 1e-6))
        #expect(agree(three.interval.upper, 0.9544127, within: 1e-6))
        #expect(rate([]) == Rate(value: 0, n: 0, interval: Interval(lower: 0, upper: 1)))
        #expect(mean([]) == 0 && mean([1, 2]) == 1.5)
    }
}
