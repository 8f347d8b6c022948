import ArgumentParser
import Findings
import Reports

#if canImport(Glibc)
    import Glibc
#endif

/// Which reports are written and how, shared by the commands that write them.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Reports to write, separated by commas: "
                + "\(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")); or all.", valueName: "formats"))
    var format = FormatList.standard
    @OptionGroup var templates: TemplatesOption
    @Flag(help: "Show the HTML report in a browser, when run at a terminal.") var open = false

    func validate() throws {
        guard !open || format.formats.contains(.html) else {
            throw ValidationError("--open shows the HTML report: add html to --format")
        }
    }

    /// Opens the HTML report of a folder if that was asked for and somebody is there to see it.
    func openIfAsked(_ folder: String) {
        guard open else { return }
        let page = folder + "/" + ReportFormat.html.fileName
        guard isatty(1) == 1, getenv("CI") == nil else {
            return Console.error("note: --open does nothing without a terminal; the report is \(page)\n")
        }
        guard Browser.open(page) else {
            return Console.error("note: no browser could be started by xdg-open; the report is \(page)\n")
        }
    }
}

/// The value of `--format`.
struct FormatList: ExpressibleByArgument, CustomStringConvertible {
    var formats: [ReportFormat]

    static let standard = FormatList(formats: [.html, .markdown, .json])

    init(formats: [ReportFormat]) { self.formats = formats }

    init?(argument: String) {
        if argument == "all" {
            formats = ReportFormat.allCases
            return
        }
        let names = argument.split(separator: ",", omittingEmptySubsequences: false)
        let known = names.compactMap { ReportFormat(rawValue: String($0)) }
        guard known.count == names.count else { return nil }
        formats = ReportFormat.allCases.filter(known.contains)
    }

    var description: String { formats.map(\.rawValue).joined(separator: ",") }

    var defaultValueDescription: String { description }
}
