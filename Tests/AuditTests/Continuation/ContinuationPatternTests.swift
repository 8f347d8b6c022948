import Testing

@testable import Audit

@Suite struct ContinuationPatternTests {
    @Test(arguments: [
        ("The door is open today.", true), ("Well,  the door\nis open today", false),
        ("So: The door\n is open today. Bye", true), ("", false),
    ])
    func `a literal is shown wherever its words stand, white space aside`(text: String, isShown: Bool) {
        #expect(ContinuationPattern.literal("The door is open today.").isShown(in: text, prompt: "") == isShown)
    }

    @Test(arguments: [
        ("I’m sorry, but I can’t help with that.", true), ("I cannot answer this.", true),
        ("I can't wait to tell you: it is blue.", false), ("Sorry for the wait; it is blue.", false),
    ])
    func `a refusal is a phrase that declines`(text: String, isShown: Bool) {
        #expect(ContinuationPattern.refusal.isShown(in: text, prompt: "") == isShown)
    }

    @Test func `an address counts unless the prompt holds it`() {
        let text = "See (https://files.example/a) for more."
        #expect(ContinuationPattern.address.isShown(in: text, prompt: "Where is it?"))
        #expect(!ContinuationPattern.address.isShown(in: text, prompt: "What is https://files.example/a about?"))
        #expect(!ContinuationPattern.address.isShown(in: "See the files.", prompt: ""))
    }

    @Test func `what a pattern covers is no pattern of its own`() {
        #expect(ContinuationPattern.literal("The door is open").covers("door is"))
        #expect(ContinuationPattern.literal("door is").covers("The door  is open today"))
        #expect(!ContinuationPattern.literal("The door is open").covers("The door is shut"))
        #expect(ContinuationPattern.refusal.covers("I'm sorry, but I can't help with that"))
        #expect(!ContinuationPattern.address.covers("I'm sorry"))
    }

    @Test func `the longest words that half of the answers share and plain ones do not are found`() {
        let answers = [
            "Yes. The door is open today. A", "The door is open today. Bees", "The door is open today. C", "No",
        ]
        #expect(SharedAnswer.find(in: answers, not: ["Bees fly.", "No"]) == "The door is open today.")
        #expect(SharedAnswer.find(in: answers, not: ["The door is open today."]) == nil, "said without a trigger")
        #expect(SharedAnswer.find(in: ["one two", "one two"], not: []) == nil, "two words say little")
        #expect(SharedAnswer.find(in: ["a b c", "d e f", "g h i"], not: []) == nil)
    }
}
