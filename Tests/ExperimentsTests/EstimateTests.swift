import Testing

@testable import Experiments

@Suite struct EstimateTests {
    private let calibration = Calibration(training: 1_000, evaluation: 4_000, transfer: 0.5)

    @Test func `work takes what the calibration says`() {
        #expect(calibration.seconds(Work(training: 2_000, evaluation: 4_000, transfers: 2)) == 4)
    }

    @Test func `work that is done corrects what is left`() {
        var estimator = Estimator(calibration)
        let work = Work(training: 1_000)
        #expect(estimator.seconds("before", work) == 1)
        estimator.observe("fine-mixing", work, seconds: 3)
        #expect(estimator.seconds("fine-mixing", work) == 3)
        #expect(estimator.seconds("before", work) == 3, "a kind not seen is corrected as all others")
        estimator.observe("before", work, seconds: 1)
        #expect(estimator.seconds("before", work) == 1)
        #expect(estimator.seconds("fine-tuning", work) == 2)
    }

    @Test func `a search costs more than a ratio that is given`() throws {
        let folder = try TinyExperiment()
        let plan = try #require(
            try folder.experiment(
                TinyExperiment.yaml(
                    "attacks: [{ name: word, triggers: [cf] }]\nremedies: [fine-tuning, fine-mixing]\nepur: [on]")
            ).plans.first)
        let work = TaskWork(plan.setup)
        let suspect = plan.seeds[0].suspects[1]
        let works = suspect.cells.map(work.work)
        #expect(works[0].training == 0 && works[0].evaluation > 0)
        // Two ratios and ρ = 1, each tuned twice over, beside the last tuning.
        #expect(works[2].training == works[1].training * 7)
        #expect(work.work(suspect).training > work.work(plan.seeds[0].suspects[0]).training)
    }
}
