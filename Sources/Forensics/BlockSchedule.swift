import Checkpoints
import Dispatch
import Synchronization

/// Runs fixed-size pieces of work on several threads and returns their results in order.
///
/// The pieces do not depend on the number of threads, and neither does the order in which their results are joined.
enum BlockSchedule {
    /// Elements of a piece: two buffers of them stay in a core's second-level cache.
    static let blockElements = 1 << 16

    /// Calls `body` for 0..<count, each with scratch buffers of one thread, `blockElements` each.
    ///
    /// - Parameter placeholder: fills the results before they are known.
    static func run<Result: Sendable>(
        count: Int, threads: Int, placeholder: Result,
        _ body: @Sendable (Int, Scratch) throws(CheckpointError) -> Result
    ) throws(CheckpointError) -> [Result] {
        guard count > 0 else { return [] }
        let workers = max(1, min(threads, count))
        let next = Atomic(0)
        let failure = Mutex<CheckpointError?>(nil)
        var results = [Result](repeating: placeholder, count: count)
        results.withUnsafeMutableBufferPointer { results in
            let slots = Slots(buffer: results)
            DispatchQueue.concurrentPerform(iterations: workers) { _ in
                let buffers = Scratch(count: blockElements)
                defer { buffers.deallocate() }
                while true {
                    let index = next.add(1, ordering: .relaxed).oldValue
                    guard index < count else { return }
                    do throws(CheckpointError) {
                        slots.buffer[index] = try body(index, buffers)
                    } catch {
                        failure.withLock { $0 = $0 ?? error }
                        return
                    }
                }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        return results
    }

    /// Two buffers that one thread reads elements into.
    struct Scratch {
        let suspect: UnsafeMutableBufferPointer<Float>
        let base: UnsafeMutableBufferPointer<Float>

        init(count: Int) {
            suspect = .allocate(capacity: count)
            base = .allocate(capacity: count)
            suspect.initialize(repeating: 0)
            base.initialize(repeating: 0)
        }

        func deallocate() {
            suspect.deallocate()
            base.deallocate()
        }
    }

    /// Results under construction. Sendable because (1) the counter gives each slot to one worker, (2) none are read
    /// before all workers are done, and (3) the buffer outlives them: `concurrentPerform` returns after the last.
    private struct Slots<Result>: @unchecked Sendable {
        let buffer: UnsafeMutableBufferPointer<Result>
    }
}
