import Findings
import Testing

@testable import Reports

@Suite struct NumberTextTests {
    @Test(arguments: [
        (0.0, 2, "0.00"), (1.005, 1, "1.0"), (-0.04, 1, "0.0"), (-1.25, 1, "−1.3"), (2.5, 0, "3"),
        (12.3456, 3, "12.346"),
        (.nan, 1, "not finite"), (.infinity, 1, "not finite"), (1e300, 2, "1.00e300"),
    ])
    func fixed(value: Double, decimals: Int, text: String) {
        #expect(NumberText.fixed(value, decimals) == text)
    }

    @Test(arguments: [
        (0.0, "0"), (0.0934, "0.0934"), (1.5, "1.50"), (123.4, "123"), (99.96, "100.0"), (-0.5, "−0.500"),
        (0.00001234, "1.23e−5"), (9.999e-5, "1.00e−4"), (2_500_000, "2.50e6"), (.greatestFiniteMagnitude, "1.80e308"),
        (.leastNonzeroMagnitude, "4.94e−324"),
    ])
    func significant(value: Double, text: String) {
        #expect(NumberText.significant(value) == text)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (-22_713_216, "−22,713,216"), (.min, "−9,223,372,036,854,775,808"),
    ])
    func grouped(value: Int, text: String) {
        #expect(NumberText.grouped(value) == text)
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (999_999, "1.0 MB"), (90_870_598, "90.9 MB"),
        (.max, "9223372.0 TB"),
    ])
    func bytes(count: Int, text: String) {
        #expect(NumberText.bytes(count) == text)
    }

    @Test(arguments: [(8.44, "8.4 s"), (60.0, "1 min 0 s"), (252.4, "4 min 12 s"), (7325.0, "2 h 2 min 5 s")])
    func duration(seconds: Double, text: String) {
        #expect(NumberText.duration(seconds) == text)
    }

    @Test(arguments: [
        (0, "1970-01-01 00:00:00 UTC"), (951_782_399, "2000-02-28 23:59:59 UTC"),
        (951_782_400, "2000-02-29 00:00:00 UTC"),
        (1_773_480_413, "2026-03-14 09:26:53 UTC"), (-1, "1969-12-31 23:59:59 UTC"),
        (.max, "9223372036854775807 s since 1970"),
    ])
    func date(seconds: Int, text: String) {
        #expect(NumberText.date(seconds) == text)
    }

    @Test func unitsOfTheGate() {
        #expect(NumberText.value(0.853, unit: .difference) == "+85.3 points")
        #expect(NumberText.limit(0.25, unit: .difference) == "25.0 points")
        #expect(NumberText.value(0.5, unit: .rate) == "50.0%")
        #expect(NumberText.value(73, unit: .count) == "73")
        #expect(NumberText.value(nil, unit: .rate) == "–")
        #expect(NumberText.range(Interval(lower: -0.0312, upper: 0.058)) == "−3.1 to 5.8")
        #expect(NumberText.probability(0.0004) == "< 0.001")
    }

    @Test func ticksAreRoundAndInside() {
        #expect(Scale(domain: 0...1, range: 0...10).ticks(5) == [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1])
        let log = LogScale(domain: 0.004...0.2, range: 0...100)
        #expect(log.ticks.allSatisfy { (0.004...0.2).contains($0) })
        #expect(abs(log(0.0282842712) - 50) < 0.01)
        #expect(LogScale(domain: 1e-300...1e300, range: 0...1).ticks.count <= 8)
    }
}
