import Synchronization

/// Memory that one text after another uses.
struct Scratch: Sendable {
    var words = WordList()
    var subwords = SubwordScratch()
    var cache = WordCache()
}

/// Memory that waits for the next text; as many as there were threads at once.
final class ScratchPool: Sendable {
    private let free = Mutex<[Scratch]>([])

    func take() -> Scratch { free.withLock { $0.popLast() } ?? Scratch() }

    func put(_ scratch: Scratch) { free.withLock { $0.append(scratch) } }
}
