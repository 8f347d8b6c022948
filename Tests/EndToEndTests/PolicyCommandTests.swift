import Foundation
import Testing

@Suite struct PolicyCommandTests {
    @Test func whatIsWrittenCanBeCheckedAndUsed() throws {
        let folder = TemporaryFolder.make()
        let written = try Binary.run(["policy", "init"], in: folder)
        #expect(written.status == 0 && written.out == "Policy: assay-policy.yml\n", "\(written.error)")
        #expect(try Binary.run(["policy", "check", "assay-policy.yml"], in: folder).status == 0)
        let policy = folder.appending(path: "assay-policy.yml").path
        #expect(try ScannedFolder().scan("--policy", policy).status == 0)
        let again = try Binary.run(["policy", "init"], in: folder)
        #expect(again.status == 64 && again.error.contains("there is such a file already"))
        #expect(try Binary.run("policy", "init", "-").out == String(contentsOfFile: policy, encoding: .utf8))
    }

    @Test func aLimitCanBeRaised() throws {
        let folder = try ScannedFolder()
        try folder.addCode()
        let policy = try folder.write("custom-code: 1\n", to: "gate.yml")
        #expect(try folder.scan("--policy", policy).status == 0)
        let checked = try Binary.run("policy", "check", policy).out
        #expect(checked.contains(/custom-code +1  \(default 0\)/))
    }

    @Test(arguments: [
        ("custom-code: -1", 1), ("# limits\ncustom-kode: 1", 2), ("minimum-probes: 1\nminimum-probes: 2", 2),
        ("unread-files: some", 1), ("# limits\ncustom-code: a: 1", 2),
        ("suppressions:\n  - rule: ASY222\n    justification: x\n    expires: 2999-01-01", 2),
    ])
    func whatIsWrongIsRefusedByLineBeforeAnyWork(text: String, line: Int) throws {
        let folder = try ScannedFolder()
        let policy = try folder.write(text + "\n", to: "gate.yml")
        for outcome in [try Binary.run("policy", "check", policy), try folder.scan("--policy", policy)] {
            #expect(outcome.status == 64)
            #expect(outcome.error.contains("gate.yml:\(line): "), "\(outcome.error)")
        }
    }

    @Test func everyRuleIsExplained() throws {
        let list = try Binary.run("explain")
        let codes = list.out.split(separator: "\n").compactMap { $0.split(separator: " ").first }
        #expect(codes.count >= 21 && codes.contains("ASY224"))
        for code in codes { #expect(try Binary.run("explain", code.lowercased()).out.hasPrefix(code)) }
        let unknown = try Binary.run("explain", "ASY999")
        #expect(unknown.status == 64 && unknown.error.contains("assay explain"))
    }
}
