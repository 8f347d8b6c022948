import ArgumentParser

#if canImport(Glibc)
    import Glibc
#endif

/// `--threads`, shared by the commands that run a model.
struct ThreadOption: ParsableArguments {
    @Option(help: "Threads to use; they change the time, not the numbers. (default: all processors)")
    var threads: Int?

    var count: Int { threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    func validate() throws {
        if let threads, !(1...256).contains(threads) { throw ValidationError("--threads must be from 1 to 256") }
    }
}
