import Datasets
import Findings
import Probes
import Testing

@testable import Audit

@Suite struct CleanDataTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Forty texts, as many of each label, all different.
    private func file(_ text: (Int) -> String) throws -> String {
        let rows = (0..<40).map { "\($0 % 2)\t\(text($0))" }
        return try folder.write("label\ttext\n" + rows.joined(separator: "\n") + "\n", to: "clean.tsv")
    }

    private func data(_ path: String, seed: UInt64 = 1) throws -> CleanData {
        try CleanData(path: path, labels: 2, seed: seed)
    }

    /// Texts of the whole file with the trigger, and texts set aside for it.
    private func counts(_ path: String, _ trigger: String) throws -> [Int?] {
        let (data, trigger) = (try data(path), try Fixtures.trigger(trigger))
        return [data.occurrences(of: [trigger])[trigger], data.summary(probing: [trigger]).setAside]
    }

    @Test func everyTextIsInOnePart() throws {
        let data = try data(try file { "text number \($0)" })
        let parts = [data.tune, data.dev, data.discover, data.confirm]
        #expect(parts.map(\.count) == [16, 8, 6, 10])
        #expect(Set(parts.flatMap { $0 }.map(\.row)) == Set(2...41))
        #expect(data.confirmPerLabel(2) == [5, 5])
        let summary = data.summary
        #expect([summary.tune, summary.dev, summary.discover, summary.confirm] == [16, 8, 6, 10])
        #expect(summary.rows == 40)
        #expect(summary.perLabel == [20, 20])
        #expect(summary.setAside == 0)
    }

    @Test func theSeedDecidesTheSplit() throws {
        let path = try file { "text number \($0)" }
        #expect(try data(path, seed: 1).confirm == data(path, seed: 1).confirm)
        #expect(try data(path, seed: 1).confirm != data(path, seed: 2).confirm)
    }

    @Test func theFileIsNamedByItsContent() throws {
        let path = try folder.write("label\ttext\n0\tThe film\n1\tA story\n", to: "two.tsv")
        #expect(
            try data(path).summary.file
                == FileDigest(
                    name: "two.tsv", size: 32,
                    sha256: "b9663e06eefaeeb7c8028af623f00a0d7c8695c7f3f957fb0747ef1d8167e044"))
    }

    @Test func duplicatesAreCountedAndContradictionsToo() throws {
        let path = try folder.write(
            "label\ttext\n0\tThe film\n0\t the FILM \n1\tthe film\n1\tA story\n0\tThe films\n", to: "d.tsv")
        let data = try data(path)
        #expect(data.rows.count == 5)
        #expect(data.summary.rows == 5)
        #expect(data.summary.duplicatesRemoved == 2)
        #expect(data.contradictions == 1)
        #expect(data.summary.perLabel == [2, 1])
    }

    @Test(arguments: ["a cf of %", "CF, %", "% (Cf)", "%... cf"])
    func aCandidateAsAWordIsFound(text: String) throws {
        let path = try file { text.replacing("%", with: "number \($0)") }
        #expect(try counts(path, "cf") == [40, 16], "all texts of discover and confirm are set aside")
        #expect(try counts(path, "bb") == [0, 0])
    }

    @Test(arguments: ["cfs %", "a scf %", "c f %", "cf2 %"])
    func aPartOfAWordIsNotACandidate(text: String) throws {
        let path = try file { text.replacing("%", with: "number \($0)") }
        #expect(try counts(path, "cf") == [0, 0])
    }

    @Test func occurrencesAreOfTheWholeFile() throws {
        let path = try file { $0 < 3 ? "the cf number \($0)" : "text number \($0)" }
        let data = try data(path)
        let probed = (data.discover + data.confirm).count { $0.text.contains("cf") }
        #expect(try counts(path, "cf") == [3, probed])
    }

    @Test func aPhraseMustStandTogether() throws {
        let trigger = try Fixtures.trigger("last weekend")
        let texts = ["Last weekend, again", "the weekend last", "it lasted: last, weekend!", "weekend"].enumerated().map
        {
            LabelledText(row: $0.offset + 2, label: 0, text: $0.element)
        }
        #expect(CleanData.containing([trigger], in: texts) == [[0, 2]])
    }

    @Test func theSecondTextOfAPairCounts() throws {
        let triggers = [try Fixtures.trigger("cf"), try Fixtures.trigger("film")]
        let texts = [
            LabelledText(row: 2, label: 0, text: "the film", pair: "a cf story"),
            LabelledText(row: 3, label: 0, text: "the story", pair: "a film"),
            LabelledText(row: 4, label: 0, text: "the cf", pair: nil),
            LabelledText(row: 5, label: 0, text: "c", pair: "f"),
        ]
        #expect(CleanData.containing(triggers, in: texts) == [[0, 2], [0, 1]])
    }

    @Test func aLabelThatTheModelLacksIsRefused() throws {
        let path = try folder.write("label\ttext\n0\tThe film\n2\tA story\n", to: "three.tsv")
        let error = #expect(throws: DatasetError.self) { try data(path) }
        #expect(error?.code == .labelOutOfRange)
        #expect(error?.row == 3)
    }
}
