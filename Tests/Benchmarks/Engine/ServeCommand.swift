import ArgumentParser
import Glibc

/// The resident process that runs our side of the jobs.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answer requests from standard input, one JSON line each.",
        shouldDisplay: false)

    func run() throws {
        let session = EngineSession()
        while let line = readLine() {
            var result: JobResult
            do {
                result = try session.answer(try JSONLine.value(JobRequest.self, from: line))
            } catch {
                result = JobResult(error: "\(error)")
            }
            print(try JSONLine.text(result))
            fflush(nil)
        }
    }
}
