/// Which field of a row holds what.
struct TSVColumns: Sendable, Equatable {
    var label: Int?
    var text: Int
    var pair: Int?
    /// Fields of every row.
    var count: Int

    /// The columns that a header line names; `nil` if the line is not a header.
    ///
    /// Names may stand in any order.
    init?(header names: [String]) {
        guard Set(names).count == names.count, let text = names.firstIndex(of: "text") else { return nil }
        guard names.allSatisfy({ ["label", "text", "text_pair"].contains($0) }) else { return nil }
        self.text = text
        label = names.firstIndex(of: "label")
        pair = names.firstIndex(of: "text_pair")
        count = names.count
    }

    /// The columns of a file without a header, whose first line has `count` fields: label, text and perhaps a pair.
    init?(headerlessFields count: Int) {
        guard (2...3).contains(count) else { return nil }
        label = 0
        text = 1
        pair = count == 3 ? 2 : nil
        self.count = count
    }
}
