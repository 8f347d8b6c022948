@_spi(_Unicode) import Swift

/// Normalization form D of Unicode 9.0, which the Rust crate `unicode-normalization-alignments` implements.
///
/// Decompositions and combining classes are stable: characters assigned later are left as they are.
enum CanonicalDecomposition {
    /// The decomposition of `scalars`: each replaced by its parts, marks in canonical order.
    static func decompose(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count + 8)
        for scalar in scalars {
            if isKnown(scalar) {
                result.append(contentsOf: String(scalar)._nfd)
            } else {
                result.append(scalar)
            }
        }
        sortMarks(&result)
        return result
    }

    /// The parts of a character.
    static func parts(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        isKnown(scalar) ? Array(String(scalar)._nfd) : [scalar]
    }

    static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.age.map { $0.major <= 9 } ?? false
    }

    static func combiningClass(_ scalar: Unicode.Scalar) -> UInt8 {
        scalar.value >= 0x300 && isKnown(scalar) ? scalar.properties.canonicalCombiningClass.rawValue : 0
    }

    /// Sorts each run of characters with a combining class above zero by that class, keeping the order of equals.
    private static func sortMarks(_ scalars: inout [Unicode.Scalar]) {
        var classes: [UInt8] = []
        var start = 0
        while start < scalars.count {
            classes.removeAll(keepingCapacity: true)
            var end = start
            while end < scalars.count {
                let combiningClass = combiningClass(scalars[end])
                guard combiningClass > 0 else { break }
                classes.append(combiningClass)
                end += 1
            }
            if classes.count > 1, zip(classes, classes.dropFirst()).contains(where: { $0 > $1 }) {
                let order = classes.indices.sorted { (classes[$0], $0) < (classes[$1], $1) }
                let run = Array(scalars[start..<end])
                scalars.replaceSubrange(start..<end, with: order.map { run[$0] })
            }
            start = end + 1
        }
    }
}
