internal import CKernels

/// The instruction levels that the loops are compiled for.
public enum InstructionLevel: Int, Sendable, CaseIterable, Comparable {
    case baseline, avx2, avx512

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// Whether this processor has it.
    public var isAvailable: Bool { assay_kernels_at(Int32(rawValue)) != nil }

    /// The best level of this processor, or the one that `ASSAY_INSTRUCTION_LEVEL` names (baseline, avx2, avx512).
    public static let current = InstructionLevel(rawValue: Int(assay_current_level())) ?? .baseline

    var loops: UnsafePointer<assay_kernels> {
        guard let table = assay_kernels_at(Int32(rawValue)) else {
            preconditionFailure("instruction level \(self) is not available on this processor")
        }
        return table
    }
}
