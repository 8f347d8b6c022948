internal import Synchronization
internal import Tensors

#if canImport(Glibc)
    internal import Glibc
#endif

/// Cosines and sines of rotary positions (Su et al. 2021), computed for as many positions as were asked for.
public final class RotaryTable: Sendable {
    /// Radians a position, for each pair of a head's columns.
    private let frequencies: [Float]
    private let table = Mutex(FloatBuffer(count: 0))

    /// - Parameter frequencies: half as many as a head has columns.
    public init(frequencies: [Float]) { self.frequencies = frequencies }

    /// Columns of a head.
    var width: Int { 2 * frequencies.count }

    /// For each position from 0 on the cosine of each pair, then the sines.
    func rows(_ count: Int) -> FloatBuffer {
        table.withLock { table in
            guard table.count < count * width else { return table }
            // Doubled, so that growing texts do not compute it each time.
            let positions = max(count, 2 * table.count / max(1, width))
            let grown = FloatBuffer(count: positions * width)
            for position in 0..<positions {
                for (pair, frequency) in frequencies.enumerated() {
                    let angle = Double(Float(position) * frequency)
                    grown.pointer[position * width + pair] = Float(cos(angle))
                    grown.pointer[position * width + frequencies.count + pair] = Float(sin(angle))
                }
            }
            table = grown
            return grown
        }
    }
}
