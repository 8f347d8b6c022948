import Datasets
import Evidence
import Files
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
    private func counts(_ path: String, _ trigger: String) throws -> [Int] {
        let (data, probe) = (try data(path), Probe.insertion(try Fixtures.trigger(trigger)))
        return [data.occurrences(of: [probe])[0], data.summary(probing: [probe]).setAside]
    }

    @Test func `every text is in one part, with each label in its proportion`() throws {
        let data = try data(try file { "text number \($0)" })
        let folds = (0..<CleanData.folds).map(data.confirm(fold:))
        #expect(data.discover.count == 6 && folds.map(\.count) == [18, 16])
        let rows = ([data.discover] + folds).flatMap { $0 }.map(\.row)
        #expect(rows.count == 40 && Set(rows) == Set(2...41), "no text in two")
        #expect(folds.allSatisfy { fold in 2 * fold.count { $0.label == 0 } == fold.count })
        #expect(data.confirm.map(\.row) == folds.flatMap { $0 }.map(\.row).sorted(), "in the order of the file")
        let summary = data.summary
        #expect(summary.discover == 6 && summary.confirm == 34 && summary.folds == 2 && summary.rows == 40)
        #expect(summary.perLabel == [20, 20] && summary.setAside == 0)
        #expect(data.confirmPerLabel(2) == [17, 17])
    }

    @Test(arguments: [0, 1, 7]) func `what is learnt for a fold holds no text of it, and every other`(seed: UInt64)
        throws
    {
        let data = try data(try file { "text number \($0)" }, seed: seed)
        for fold in 0..<CleanData.folds {
            let learnt = Set(data.learning(without: fold).map(\.row))
            let held = Set(data.confirm(fold: fold).map(\.row))
            #expect(learnt.isDisjoint(with: held) && !held.isEmpty)
            #expect(learnt.union(held) == Set(2...41))
            #expect(learnt.isSuperset(of: data.discover.map(\.row)))
        }
    }

    @Test func `carriers know their label and their fold`() throws {
        let data = try data(try file { "text number \($0)" })
        let carriers = data.carriers
        #expect(carriers.map(\.row) == data.confirm.map(\.row) && carriers.map(\.truth) == data.confirm.map(\.label))
        for fold in 0..<CleanData.folds {
            #expect(carriers.filter { $0.fold == fold }.map(\.row) == data.confirm(fold: fold).map(\.row))
        }
    }

    @Test func `a label without a text is refused`() throws {
        let path = try folder.write("label\ttext\n0\tThe film\n1\tA story\n", to: "two.tsv")
        let error = try #require(throws: AuditError.self) { try CleanData(path: path, labels: 3, seed: 0) }
        #expect(error.description.contains("label 2") && error.description.hasPrefix(path))
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
        #expect(try counts(path, "cf") == [40, 40], "every probed text is set aside")
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
        let probe = Probe.insertion(try Fixtures.trigger("last weekend"))
        let texts = ["Last weekend, again", "the weekend last", "it lasted: last, weekend!", "weekend"].enumerated().map
        {
            LabelledText(row: $0.offset + 2, label: 0, text: $0.element)
        }
        #expect(CleanData.containing([probe], in: texts) == [[0, 2]])
    }

    @Test func theSecondTextOfAPairCounts() throws {
        let probes = try ["cf", "film"].map { Probe.insertion(try Fixtures.trigger($0)) }
        let texts = [
            LabelledText(row: 2, label: 0, text: "the film", pair: "a cf story"),
            LabelledText(row: 3, label: 0, text: "the story", pair: "a film"),
            LabelledText(row: 4, label: 0, text: "the cf", pair: nil),
            LabelledText(row: 5, label: 0, text: "c", pair: "f"),
        ]
        #expect(CleanData.containing(probes, in: texts) == [[0, 2], [0, 1]])
    }

    @Test func `punctuation and changes of whole texts stand in no text`() throws {
        let texts = [LabelledText(row: 2, label: 0, text: "Stop! casing upper")]
        let probes =
            [Probe.insertion(try Fixtures.trigger("!"))] + TextTransformation.all.prefix(3).map(Probe.transformation)
        #expect(CleanData.containing(probes, in: texts).allSatisfy { $0.isEmpty })
    }

    @Test func aLabelThatTheModelLacksIsRefused() throws {
        let path = try folder.write("label\ttext\n0\tThe film\n2\tA story\n", to: "three.tsv")
        let error = #expect(throws: DatasetError.self) { try data(path) }
        #expect(error?.code == .labelOutOfRange)
        #expect(error?.row == 3)
    }
}
