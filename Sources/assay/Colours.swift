#if canImport(Glibc)
    import Glibc
#endif

/// Colour for verdicts and states: on a terminal only, and never where the user does without.
enum Colours {
    /// Text for standard output with its states coloured; words and signs say the same without colour.
    static func painted(_ text: String) -> String {
        guard isOn(descriptor: 1) else { return text }
        let states = [("✓ Passed", "32"), ("✗ Failed", "31"), ("? Inconclusive", "33")]
        return states.reduce(text) { text, state in
            text.replacing(state.0, with: "\u{1B}[1;\(state.1)m\(state.0)\u{1B}[0m")
        }
    }

    /// Whether a descriptor is a terminal that takes colour: see no-color.org.
    static func isOn(descriptor: Int32) -> Bool {
        Console.isTerminal(descriptor) && (variable("NO_COLOR") ?? "").isEmpty
    }

    /// A variable of the environment.
    static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
