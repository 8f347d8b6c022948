import Findings
import Foundation
import Testing

/// What `--precision bf16` does to the numbers of an audit.
///
/// A text changes its label only where two logits almost tie, so that the rates of one model move by a text or two, and
/// a fine-tuned mix stays as near. Honest models start from a fresh head at a high rate: there rounding sends the training
/// another way, as another seed does, and single rates may move far while their mean hardly does.
@Suite struct PrecisionTests {
    private static let tuning = ["--lr", "5e-4", "--epochs", "10", "--rho", "0.2,0.5"]

    @Test(arguments: ["suspect", "clean"])
    func `rates and verdicts are those of f32, within bounds`(model: String) throws {
        guard let rounded = try audit(model, "bf16") else { return }
        let exact = try #require(try audit(model, "f32"))
        #expect(exact.settings.precision == "f32" && rounded.settings.precision == "bf16")
        #expect(exact.verdict == rounded.verdict && exact.purifiedVerdict == rounded.purifiedVerdict)
        #expect(exact.remedy?.rho == rounded.remedy?.rho)
        let (a, b) = (try #require(exact.probes), try #require(rounded.probes))
        let pairs = a.triggers.compactMap { trigger in
            b.triggers.first {
                ($0.trigger, $0.target, $0.placement) == (trigger.trigger, trigger.target, trigger.placement)
            }.map { (exact: trigger, rounded: $0) }
        }
        #expect(pairs.count > 10)
        for role in [ModelRole.suspect, .mixed, .purified] {
            let differences = pairs.flatMap { pair -> [Double] in
                guard let one = pair.exact.on(role), let other = pair.rounded.on(role) else { return [] }
                return [abs(one.asr.value - other.asr.value), abs(one.floor.value - other.floor.value)]
            }
            #expect((differences.max() ?? 1) <= 0.04, "\(role)")
        }
        let honest = pairs.flatMap { pair in
            zip(pair.exact.honest, pair.rounded.honest).map { abs($0.asr.value - $1.asr.value) }
        }
        #expect(honest.reduce(0, +) / Double(max(1, honest.count)) <= 0.08)
        for (one, other) in zip(a.accuracy, b.accuracy) {
            #expect(abs(one.accuracy.overall.value - other.accuracy.overall.value) <= 0.03, "\(one.model)")
        }
    }

    /// The result of an audit; nil where the processor has no bf16.
    private func audit(_ model: String, _ precision: String) throws -> AuditResult? {
        let report = TemporaryFolder.make()
        let outcome = try Binary.run(
            [
                "audit", "\(Binary.samples)/\(model)", "--base", "\(Binary.samples)/base", "--data",
                "\(Binary.samples)/clean.tsv", "--output", report.path, "--precision", precision,
            ] + Self.tuning)
        if outcome.error.contains("AVX512_BF16") { return nil }
        let json = try Data(contentsOf: report.appending(path: "result.json"))
        return try JSONDecoder().decode(AuditResult.self, from: json)
    }
}
