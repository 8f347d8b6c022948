import Kernels
import Synchronization

extension Workers {
    /// `items` mapped in order, a few at a time on each worker.
    func map<Item: Sendable, Made: Sendable>(_ items: [Item], _ body: @Sendable (Item) -> Made) -> [Made] {
        let size = 16
        let parts = stride(from: 0, to: items.count, by: size).map { $0..<min($0 + size, items.count) }
        let made = Mutex([[Made]](repeating: [], count: parts.count))
        forEach(parts.count) { index, _ in
            let part = items[parts[index]].map(body)
            made.withLock { $0[index] = part }
        }
        return made.withLock { Array($0.joined()) }
    }
}
