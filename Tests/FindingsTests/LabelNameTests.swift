import Findings
import Testing

@Suite struct LabelNameTests {
    @Test(arguments: [(0, "negative"), (1, ""), (2, "LABEL_2"), (-1, "LABEL_-1"), (Int.max, "LABEL_\(Int.max)")])
    func aLabelWithoutANameIsCalledAsTransformersDoes(index: Int, name: String) {
        #expect(LabelName.of(index, in: ["negative", ""]) == name)
    }
}
