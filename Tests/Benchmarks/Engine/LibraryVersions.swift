import COneDNN

/// Versions of the libraries that this program is linked with.
enum LibraryVersions {
    static var oneDNN: String {
        guard let version = dnnl_version()?.pointee else { return "unknown" }
        return "\(version.major).\(version.minor).\(version.patch)"
    }
}
