internal import CKernels

#if canImport(Glibc)
    internal import Glibc
#endif

/// The instruction levels that the loops are compiled for.
public enum InstructionLevel: Int, Sendable, CaseIterable, Comparable {
    case baseline, avx2, avx512

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// Whether this processor has it.
    public var isAvailable: Bool { assay_kernels_at(Int32(rawValue)) != nil }

    /// The best level of this processor, or the one that `ASSAY_INSTRUCTION_LEVEL` names (baseline, avx2, avx512).
    public static let current: InstructionLevel = {
        let best = allCases.last { $0.isAvailable } ?? .baseline
        guard let name = getenv("ASSAY_INSTRUCTION_LEVEL").map({ String(cString: $0) }),
            let level = allCases.first(where: { "\($0)" == name }), level.isAvailable
        else { return best }
        return level
    }()

    var loops: UnsafePointer<assay_kernels> {
        guard let table = assay_kernels_at(Int32(rawValue)) else {
            preconditionFailure("instruction level \(self) is not available on this processor")
        }
        return table
    }
}
