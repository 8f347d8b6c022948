/// A sentence pattern: plain words, slots and optional parts, in order.
///
/// Written as `"The {part} was {adj+}[, and {remark+}]."`. A slot is a name and a tone; `+` takes the sentence's label,
/// `-` the other one, `1` and `0` a fixed one. A part in square brackets is used in half of the sentences; such parts
/// do not nest. `{a}` becomes "a" or "an". What cannot be parsed stays as it is written, so that a test sees the brace.
struct SampleTemplate: Sendable {
    /// Which label a slot's words agree with.
    enum Tone: Sendable, Equatable { case label, opposite, negative, positive, none }

    /// One place of a pattern.
    enum Piece: Sendable, Equatable {
        case text(String)
        case slot(SampleSlot, Tone)
        case article
    }

    /// A run of pieces that is used as a whole.
    struct Run: Sendable {
        let pieces: [Piece]
        let isOptional: Bool
    }

    /// The pattern as written.
    let source: String
    let runs: [Run]

    init(_ source: String) {
        self.source = source
        var runs: [Run] = []
        for (index, part) in source.split(separator: "[", omittingEmptySubsequences: false).enumerated() {
            let halves = part.split(separator: "]", maxSplits: 1, omittingEmptySubsequences: false)
            if index > 0, halves.count == 2 {
                runs.append(Run(pieces: Self.pieces(halves[0]), isOptional: true))
                runs.append(Run(pieces: Self.pieces(halves[1]), isOptional: false))
            } else {
                runs.append(Run(pieces: Self.pieces(part), isOptional: false))
            }
        }
        self.runs = runs
    }

    private static func pieces(_ text: Substring) -> [Piece] {
        var pieces: [Piece] = []
        for (index, part) in text.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            guard index > 0 else {
                pieces.append(.text(String(part)))
                continue
            }
            let halves = part.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
            pieces.append(slot(halves[0]))
            if halves.count == 2 { pieces.append(.text(String(halves[1]))) }
        }
        return pieces.filter { $0 != .text("") }
    }

    private static func slot(_ text: Substring) -> Piece {
        if text == "a" { return .article }
        let tones: [Character: Tone] = ["+": .label, "-": .opposite, "0": .negative, "1": .positive]
        let tone = text.last.flatMap { tones[$0] }
        let name = tone == nil ? text : text.dropLast()
        guard let slot = SampleSlot(rawValue: String(name)) else { return .text("{\(text)}") }
        return .slot(slot, tone ?? .none)
    }
}

/// What can fill a place of a pattern.
enum SampleSlot: String, Sendable {
    case item, part, parts, maker, tried, plain
    case attempt = "try"
    case adjective = "adj"
    case trait, strong, weak, noun, effect, opinion, manner, feeling
    case clause, remark
    case intensifier = "very"
    case softener = "rather"
    case participle = "made"
    case person, place, number, colour, material, size, vehicle, object, weather, setting, season, time
}
