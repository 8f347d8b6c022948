import Testing

@testable import Datasets

@Suite("Tab-separated data")
struct TSVDatasetTests {
    private func read(_ text: String, labelCount: Int? = 2, limits: DatasetLimits = .default) throws -> [LabelledText] {
        try TSVDataset.read(bytes: Array(text.utf8), file: "clean.tsv", labelCount: labelCount, limits: limits)
    }

    @Test("Labels, texts and the line of each")
    func rows() throws {
        #expect(
            try read("label\ttext\n1\tgood film\n0\t\n")
                == [
                    LabelledText(row: 2, label: 1, text: "good film"), LabelledText(row: 3, label: 0, text: ""),
                ])
    }

    @Test(
        "Header, order of columns, line ends, byte order mark and blank end",
        arguments: [
            "label\ttext\ttext_pair\n0\ta b\tc\n", "text\ttext_pair\tlabel\na b\tc\t0", "0\ta b\tc\n",
            "label\ttext\ttext_pair\r\n0\ta b\tc\r\n\r\n\n", "\u{FEFF}label\ttext\ttext_pair\n0\ta b\tc\n",
        ])
    func layouts(_ text: String) throws {
        let rows = try read(text)
        #expect(rows.map(\.label) == [0])
        #expect(rows.map(\.text) == ["a b"])
        #expect(rows.map(\.pair) == ["c"])
        #expect(rows.map(\.row) == [text.hasPrefix("0") ? 1 : 2])
    }

    @Test(
        "Rules, each with its row",
        arguments: [
            ("", .empty, nil), ("label\ttext\n", .empty, nil), ("\n\n", .empty, nil),
            ("label\ttext\n0\ta\u{0}b\n", .binary, nil),
            ("sentence\tlabel\na\t0\n", .invalidHeader, 1), ("text\na\n", .invalidHeader, 1),
            ("label\ttext\ttext\n0\ta\tb\n", .invalidHeader, 1), ("0\n", .invalidHeader, 1),
            ("0\ta\tb\tc\n", .invalidHeader, 1), ("label\n0\n", .invalidHeader, 1),
            ("label\ttext\n0\ta\n0\ta\tb\n", .invalidRow, 3), ("label\ttext\n0\ta\n\n0\tb\n", .invalidRow, 3),
            ("label\ttext\n0 a\n", .invalidRow, 2), ("label\ttext\nx\ta\n", .invalidLabel, 2),
            ("label\ttext\n1.0\ta\n", .invalidLabel, 2), ("label\ttext\n\ta\n", .invalidLabel, 2),
            ("label\ttext\n99999999999999999999\ta\n", .invalidLabel, 2),
            ("label\ttext\n0\ta\n2\tb\n", .labelOutOfRange, 3), ("label\ttext\n-1\ta\n", .labelOutOfRange, 2),
            ("-1\ta\n", .labelOutOfRange, 1),
        ] as [(String, DatasetError.Code, Int?)])
    func refused(_ text: String, _ code: DatasetError.Code, _ row: Int?) {
        let error = #expect(throws: DatasetError.self) { try read(text) }
        #expect(error?.code == code)
        #expect(error?.row == row)
        #expect(error?.description.hasPrefix(row.map { "clean.tsv, row \($0): " } ?? "clean.tsv: ") ?? false)
    }

    @Test("A line that is not UTF-8")
    func invalidUTF8() {
        let bytes = Array("label\ttext\n0\ta\n1\t".utf8) + [0xC3, 0x28, 0x0A]
        let error = #expect(throws: DatasetError.self) {
            try TSVDataset.read(bytes: bytes, file: "f", labelCount: nil)
        }
        #expect(error?.code == .invalidUTF8)
        #expect(error?.row == 3)
    }

    @Test("Limits on file, line, field, rows and label")
    func limits() {
        let cases: [(DatasetLimits, String, DatasetError.Code, Int?)] = [
            (DatasetLimits(maxBytes: 10), "label\ttext\n0\ta\n", .tooLarge, nil),
            (DatasetLimits(maxLineBytes: 12), "label\ttext\n0\tabcdefghijklm\n", .tooLarge, 2),
            (DatasetLimits(maxFieldBytes: 5), "label\ttext\n0\tabcdef\n", .tooLarge, 2),
            (DatasetLimits(maxRows: 1), "label\ttext\n0\ta\n1\tb\n", .tooLarge, nil),
            (DatasetLimits(maxRows: 1), "label\ttext\n0\ta\n\n\n\n\n1\tb\n", .tooLarge, nil),
            (DatasetLimits(maxLabel: 3), "label\ttext\n4\ta\n", .labelOutOfRange, 2),
        ]
        for (limits, text, code, row) in cases {
            let error = #expect(throws: DatasetError.self) { try read(text, labelCount: nil, limits: limits) }
            #expect(error?.code == code)
            #expect(error?.row == row)
        }
    }

    @Test("Texts without labels")
    func texts() throws {
        func readTexts(_ text: String) throws -> [InputText] {
            try TSVDataset.readTexts(bytes: Array(text.utf8), file: "texts.tsv", labelCount: 2)
        }
        #expect(try readTexts("text\na\n1\n") == [InputText(row: 2, text: "a"), InputText(row: 3, text: "1")])
        #expect(try readTexts("text\ttext_pair\na\tb\n") == [InputText(row: 2, text: "a", pair: "b")])
        #expect(try readTexts("label\ttext\n1\ta\n") == [InputText(row: 2, label: 1, text: "a")])
        #expect(throws: DatasetError.self) { try readTexts("a text without a header\n") }
        #expect(throws: DatasetError.self) { try readTexts("label\ttext\n2\ta\n") }
    }

    @Test("Random bytes are refused or read, never worse", arguments: 0..<20)
    func random(_ seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        let alphabet = Array("01\t\t\n\r a-\u{E9}label\ttext\n".utf8) + [0xFF]
        for _ in 0..<100 {
            var bytes = Array("label\ttext\n".utf8)
            for _ in 0..<30 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes.append(alphabet[Int(state >> 33) % alphabet.count])
            }
            let rows = try? TSVDataset.read(bytes: bytes, file: "f", labelCount: 2)
            #expect(rows.map { !$0.isEmpty } ?? true)
        }
    }
}
