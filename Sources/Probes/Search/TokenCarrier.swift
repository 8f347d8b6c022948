public import Datasets
public import Tokenizers

/// A labelled text as token ids, with a slot at a random word boundary that takes any phrase; of a pair, in the second
/// text.
///
/// The text is encoded once, around a placeholder; a phrase then costs a copy instead of a tokenization.
public struct TokenCarrier: Sendable, Equatable {
    /// Line of the text in its file.
    public let row: Int
    /// Class of the text.
    public let label: Int
    /// Tokens of the longest phrase that the slot takes; the text has been cut for that much.
    public let room: Int
    private let template: Encoding
    private let slot: Int

    /// Encodes a text around a placeholder.
    ///
    /// - Parameters:
    ///   - insertion: decides the position, by its seed and the text's row.
    ///   - placeholders: triggers of one token each; the first that the text does not contain is used.
    ///   - room: tokens to be kept free for the phrase.
    /// - Returns: nil where the text contains every placeholder, or `room` is more than an input may have.
    ///   - placement: of the slot.
    public init?(
        _ text: LabelledText, insertion: TriggerInsertion, placeholders: [Trigger], room: Int,
        placement: Placement = .anywhere
    ) {
        let carrier = insertion.carrier(text)
        for placeholder in placeholders {
            guard let id = placeholder.ids.first else { continue }
            let reserving = Trigger(
                text: placeholder.text, ids: [Int32](repeating: id, count: max(1, room)), placement: placement)
            let encoding = insertion.insert(reserving, into: carrier)
            let places = encoding.ids.indices.filter { encoding.ids[$0] == id }
            guard places.count == 1, encoding.ids.count - 1 + room <= insertion.maxLength else { continue }
            (row, label, template, slot) = (text.row, text.label, encoding, places[0])
            self.room = max(1, room)
            return
        }
        return nil
    }

    /// Whether the text itself has a token.
    public func contains(_ id: Int32) -> Bool {
        template.ids[..<slot].contains(id) || template.ids[(slot + 1)...].contains(id)
    }

    /// The text with a phrase in its slot; of a phrase longer than `room`, the first `room` tokens.
    public func encoding(inserting phrase: [Int32]) -> Encoding {
        let phrase = phrase.prefix(room)
        var encoding = Encoding(ids: [], typeIDs: [])
        encoding.ids.reserveCapacity(template.ids.count + phrase.count)
        encoding.ids += template.ids[..<slot]
        encoding.ids += phrase
        encoding.ids += template.ids[(slot + 1)...]
        encoding.typeIDs.reserveCapacity(template.ids.count + phrase.count)
        encoding.typeIDs += template.typeIDs[..<slot]
        encoding.typeIDs += repeatElement(template.typeIDs[slot], count: phrase.count)
        encoding.typeIDs += template.typeIDs[(slot + 1)...]
        return encoding
    }
}
