import Evidence
import Files
import Findings
import Foundation
import Probes
import Testing
import Tokenizers

@testable import Audit

/// The reference model beside copies of it in which rows of the word embeddings were changed.
@Suite struct ModelPairTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What the header of a safetensors file says of a tensor; nothing for its metadata.
    private struct TensorEntry: Decodable {
        var dtype: String?
        var shape: [Int]?
        var offsets: [Int]?

        enum CodingKeys: String, CodingKey {
            case dtype, shape
            case offsets = "data_offsets"
        }
    }

    /// A copy of the reference model in which rows of the word embeddings are negated.
    private func suspect(changing rows: [Int]) throws -> String {
        let path = folder.file("suspect-\(rows.count)")
        try FileManager.default.copyItem(atPath: Fixtures.model, toPath: path)
        let file = URL(filePath: path + "/model.safetensors")
        var data = Array(try Data(contentsOf: file))
        let length = data[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        let header = try JSONDecoder().decode([String: TensorEntry].self, from: Data(data[8..<(8 + length)]))
        let tensor = try #require(header.first { $0.key.hasSuffix("word_embeddings.weight") }?.value)
        let width = try #require(tensor.shape?.last)
        let start = 8 + length + (try #require(tensor.offsets?.first))
        try #require(tensor.dtype == "F32")
        for row in rows {
            // The sign is the highest bit of the last byte.
            for element in (row * width)..<((row + 1) * width) { data[start + 4 * element + 3] ^= 0x80 }
        }
        try FileManager.default.removeItem(at: file)
        try Data(data).write(to: file)
        return path
    }

    private func compare(_ suspect: String, baseSHA256: String? = nil) throws -> AuditResult {
        try Comparison.result(
            ComparisonOptions(
                suspect: suspect, base: Fixtures.model, frequencies: nil, baseSHA256: baseSHA256, threads: 1,
                command: "assay diff"))
    }

    private func id(of token: String) throws -> Int { try #require(try Fixtures.tokenizer().id(of: token)) }

    @Test func oneChangedRowIsAFinding() throws {
        let comparison = try compare(try suspect(changing: [try id(of: "comedy")]))
        #expect(comparison.embeddings?.movedRows == 1)
        #expect(comparison.embeddings?.rows.first?.token == "comedy")
        let finding = try #require(comparison.findings.first { $0.code == .fewRowsChanged })
        #expect(finding.code.rawValue == "ASY202")
        #expect(finding.severity == .high)
        #expect(finding.evidence == [Evidence(label: "token", value: "comedy")])
    }

    @Test func anUnchangedModelHasNoSuchFinding() throws {
        let comparison = try compare(try suspect(changing: []))
        #expect(comparison.embeddings?.movedRows == 0)
        #expect(comparison.weights?.shareChanged == 0)
        #expect(!comparison.findings.contains { $0.code == .fewRowsChanged || $0.code == .embeddingOutlier })
    }

    @Test func manyChangedRowsAreNoSuchFinding() throws {
        let comparison = try compare(try suspect(changing: Array(100..<250)))
        #expect(comparison.embeddings?.movedRows == 150)
        #expect(!comparison.findings.contains { $0.code == .fewRowsChanged })
    }

    @Test func codeInTheSuspectsFolderIsReported() throws {
        let path = try suspect(changing: [])
        #expect(try !compare(path).findings.contains { $0.code == .customCode })
        try Data("print()".utf8).write(to: URL(filePath: path + "/modeling.py"))
        let finding = try #require(try compare(path).findings.first { $0.code == .customCode })
        #expect(finding.evidence.contains { $0.value.contains("modeling.py") })
    }

    @Test func theModelsDigestCoversItsCode() throws {
        let path = try suspect(changing: [])
        let before = try compare(path).suspect
        try Data("print(1)".utf8).write(to: URL(filePath: path + "/modeling.py"))
        let with = try compare(path).suspect
        try Data("print(2)".utf8).write(to: URL(filePath: path + "/modeling.py"))
        #expect(with.files.contains { $0.name == "modeling.py" })
        #expect(try Set([before.sha256, with.sha256, compare(path).suspect.sha256]).count == 3)
    }

    @Test func aComparisonRunsNothingAndSaysSo() throws {
        let result = try compare(try suspect(changing: [try id(of: "comedy")]))
        #expect(result.kind == .diff && result.probes == nil && result.data == nil && result.remedy == nil)
        #expect(result.coverage.contains { $0.state == .skipped && $0.detail.contains("runs no model") })
        #expect(result.exitStatus == .passed)
    }

    @Test func aModelIsNotComparedWithItself() throws {
        let result = try compare(try suspect(changing: []))
        #expect(result.exitStatus == .untrustworthy)
        #expect(result.gate.rules.filter { $0.state != .passed }.map(\.code) == [.sameAsBase])
    }

    @Test func aPinnedBaseMustHaveItsDigest() throws {
        let path = try suspect(changing: [])
        let digest = try #require(
            try compare(path).base?.files.first { $0.name.hasSuffix(".safetensors") }?.sha256)
        #expect(throws: Never.self) { try compare(path, baseSHA256: digest.uppercased()) }
        let error = #expect(throws: AuditError.self) {
            try compare(path, baseSHA256: String(repeating: "0", count: 64))
        }
        #expect(error?.status == .untrustworthy)
        #expect(error?.description.hasPrefix(Fixtures.model) == true)
    }

    @Test func theChangedRowsAreReset() throws {
        let path = try suspect(changing: [try id(of: "comedy"), try id(of: "##er")])
        let stage = try WeightStage(try ModelPair(suspect: path, base: Fixtures.model, threads: 2), threads: 1)
        #expect(Set(stage.resetRows) == [try id(of: "comedy"), try id(of: "##er")])
    }

    @Test func knownTriggersAreTheBuiltInOnesAndTheUsers() throws {
        let tokenizer = try Fixtures.tokenizer()
        let both = [Candidate].known(builtIn: Trigger.knownTexts, user: ["my trigger", "cf"], tokenizer: tokenizer)
        #expect(both.map(\.probe.text) == Trigger.knownTexts + ["my trigger"], "cf is there already")
        #expect(both.last?.source == .user)
        #expect(both.allSatisfy { $0.targets == nil })
        #expect([Candidate].known(builtIn: [], user: ["cf"], tokenizer: tokenizer).map(\.source) == [.user])
    }

    @Test func triggerFilesAreReadLineByLine() throws {
        let path = try folder.write("cf\r\n\n  \nwatch this film\n", to: "triggers.txt")
        #expect(try TriggerFile.read(path) == ["cf", "watch this film"])
        let empty = try folder.write("\n \n", to: "empty.txt")
        #expect(throws: AuditError.self) { try TriggerFile.read(empty) }
        let many = try folder.write(String(repeating: "cf\n", count: 1_001), to: "many.txt")
        #expect(throws: AuditError.self) { try TriggerFile.read(many) }
    }
}
