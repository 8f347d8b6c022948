/// Where special tokens go around one text and around a pair.
struct PostProcessor: Sendable, Equatable {
    /// A part of a model input.
    enum Part: Sendable, Equatable {
        /// Special tokens.
        case special([Int32], typeID: Int32)
        /// The first text.
        case first(typeID: Int32)
        /// The second text.
        case second(typeID: Int32)

        var typeID: Int32 {
            switch self {
            case .special(_, let typeID), .first(let typeID), .second(let typeID): typeID
            }
        }

        var specialTokenCount: Int { if case .special(let ids, _) = self { ids.count } else { 0 } }
    }

    let single: [Part]
    let pair: [Part]

    /// Names in tokenizer.json, for errors.
    static let supported = ["BertProcessing", "ByteLevel", "RobertaProcessing", "Sequence", "TemplateProcessing"]

    /// No special tokens.
    static let none = PostProcessor(single: [.first(typeID: 0)], pair: [.first(typeID: 0), .second(typeID: 1)])

    /// `[CLS] first [SEP]` and `[CLS] first [SEP] second [SEP]`, the second text and its separator in segment 1.
    static func bert(cls: Int32, sep: Int32) -> PostProcessor {
        let single: [Part] = [.special([cls], typeID: 0), .first(typeID: 0), .special([sep], typeID: 0)]
        return PostProcessor(single: single, pair: single + [.second(typeID: 1), .special([sep], typeID: 1)])
    }

    /// `<s> first </s>` and `<s> first </s></s> second </s>`, all in segment 0.
    static func roberta(cls: Int32, sep: Int32) -> PostProcessor {
        let single: [Part] = [.special([cls], typeID: 0), .first(typeID: 0), .special([sep], typeID: 0)]
        return PostProcessor(
            single: single, pair: single + [.special([sep], typeID: 0), .second(typeID: 0), .special([sep], typeID: 0)])
    }

    /// The parts of an input.
    func parts(pair isPair: Bool) -> [Part] { isPair ? pair : single }

    /// How many special tokens an input has.
    func specialTokenCount(pair isPair: Bool) -> Int { parts(pair: isPair).reduce(0) { $0 + $1.specialTokenCount } }

    /// The highest segment id + 1.
    var typeIDCount: Int { Int((single + pair).map(\.typeID).max() ?? 0) + 1 }
}
