import ArgumentParser
import Checkpoints
import Files
import Reports

#if canImport(Glibc)
    import Glibc
#endif

struct TemplatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates",
        abstract: "Write out or check the templates of the reports.",
        discussion: """
            A report section is a Mustache template that gives Markdown; the page has one style sheet. Export them, \
            edit what you want to change, delete the others, and give the folder to --templates.

            EXAMPLES
              assay templates export my-templates
              assay templates check my-templates
              assay report audit-report/result.json --templates my-templates
            """,
        subcommands: [TemplatesExportCommand.self, TemplatesCheckCommand.self])
}

struct TemplatesExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the built-in templates and style sheet into a folder.",
        discussion: """
            EXAMPLES
              assay templates export my-templates
            """)

    @Argument(help: ArgumentHelp("Folder for the files; none of them may be there yet.", valueName: "folder"))
    var folder: String

    func run() throws {
        try Console.run {
            let files = TemplateFiles.builtIn.sorted { $0.key < $1.key }
            if let taken = files.first(where: { access(folder + "/" + $0.key, F_OK) == 0 }) {
                throw AuditError(usage: "\(folder)/\(taken.key): there is such a file already; choose another folder")
            }
            try Folder.create(folder)
            for file in files { try AtomicFile.write(Array(file.value.utf8), to: folder + "/" + file.key) }
            try Console.out("\(files.count) files in \(TerminalText.escape(folder))\n")
        }
    }
}

struct TemplatesCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check a folder of templates: names, syntax, and every value they ask for.",
        discussion: """
            EXAMPLES
              assay templates check my-templates
            """)

    @Argument(help: ArgumentHelp("Folder of templates.", valueName: "folder")) var folder: String

    func run() throws {
        try Console.run {
            _ = try TemplatesOption.writer(folder)
            try Console.out("The templates in \(TerminalText.escape(folder)) can be used.\n")
        }
    }
}
