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
        let cells = zip([0, 0.1, 0.2, 0.3], [40, 20, 8, 0]).map { Self.cell($0, wrong: $1) }
        #expect(chooser.outcomes(cells).map(\.qualifies) == [false, false, true, true])
        #expect(chooser.choose(cells) == 2)
        #expect(chooser.choose(Array(cells.prefix(2))) == nil)
        #expect(chooser.choose(Array(cells.prefix(3))) == 2, "the rest of the grid is not needed")
    }

    @Test func noneQualifies() {
        let cells = zip([0, 0.5, 1], [60, 50, 40]).map { Self.cell($0, wrong: $1) }
        #expect(chooser.choose(cells) == nil)
        #expect(chooser.outcomes(cells).allSatisfy { !$0.qualifies })
    }

    @Test(arguments: [(0, true), (4, true), (8, true), (20, false), (40, false), (200, false)])
    func onlyAClearLossDisqualifies(wrong: Int, qualifies: Bool) {
        // 8 of 200 lose 4 points with a standard error of 1.4: not clearly more than 2.
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

    @Test func whatFineTuningItselfCostsIsNotHeldAgainstARatio() {
        let cells = [cell(0.1, right: 160)]
        let asDelivered = RhoChooser(tolerance: 0.02, suspect: cell(1, right: 180))
        let fineTunedAlike = RhoChooser(
            tolerance: 0.02, suspect: cell(1, right: 180), fineTuned: cell(1, right: 162))
        #expect(asDelivered.choose(cells) == nil)
        #expect(fineTunedAlike.choose(cells) == 0)
        #expect(abs(fineTunedAlike.outcomes(cells)[0].loss.value - 0.1) < 1e-12, "the loss printed is the suspect's")
    }
}
