/// The command line, as it can be typed again.
enum CommandLineText {
    static var current: String {
        (["assay"] + CommandLine.arguments.dropFirst()).map(quoted).joined(separator: " ")
    }

    /// A shell word; quoted when it has anything but harmless characters.
    static func quoted(_ word: String) -> String {
        let harmless = word.unicodeScalars.allSatisfy { scalar in
            ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                || "-_./,:=+@%".unicodeScalars.contains(scalar)
        }
        return harmless && !word.isEmpty
            ? word
            : "'"
                + word.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "'\\''") + "'"
    }
}
