/// Takes swift-crypto's place in the fuzzing build, which would spend minutes on it: equal content gives equal digests,
/// and nothing that is fuzzed asks for more.
public struct SHA256 {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    public init() {}

    public static func hash(data: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        data.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize()
    }

    public mutating func update(bufferPointer: UnsafeRawBufferPointer) {
        for byte in bufferPointer { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }

    public func finalize() -> [UInt8] { (0..<32).map { UInt8(truncatingIfNeeded: state >> (8 * ($0 % 8))) } }
}
