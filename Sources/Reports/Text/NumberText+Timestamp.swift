extension NumberText {
    /// RFC 3339 in UTC, "2026-03-14T09:26:53Z"; nil outside the years that it can write.
    static func timestamp(_ seconds: Int) -> String? {
        guard (-62_135_596_800...253_402_300_799).contains(seconds) else { return nil }
        let text = date(seconds).dropLast(" UTC".count)
        let year = text.prefix { $0 != "-" }
        return String(repeating: "0", count: max(0, 4 - year.count)) + text.replacing(" ", with: "T") + "Z"
    }

    /// The moment some seconds later, to the second.
    static func timestamp(_ start: Int, plus seconds: Double) -> String? {
        guard let whole = Int(exactly: seconds.rounded(.down)) else { return nil }
        let (end, overflows) = start.addingReportingOverflow(whole)
        return overflows ? nil : timestamp(end)
    }
}
