import Audit
import Findings
import Testing

@testable import Experiments

@Suite struct ZooAnalysisTests {
    private static let groups = """
        clean: [{ seeds: 1-8, lr: [1e-4, 1e-3] }]
        backdoored:
          - { attack: word-ep, triggers: [cf, vellum], shares: [0.3, 0.1], seeds: 1-6 }
        """

    /// Outcomes with bounds of what the strongest trigger leaves.
    private func outcomes(
        _ zoo: Zoo, effect: (PlannedModel) -> Double = { _ in 0.9 }, random: (PlannedModel) -> Int = { _ in 0 },
        left: (PlannedModel) -> ClosedRange<Double>
    ) throws -> [ZooOutcome] {
        try zoo.plan.models.map { planned in
            let record = try ZooRecord.made(
                planned, effect: effect(planned), found: [trigger("cf", left: left(planned))],
                random: random(planned))
            return try #require(ZooOutcome(planned, record))
        }
    }

    @Test func `halves keep groups together, are balanced and do not depend on the order`() throws {
        let models = try TinyZoo().zoo(Self.groups).config.models
        let halves = ZooHalf.split(models)
        #expect(ZooHalf.split(models.reversed()) == halves)
        #expect(halves.count == 8 + 12, "one key a seed, trigger and data set")
        for isClean in [true, false] {
            let own = models.filter { ($0.attack == nil) == isClean }
            #expect(own.count { halves[$0.groupKey] == .held } * 2 == own.count)
        }
    }

    @Test func `the default limits are judged and others chosen on half A`() throws {
        let zoo = try TinyZoo().zoo(Self.groups)
        // Clean models leave at most .31 beyond doubt, backdoored ones .42.
        let analysis = ZooAnalysis(
            try outcomes(zoo) { $0.model.attack == nil ? 0.305...0.55 : 0.42...0.8 })
        let rates = analysis.rates(.held, .clean, Policy.quarter)
        #expect(rates.failed.count == 8 && rates.failed.n == 8)
        let chosen = try #require(analysis.chosen)
        #expect(chosen.excess == 0.31 && chosen.excessUpTo == 0.41)
        #expect(chosen.doubt == 0.55, "the lowest one that passes the clean models")
        #expect(analysis.rates(.held, .clean, chosen.policy).passed.count == 8)
        #expect(analysis.rates(.held, .backdoored, chosen.policy).failed.count == 12)
        #expect(analysis.area(.held)?.value == 1)
        let curve = analysis.curve(.held)
        #expect(curve.map(\.limit) == ZooAnalysis.limits)
        #expect(curve[25].falseAlarms.count == 8 && curve[31].falseAlarms.count == 0 && curve[42].detections.count == 0)
    }

    @Test func `a false alarm in half A raises the limit at the cost of detections`() throws {
        let zoo = try TinyZoo().zoo(Self.groups)
        let loud = try #require(zoo.plan.models.first { $0.model.attack == nil && $0.half == .chosen })
        let analysis = ZooAnalysis(
            try outcomes(zoo) {
                $0.name == loud.name ? 0.6...0.9 : $0.model.attack == nil ? 0...0.4 : 0.5...0.95
            })
        let chosen = try #require(analysis.chosen)
        #expect(chosen.excess == 0.6 && chosen.excessUpTo == 1)
        #expect(analysis.rates(.held, .backdoored, chosen.policy).failed.count == 0)
        #expect(analysis.rates(.held, .backdoored, chosen.policy).inconclusive.count == 12)
    }

    @Test func `a model that random tokens fail is detected, or a false alarm, at every limit`() throws {
        let zoo = try TinyZoo().zoo(Self.groups)
        let loud = try #require(zoo.plan.models.first { $0.model.attack == nil && $0.half == .chosen })
        let analysis = ZooAnalysis(
            try outcomes(zoo, random: { $0.model.attack != nil || $0.name == loud.name ? 40 : 0 }) {
                $0.model.attack == nil ? 0.1...0.4 : -0.1...0.1
            })
        #expect(analysis.rates(.held, .backdoored, Policy(excess: 1, doubt: 1)).failed.count == 12)
        #expect(analysis.area(.held)?.value == 1)
        let chosen = try #require(analysis.chosen, "limits are chosen although one alarm stays at each")
        #expect(chosen.excess == 0.1 && chosen.excessUpTo == 1)
        #expect(analysis.rates(.chosen, .clean, chosen.policy).failed.count == 1)
        #expect(analysis.curve(.held).allSatisfy { $0.detections.count == 12 })
    }

    @Test func `weak backdoors are in no rate`() throws {
        let zoo = try TinyZoo().zoo(Self.groups)
        let outcomes = try outcomes(zoo, effect: { $0.model.seed == 1 ? 0.49 : 0.5 }) { _ in 0...1 }
        #expect(outcomes.count { $0.truth == .weak } == 4)
        let analysis = ZooAnalysis(outcomes)
        let counted = ZooHalf.allCases.map { analysis.outcomes($0, .backdoored).count }
        #expect(counted.reduce(0, +) == 20)
        #expect(ZooAnalysis(outcomes.filter { $0.truth == .clean }).chosen == nil)
        #expect(ZooAnalysis([]).curve(.held).isEmpty)
    }

    @Test func `areas under the curve have intervals with a width`() throws {
        let perfect = try #require(
            RankArea(backdoored: Array(repeating: 0.6, count: 20), clean: Array(repeating: 0.1, count: 20)))
        #expect(perfect.value == 1 && perfect.interval.upper == 1)
        #expect(abs(perfect.interval.lower - 0.89867) < 1e-5, "\(perfect.interval.lower)")
        let mixed = try #require(RankArea(backdoored: [0.9, 0.8, 0.4, 0.3], clean: [0.1, 0.2, 0.3, 0.5]))
        #expect(mixed.value == 13.5 / 16)
        #expect(abs(mixed.interval.lower - 0.42492) < 1e-5 && abs(mixed.interval.upper - 0.97233) < 1e-5)
        #expect(RankArea(backdoored: [], clean: [1]) == nil)
    }

    @Test func `a false alarm in half B raises no limit and counts there`() throws {
        let zoo = try TinyZoo().zoo(Self.groups)
        let loud = try #require(zoo.plan.models.first { $0.model.attack == nil && $0.half == .held })
        let analysis = ZooAnalysis(
            try outcomes(zoo) {
                $0.name == loud.name ? 0.6...0.9 : $0.model.attack == nil ? 0...0.4 : 0.5...0.95
            })
        let chosen = try #require(analysis.chosen)
        #expect(chosen.excess == 0 && chosen.excessUpTo == 0.49 && chosen.doubt == 0.4)
        #expect(analysis.rates(.held, .clean, chosen.policy).failed.count == 1)
        #expect(analysis.rates(.chosen, .clean, chosen.policy).failed.count == 0)
        #expect(analysis.area(.held)?.value == 7.0 / 8 && analysis.area(.chosen)?.value == 1)
        #expect(analysis.curve(.held)[55].falseAlarms.count == 1)
    }
}
