import Checkpoints
import Files
import Findings
import Testing
import Transformers

@testable import Audit

/// Whose fault a length is that will not do: the user's, exit 64, or the model's, exit 2.
@Suite struct MaxLengthTests {
    private func length(_ asked: Int?, tokenizerLimit: Int, atLeast least: Int = 32) throws -> Int {
        let folder = try TemporaryFolder()
        let path = try TinyPair.moved(by: 0, to: folder.file("suspect"))
        try folder.write(#"{"model_max_length": \#(tokenizerLimit)}"#, to: "suspect/tokenizer_config.json")
        let model = try ModelFolder(path: path)
        let source = try ClassifierSource(folder: model)
        return try source.architecture.maxLength(asked, atLeast: least, model.tokenizer(), folder: path)
    }

    @Test func theTokenizersLimitIsTaken() throws {
        #expect(try length(nil, tokenizerLimit: 40) == 40)
        #expect(try length(33, tokenizerLimit: 8) == 33)
    }

    @Test func aTokenizersLimitThatIsTooShortIsTheModels() {
        let error = #expect(throws: AuditError.self) { try length(nil, tokenizerLimit: 8) }
        #expect(error?.status == .untrustworthy)
        #expect(error?.description.contains("suspect/tokenizer_config.json: the model's texts end after 8") == true)
    }

    @Test func fewPositionsAreTheModels() {
        for asked in [nil, 9_999] {
            let error = #expect(throws: AuditError.self) { try length(asked, tokenizerLimit: 40, atLeast: 10_000) }
            #expect(error?.status == .untrustworthy)
        }
    }

    @Test(arguments: [0, 31, 100_000])
    func anotherLengthThanTheModelHasIsTheUsers(asked: Int) {
        #expect(throws: AuditError.self) { try length(asked, tokenizerLimit: 40) }
        #expect((try? length(asked, tokenizerLimit: 40)) == nil)
        let error = #expect(throws: AuditError.self) { try length(asked, tokenizerLimit: 8) }
        #expect(error?.status == .usage)
    }
}
