import ArgumentParser
import Foundation

/// A command as ArgumentParser describes it.
struct CommandHelp: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String

            /// As it is typed.
            var text: String { (kind == "long" ? "--" : "-") + name }
        }

        var kind: String
        var shouldDisplay: Bool
        var isOptional: Bool
        var isRepeating: Bool
        var names: [Name]?
        var valueName: String?
        var defaultValue: String?
        var allValues: [String]?
        var abstract: String?
        var sectionTitle: String?
    }

    var commandName: String
    var shouldDisplay: Bool
    var abstract: String?
    var discussion: String?
    var subcommands: [CommandHelp]?
    var arguments: [Argument]?

    /// The whole program.
    static func program() throws -> CommandHelp {
        struct Dump: Decodable { var command: CommandHelp }
        return try JSONDecoder().decode(Dump.self, from: Data(Assay._dumpHelp().utf8)).command
    }

    /// Every command that is shown, with the words that call it.
    func all(under path: [String] = []) -> [(path: [String], command: CommandHelp)] {
        let own = path + [commandName]
        let shown = (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
        return [(own, self)] + shown.flatMap { $0.all(under: own) }
    }

    /// What is said of the command before its examples.
    var description: [String] { paragraphs.filter { !$0.hasPrefix("EXAMPLES") } }

    /// Command lines to learn from.
    var examples: [String] {
        let lines = paragraphs.first { $0.hasPrefix("EXAMPLES") }?.split(separator: "\n").dropFirst() ?? []
        return lines.map { String($0.drop { $0 == " " }) }
    }

    private var paragraphs: [String] {
        (discussion ?? "").split(separator: "\n\n", omittingEmptySubsequences: true).map(String.init)
    }
}
