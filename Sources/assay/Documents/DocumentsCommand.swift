import ArgumentParser
import Audit
import Checkpoints
import Files
import Reports

/// Writes the parts of the documentation that are made from the program itself.
struct DocumentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write-documents",
        abstract: "Write the man page, the catalogue of rules and the page on policies, as docs/ has them.",
        shouldDisplay: false)

    @Argument(help: "Folder for the files.", completion: .directory) var folder: String

    func run() throws {
        try Console.run {
            try Folder.create(folder)
            let files = try [
                ("assay.1", ManualPage.text()), ("policy.md", PolicyDocument.markdown),
                ("rules.md", RuleCatalogue.markdown),
            ]
            for (name, text) in files { try AtomicFile.write(Array(text.utf8), to: folder + "/" + name) }
        }
    }
}
