#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// An owned run of 32-bit floats, 64-byte aligned and zero at first.
///
/// 1. Not safe for concurrent writes. It is passed between threads only at points where one thread has finished with
/// it: the numeric core hands each worker its own ranges and joins before anything else reads them.
public final class FloatBuffer: @unchecked Sendable {
    /// Number of floats.
    public let count: Int
    /// The first float; valid while the buffer lives.
    public let pointer: UnsafeMutablePointer<Float>

    private let bytes: Int

    /// From this size on, memory comes from the system page by page as it is first touched, so that rows which nothing
    /// reads cost nothing.
    private static let mappedBytes = 1 << 18
    private var isMapped: Bool { bytes >= Self.mappedBytes }

    /// - Parameter count: floats to allocate; sizes come from validated shapes, never from a file's bare integer.
    public init(count: Int) {
        self.count = count
        bytes = max(count, 1) * MemoryLayout<Float>.stride
        let raw: UnsafeMutableRawPointer
        if bytes >= Self.mappedBytes {
            let mapped = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            guard let mapped, mapped != MAP_FAILED else { preconditionFailure("out of memory: \(bytes) bytes") }
            raw = mapped
        } else {
            raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
            memset(raw, 0, bytes)
        }
        pointer = raw.bindMemory(to: Float.self, capacity: max(count, 1))
    }

    deinit {
        if isMapped { munmap(pointer, bytes) } else { pointer.deallocate() }
    }

    /// The floats as a collection.
    public var floats: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: pointer, count: count) }

    /// An equal buffer of its own.
    public func copy() -> FloatBuffer {
        let other = FloatBuffer(count: count)
        other.copy(from: self)
        return other
    }

    /// Overwrites every float with those of a buffer of the same length.
    public func copy(from other: FloatBuffer) {
        precondition(other.count == count, "buffers of \(count) and \(other.count) floats")
        memcpy(pointer, other.pointer, count * MemoryLayout<Float>.stride)
    }
}
