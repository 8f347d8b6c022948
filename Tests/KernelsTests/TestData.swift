import CKernels
import Tensors
import Testing

@testable import Kernels

/// Lengths around the vector width of 16, four vectors, and the dropout block of 64.
let sizes = [1, 3, 15, 16, 17, 48, 63, 64, 65, 130]

extension InstructionLevel {
    /// The levels this processor can run.
    static let available = allCases.filter(\.isAvailable)
}

/// Numbers between −scale and scale that look random and are the same in every run.
func noise(_ count: Int, _ name: String, scale: Double = 1) -> [Float] {
    let random = CounterRandom(seed: 1, stream: name)
    return (0..<count).map { Float((2 * random.uniform(at: UInt64($0)) - 1) * scale) }
}

extension Array<Float> {
    var doubles: [Double] { map(Double.init) }
}

/// What a loop writes to `count` floats that hold `initial` first; records an issue if it writes beyond them.
func written(
    _ count: Int, initial: [Float]? = nil, _ body: (UnsafeMutablePointer<Float>) -> Void
) -> [Float] {
    let guardValue: Float = 1234.5
    var buffer = (initial ?? [Float](repeating: .nan, count: count)) + [Float](repeating: guardValue, count: 80)
    buffer.withUnsafeMutableBufferPointer { pointer in
        if let base = pointer.baseAddress { body(base) }
    }
    #expect(buffer.suffix(80).allSatisfy { $0 == guardValue }, "written beyond \(count) floats")
    return Array(buffer.prefix(count))
}

/// Largest difference as a share of what is allowed for that value; infinite where a value is not finite.
func worst(_ got: [Float], _ expected: [Double], allowed: (Double) -> Double) -> Double {
    guard got.count == expected.count else { return .infinity }
    return zip(got, expected).map { got, expected in
        let error = abs(Double(got) - expected)
        return error.isFinite ? error / allowed(expected) : .infinity
    }.max() ?? 0
}

/// Runs a body on a thread whose products are single-threaded, with a context of that level.
func onOneThread<T>(_ level: InstructionLevel, _ body: (ComputeContext) -> T) -> [T] {
    var results: [T] = []
    withUnsafeMutablePointer(to: &results) { results in
        nonisolated(unsafe) let results = results
        Workers(threads: 1, level: level).forEach(1) { _, context in results.pointee.append(body(context)) }
    }
    return results
}

/// Half a unit in the last place of a Float, relative.
let rounding = 0x1p-24
