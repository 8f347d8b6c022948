import StrictJSON
import Testing

@testable import Reports

@Suite struct PredictionLineTests {
    private func line(_ name: String, logits: [Float] = [0.5, -1.25]) -> PredictionLine {
        PredictionLine(row: 3, ids: [101, 7, 102], logits: logits, label: 1, labelName: name)
    }

    @Test func theFormIsFixed() {
        #expect(
            line("positive").text
                == #"{"row":3,"ids":[101,7,102],"logits":[0.5,-1.25],"label":1,"label_name":"positive"}"# + "\n")
    }

    @Test func whatIsNoNumberIsNull() throws {
        let line = line("a", logits: [.nan, .infinity, -.infinity, 2])
        #expect(line.text.contains(#""logits":[null,null,null,2.0]"#))
        #expect(!line.isFinite && self.line("a").isFinite)
        #expect(throws: Never.self) { try JSONValue(parsing: Array(line.text.utf8.dropLast())) }
    }

    @Test(arguments: ["\u{202E}a", "\u{2066}", "\u{9B}2J", "\u{85}", "\u{7F}", "\u{1B}[31m", "\u{2028}", "\u{200B}"])
    func namesActOnNoTerminal(name: String) throws {
        let text = line(name).text
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !VisibleText.isHidden($0) })
        #expect(text.contains("\\u"))
        let read = try JSONValue(parsing: Array(text.utf8.dropLast())).objectValue?["label_name"]?.stringValue
        #expect(read == name)
    }

    @Test func namesAreStringsWhateverTheyHold() throws {
        for name in HostileText.samples(100) {
            let text = line(name).text
            #expect(!RunnerCommand.isObeyed(text) && text.split(separator: "\n").count == 1)
            let read = try JSONValue(parsing: Array(text.utf8.dropLast())).objectValue?["label_name"]?.stringValue
            #expect(read.map { Array($0.utf8) } == Array(name.utf8))
        }
    }
}
