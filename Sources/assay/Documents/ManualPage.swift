import Audit

/// The man page, made from the help of every command.
enum ManualPage {
    static func text() throws -> String {
        let program = try CommandHelp.program()
        let commands = program.all()
        var lines = [
            ".\\\" Made by make docs from the program's own help: do not edit.",
            ".TH ASSAY 1 \"\" \"assay \(AuditRun.toolVersion)\" \"User Commands\"", ".SH NAME",
            "assay \\- " + Roff.text(sentence(program.abstract)), ".SH SYNOPSIS", ".B assay", ".I command",
            "[\\fIoptions\\fR]", ".SH DESCRIPTION",
        ]
        lines += program.description.flatMap(Roff.paragraph)
        lines.append(".SH COMMANDS")
        for (path, command) in commands.dropFirst() { lines += section(path, command) }
        lines += closing(program)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(_ path: [String], _ command: CommandHelp) -> [String] {
        var lines = [".SS " + Roff.quoted(path.dropFirst().joined(separator: " "))]
        lines += Roff.paragraph(command.abstract ?? "")
        lines += command.description.flatMap(Roff.paragraph)
        let arguments = (command.arguments ?? []).filter { $0.shouldDisplay && !isGeneral($0) }
        for argument in arguments { lines += entry(argument) }
        return lines + examples(command.examples)
    }

    /// Options that every command has.
    private static func isGeneral(_ argument: CommandHelp.Argument) -> Bool {
        (argument.names ?? []).contains { ["help", "version"].contains($0.name) }
    }

    private static func entry(_ argument: CommandHelp.Argument) -> [String] {
        let value = "\\fI\(Roff.text(argument.valueName ?? "value"))\\fR" + (argument.isRepeating ? " ..." : "")
        let names = (argument.names ?? []).map { "\\fB\(Roff.text($0.text))\\fR" }.joined(separator: ", ")
        let head =
            switch argument.kind {
            case "positional": value
            case "flag": names
            default: names + " " + value
            }
        var text = argument.abstract ?? ""
        if let values = argument.allValues, !values.isEmpty { text += " Values: \(values.joined(separator: ", "))." }
        if let standard = argument.defaultValue, argument.kind != "flag" { text += " Default: \(standard)." }
        return [".TP", head, Roff.text(text)]
    }

    private static func examples(_ lines: [String]) -> [String] {
        lines.isEmpty ? [] : [".PP", "Examples:", ".PP", ".nf", ".RS"] + lines.map(Roff.text) + [".RE", ".fi"]
    }

    private static func closing(_ program: CommandHelp) -> [String] {
        let statuses = [
            ("0", "The gate passed, or the command did its work."), ("1", "The gate failed."),
            (
                "2",
                "No trustworthy verdict: unreadable or changing input, the wrong base, too few texts, an effect too near "
                    + "its limit. Of any command: standard output that cannot be written."
            ),
            ("64", "The command line or a policy is wrong."),
        ]
        let variables = [
            ("NO_COLOR", "If set and not empty, nothing is coloured."),
            ("TERM", "If it is dumb, nothing is coloured and no progress bar is drawn."),
            ("CI", "If set, --open opens no browser."),
            ("SOURCE_DATE_EPOCH", "The date of reports that carry one, in seconds since 1970."),
            ("ASSAY_INSTRUCTION_LEVEL", "Forces the level of the project's own loops: baseline, avx2 or avx512."),
        ]
        func list(_ entries: [(String, String)]) -> [String] {
            entries.flatMap { [".TP", ".B " + Roff.text($0.0), Roff.text($0.1)] }
        }
        return [".SH EXIT STATUS"] + list(statuses)
            + Roff.paragraph(
                "The last line on standard error of a command with a gate is \"verdict=... exit=...\". A signal ends "
                    + "the program as 128 and its number.")
            + [".SH ENVIRONMENT"] + list(variables) + [".SH EXAMPLES", ".nf"] + program.examples.map(Roff.text)
            + [".fi", ".SH SEE ALSO"] + Roff.paragraph("assay explain, for what each rule measures and misses.")
    }

    /// Without the full stop.
    private static func sentence(_ text: String?) -> String {
        let text = text ?? ""
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}

/// Text for a manual in roff.
enum Roff {
    static func text(_ raw: String) -> String {
        let escaped = raw.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("\n", with: " ")
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }

    static func quoted(_ raw: String) -> String { "\"" + text(raw).replacing("\"", with: "\\(dq") + "\"" }

    static func paragraph(_ raw: String) -> [String] { raw.isEmpty ? [] : [".PP", text(raw)] }
}
