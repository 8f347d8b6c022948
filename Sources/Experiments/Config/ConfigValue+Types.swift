import Files
import Kernels

extension ConfigValue {
    func precision() throws(AuditError) -> Precision {
        guard let known = Precision(rawValue: try text()) else {
            throw refusal("\"\(name)\" must be \(Precision.allCases.map(\.rawValue).joined(separator: " or "))")
        }
        return known
    }

    /// One value or a list of them; none may occur twice.
    func oneOrMore<Value: Hashable>(
        _ read: (ConfigValue) throws(AuditError) -> Value
    ) throws(AuditError) -> [Value] {
        !isList ? [try read(self)] : try list(read)
    }

    /// Seeds as a list, or from one to another: "1-13".
    func seedsOrRange() throws(AuditError) -> [UInt64] {
        if isList { return try seeds() }
        let ends = ((try? text()) ?? "").split(separator: "-", omittingEmptySubsequences: false)
            .map { UInt64($0) }
        guard let first = ends.first.flatMap(\.self), let last = ends.last.flatMap(\.self), ends.count <= 2,
            first <= last, last - first < 10_000, last <= 1 << 53
        else { throw refusal("\"\(name)\" must be a list of seeds, or a range such as 1-13") }
        return Array(first...last)
    }
}
