#if canImport(Glibc)
    import Glibc
#endif

/// The user's browser, by way of the desktop's own opener.
enum Browser {
    /// Starts `xdg-open` on a file, without waiting for it; false where that cannot be started.
    static func open(_ file: String) -> Bool {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in Int32(0)...2 {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        // The opener need not live with the signal that this program ignores.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        // A name that starts with a hyphen would be taken for an option.
        let argument = file.hasPrefix("/") ? file : "./" + file
        let arguments = [strdup("xdg-open"), strdup(argument), nil]
        defer { arguments.forEach { free($0) } }
        var child = pid_t()
        return posix_spawnp(&child, "xdg-open", &actions, &attributes, arguments, environ) == 0
    }
}
