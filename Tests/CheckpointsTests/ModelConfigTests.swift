import Checkpoints
import StrictJSON
import Testing

@Suite struct ModelConfigTests {
    private func config(_ entries: String) throws -> ModelConfig {
        try ModelConfig(parsing: Array(#"{"model_type":"bert"\#(entries.isEmpty ? "" : ",")\#(entries)}"#.utf8))
    }

    @Test func readsWhatModelsDeclare() throws {
        let config = try config(
            #"""
            "architectures":["BertForSequenceClassification"],"id2label":{"1":"good","0":"bad"},"num_labels":2,
            "problem_type":"single_label_classification","hidden_size":48,"layer_norm_eps":1e-12,"hidden_act":"gelu",
            "tie_word_embeddings":true,"classifier_dropout":null
            """#)
        #expect(config.modelType == "bert")
        #expect(config.architectures == ["BertForSequenceClassification"])
        #expect(config.labels == ["bad", "good"])
        #expect(config.problemType == "single_label_classification")
        #expect(try config.integer("hidden_size", in: 1...100) == 48)
        #expect(try config.number("layer_norm_eps", in: 0...1) == 1e-12)
        #expect(try config.number("hidden_size", in: 0...100) == 48)
        #expect(try config.string("hidden_act") == "gelu")
        #expect(try config.bool("tie_word_embeddings"))
        #expect(try config.number("classifier_dropout", in: 0...1, default: 0.1) == 0.1)
        #expect(try config.integer("absent", in: 1...2, default: 7) == 7)
        #expect(config.json["hidden_act"] == .string("gelu"))
    }

    @Test(arguments: [
        ("", []), (#""architectures":["BertModel"]"#, []),
        (#""architectures":["BertForSequenceClassification"]"#, ["LABEL_0", "LABEL_1"]),
        (#""num_labels":3"#, ["LABEL_0", "LABEL_1", "LABEL_2"]), (#""num_labels":null,"id2label":null"#, []),
        (#""id2label":{"0":0,"1":"x"}"#, ["0", "x"]),
        (#""id2label":{"0":"a","1":"b","2":"c"},"num_labels":3"#, ["a", "b", "c"]),
    ])
    func labels(entries: String, expected: [String]) throws {
        #expect(try config(entries).labels == expected)
    }

    @Test(arguments: [
        #"{"1":"a","2":"b"}"#, #"{"0":"a","2":"b"}"#, #"{"-1":"a","0":"b"}"#, #"{"00":"a"}"#, #"{"0":"a","+1":"b"}"#,
        #"{"x":"a"}"#, #"{"0":"a","9223372036854775807":"b"}"#, #"{"0":"a","99999999999999999999":"b"}"#,
    ])
    func refusesLabelsThatAreNotDense(labels: String) {
        #expect(code { _ = try config(#""id2label":\#(labels)"#) } == .labelsNotDense)
    }

    @Test(arguments: [
        (CheckpointError.Code.configNotJSON, "{"), (.configNotJSON, #"{"model_type":"\#u{FFFF}""#),
        (.configNotJSON, #"{"model_type":"bert"}x"#), (.configNotJSON, #"{"a":NaN}"#),
        (.configDuplicateKey, #"{"model_type":"bert","model_type":"gpt2"}"#),
        (.configTooDeep, #"{"a":"# + String(repeating: "[", count: 70)), (.configNotObject, "[]"),
        (.configTooLarge, #"{"a":["# + String(repeating: "0,", count: 500_000) + "0]}"),
        (.configKeyMissing, "{}"), (.configWrongType, #"{"model_type":1}"#),
        (.configWrongType, #"{"model_type":"x","architectures":"A"}"#),
        (.configWrongType, #"{"model_type":"x","architectures":[1]}"#),
        (.configWrongType, #"{"model_type":"x","id2label":[]}"#),
        (.configWrongType, #"{"model_type":"x","id2label":{"0":[]}}"#),
        (.configWrongType, #"{"model_type":"x","num_labels":2.0}"#),
        (.configWrongType, #"{"model_type":"x","problem_type":1}"#),
        (.configOutOfRange, #"{"model_type":"x","num_labels":0}"#),
        (.configOutOfRange, #"{"model_type":"x","num_labels":9223372036854775807}"#),
        (.labelCountsDisagree, #"{"model_type":"x","num_labels":3,"id2label":{"0":"a"}}"#),
    ])
    func refuses(expected: CheckpointError.Code, text: String) {
        #expect(code { _ = try ModelConfig(parsing: Array(text.utf8)) } == expected)
    }

    @Test func accessorsAreChecked() throws {
        let config = try config(#""n":1000000000000000019884624838656,"size":-3,"text":"x","half":0.5"#)
        #expect(code { _ = try config.integer("n", in: 0...10) } == .configWrongType)
        #expect(code { _ = try config.integer("half", in: 0...10) } == .configWrongType)
        #expect(code { _ = try config.integer("size", in: 1...10, default: 5) } == .configOutOfRange)
        #expect(code { _ = try config.integer("absent", in: 1...10) } == .configKeyMissing)
        #expect(code { _ = try config.number("text", in: 0...1) } == .configWrongType)
        #expect(code { _ = try config.number("n", in: 0...1) } == .configOutOfRange)
        #expect(code { _ = try config.string("half") } == .configWrongType)
        #expect(code { _ = try config.bool("text") } == .configWrongType)
    }

    @Test func sizesMustAgreeWithTensors() throws {
        let config = try config(#""vocab_size":900,"text":"x""#)
        #expect(throws: Never.self) { try config.require("vocab_size", toEqual: 900, of: "embeddings") }
        #expect(throws: Never.self) { try config.require("absent", toEqual: 900, of: "embeddings") }
        #expect(code { try config.require("vocab_size", toEqual: 901, of: "embeddings") } == .configDisagreesWithTensor)
        #expect(code { try config.require("text", toEqual: 901, of: "embeddings") } == .configWrongType)
    }
}
