import Findings
import Testing

@testable import Audit

@Suite struct RhoChooserTests {
    private static let texts = 200

    /// A model that is wrong on the last texts.
    private static func cell(_ rho: Double, wrong: Int, logLoss: Double = 0.3) -> RhoChooser.Cell {
        RhoChooser.Cell(
            rho: rho, right: (0..<texts).map { $0 < texts - wrong ? 1 : 0 },
            logLoss: Array(repeating: logLoss, count: texts))
    }

    private let chooser = RhoChooser(tolerance: 0.02, suspect: cell(1, wrong: 0))

    @Test func itSeesCleanTextsAlone() {
        // The signature and what is stored: no place for an attack success rate.
        let choose: ([RhoChooser.Cell]) -> Int? = chooser.choose
        #expect(choose([]) == nil)
        #expect(Mirror(reflecting: chooser).children.compactMap(\.label) == ["tolerance", "suspect", "fineTuned"])
        #expect(
            Mirror(reflecting: chooser.suspect).children.compactMap(\.label) == ["rho", "right", "logLoss"])
    }

    @Test func lossIsPairedAndHasItsInterval() throws {
        let outcome = try #require(chooser.outcomes([Self.cell(0, wrong: 40, logLoss: 0.7)]).first)
        #expect(agree(outcome.loss.value, 0.2))
        #expect(agree(outcome.accuracy.value, 0.8))
        #expect(outcome.accuracy.n == Self.texts)
        #expect(agree(outcome.logLoss, 0.7))
        #expect(outcome.loss.interval.lower > 0.1)
        #expect(outcome.loss.interval.lower < 0.2)
        #expect(outcome.loss.interval.upper > 0.2)
    }

    @Test func lossesAreSmoothedToFallWithRho() {
        let cells = zip([0, 0.1, 0.2, 0.3], [20, 28, 8, 12]).map { Self.cell($0, wrong: $1) }
        let outcomes = chooser.outcomes(cells)
        for (smoothed, expected) in zip(outcomes.map(\.smoothedLoss), [0.12, 0.12, 0.05, 0.05]) {
            #expect(agree(smoothed, expected))
        }
        for (raw, expected) in zip(outcomes.map(\.loss.value), [0.10, 0.14, 0.04, 0.06]) {
            #expect(agree(raw, expected), "the measured loss stays as it is")
        }
    }

    @Test func theSmallestQualifyingRatioIsTaken() {
        let cells = zip([0, 0.1, 0.2, 0.3], [40, 20, 3, 0]).map { Self.cell($0, wrong: $1) }
        #expect(chooser.outcomes(cells).map(\.qualifies) == [false, false, true, true])
        #expect(chooser.choose(cells) == 2)
        #expect(chooser.choose(Array(cells.prefix(2))) == nil)
        #expect(chooser.choose(Array(cells.prefix(3))) == 2, "the rest of the grid is not needed")
    }

    @Test func `a ratio is judged by the smoothed losses up to it, whatever the rest of the curve says`() {
        // Losses of 1, 4, 1 and 15 points: the second is averaged with the first, the last with all before.
        let cells = zip([0, 0.1, 0.2, 0.3], [2, 8, 2, 30]).map { Self.cell($0, wrong: $1) }
        #expect(chooser.outcomes(cells).map(\.qualifies) == [true, false, true, false])
        let later = zip([0.1, 0.2, 0.3, 0.4], [5, 1, 0, 40]).map { Self.cell($0, wrong: $1) }
        let outcomes = chooser.outcomes(later)
        #expect(outcomes.map(\.qualifies) == [false, true, true, false])
        for (smoothed, expected) in zip(outcomes.map(\.smoothedLoss), [0.0575, 0.0575, 0.0575, 0.0575]) {
            #expect(agree(smoothed, expected), "the whole curve is smoothed for the page")
        }
        #expect(chooser.choose(later) == chooser.choose(Array(later.prefix(2))))
    }

    @Test func noneQualifies() {
        let cells = zip([0, 0.5, 1], [60, 50, 40]).map { Self.cell($0, wrong: $1) }
        #expect(chooser.choose(cells) == nil)
        #expect(chooser.outcomes(cells).allSatisfy { !$0.qualifies })
    }

    @Test(arguments: [(0, true), (3, true), (4, true), (5, false), (8, false), (200, false)])
    func `the estimate decides, at the tolerance and not where a loss is sure`(wrong: Int, qualifies: Bool) {
        // 4 of 200 lose 2 points; 8 lose 4 with a standard error of 1.4, which is not surely more than 2.
        #expect(chooser.outcomes([Self.cell(0.4, wrong: wrong)]).map(\.qualifies) == [qualifies])
    }

    @Test func aWiderToleranceAdmitsMore() {
        let cells = [Self.cell(0, wrong: 40)]
        #expect(RhoChooser(tolerance: 0.25, suspect: Self.cell(1, wrong: 0)).choose(cells) == 0)
        #expect(chooser.choose(cells) == nil)
    }

    @Test func logLossIsReportedAndDoesNotDecide() {
        let outcomes = chooser.outcomes([Self.cell(0, wrong: 0, logLoss: 3)])
        #expect(outcomes.map(\.qualifies) == [true])
        #expect(outcomes.allSatisfy { agree($0.logLoss, 3) })
    }

    @Test func aBetterMixQualifies() {
        let weak = RhoChooser(tolerance: 0.02, suspect: Self.cell(1, wrong: 50, logLoss: 0.6))
        let outcomes = weak.outcomes([Self.cell(0, wrong: 10, logLoss: 0.2)])
        #expect(outcomes.map(\.qualifies) == [true])
        #expect(outcomes.allSatisfy { agree($0.loss.value, -0.2) })
    }
}

@Suite struct FineTunedBaselineTests {
    private func cell(_ rho: Double, right count: Int) -> RhoChooser.Cell {
        RhoChooser.Cell(
            rho: rho, right: (0..<200).map { $0 < count ? 1 : 0 }, logLoss: [Double](repeating: 0.5, count: 200))
    }

    private func qualifies(delivered: Int, tuned: Int?, mixed: Int) -> Bool {
        RhoChooser(
            tolerance: 0.02, suspect: cell(1, right: delivered), fineTuned: tuned.map { cell(1, right: $0) }
        ).choose([cell(0.1, right: mixed)]) == 0
    }

    @Test func whatFineTuningItselfCostsIsNotHeldAgainstARatio() {
        // Fine-tuning alone costs 9 points, and the mix 1 more.
        #expect(!qualifies(delivered: 180, tuned: nil, mixed: 160))
        #expect(qualifies(delivered: 180, tuned: 162, mixed: 160))
        #expect(!qualifies(delivered: 180, tuned: 162, mixed: 157))
        let chooser = RhoChooser(tolerance: 0.02, suspect: cell(1, right: 180), fineTuned: cell(1, right: 162))
        let loss = chooser.outcomes([cell(0.1, right: 160)])[0].loss.value
        #expect(abs(loss - 0.1) < 1e-12, "the loss printed is the suspect's")
    }

    @Test func `where fine-tuning costs little or helps, the suspect as delivered is the yardstick`() {
        // Fine-tuning costs 1 point: a mix of 2 points less than that has lost 3.
        #expect(!qualifies(delivered: 180, tuned: 178, mixed: 174))
        #expect(qualifies(delivered: 180, tuned: 178, mixed: 177))
        // Fine-tuning gains 10 points: a mix need not have them.
        #expect(qualifies(delivered: 160, tuned: 180, mixed: 158))
    }
}
