internal import COneDNN
internal import Dispatch
internal import Synchronization

/// A fixed set of single-threaded workers, one per core, each with a context of its own.
///
/// Work is handed out item by item; which worker takes an item changes nothing in its result.
public final class Workers {
    /// Number of workers.
    public let count: Int
    private let contexts: [ComputeContext]

    /// - Parameters:
    ///   - threads: workers to use, at least 1.
    ///   - level: instruction level of their loops.
    public init(threads: Int, level: InstructionLevel = .current) {
        count = max(1, threads)
        contexts = (0..<count).map { _ in ComputeContext(level: level) }
    }

    /// Buffers that the contexts have allocated so far; it stops growing once the largest batch has passed.
    var allocations: Int { contexts.reduce(0) { $0 + $1.allocations } }

    /// Calls `body` once for each of `items` items, on any worker, and returns when all are done.
    public func forEach(_ items: Int, _ body: (Int, ComputeContext) -> Void) {
        let next = Atomic(0)
        // 1. Each iteration uses the context of its own index, the counter is atomic, and `body` outlives the call.
        withoutActuallyEscaping(body) { body in
            nonisolated(unsafe) let contexts = contexts
            nonisolated(unsafe) let body = body
            DispatchQueue.concurrentPerform(iterations: min(count, max(items, 1))) { worker in
                omp_set_num_threads(1)
                while true {
                    let item = next.add(1, ordering: .relaxed).oldValue
                    if item >= items { return }
                    body(item, contexts[worker])
                }
            }
        }
    }
}
