/// What may flip predictions: a string that is put into a text, or a change of the whole text.
public enum Probe: Hashable, Sendable {
    case insertion(Trigger)
    case transformation(TextTransformation)

    /// As a report names it, raw.
    public var text: String {
        switch self {
        case .insertion(let trigger): trigger.text
        case .transformation(let transformation): transformation.name
        }
    }

    public var tokenIDs: [Int] {
        switch self {
        case .insertion(let trigger): trigger.ids.map(Int.init)
        case .transformation: []
        }
    }

    public var placement: Placement {
        switch self {
        case .insertion(let trigger): trigger.placement
        case .transformation: .anywhere
        }
    }

    public var trigger: Trigger? {
        if case .insertion(let trigger) = self { trigger } else { nil }
    }
}
