import Glibc

extension String {
    /// Whether the UTF-8 bytes of this string come before those of `other`; unlike `<`, this tells canonically
    /// equivalent strings apart.
    func bytesPrecede(_ other: String) -> Bool {
        let precedes = utf8.withContiguousStorageIfAvailable { ours in
            other.utf8.withContiguousStorageIfAvailable { theirs in ours.bytesPrecede(theirs) }
        }
        if let precedes, let precedes { return precedes }
        return utf8.lexicographicallyPrecedes(other.utf8)
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func bytesPrecede(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let ours = baseAddress, let theirs = other.baseAddress else { return count < other.count }
        let order = memcmp(ours, theirs, Swift.min(count, other.count))
        return order != 0 ? order < 0 : count < other.count
    }
}
