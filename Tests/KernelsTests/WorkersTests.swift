import Synchronization
import Testing

@testable import Kernels

@Suite struct WorkersTests {
    @Test(arguments: [0, 1, 2, 3, 7], [0, 1, 2, 1_000])
    func `every item is done once`(threads: Int, items: Int) {
        let done = Mutex([Int](repeating: 0, count: items))
        Workers(threads: threads).forEach(items) { item, _ in done.withLock { $0[item] += 1 } }
        #expect(done.withLock { $0 } == [Int](repeating: 1, count: items))
    }

    @Test func `no two items use one context at once`() {
        let workers = Workers(threads: 3)
        let busy = Mutex<Set<ObjectIdentifier>>([])
        workers.forEach(300) { _, context in
            let isFree = busy.withLock { $0.insert(ObjectIdentifier(context)).inserted }
            #expect(isFree)
            _ = busy.withLock { $0.remove(ObjectIdentifier(context)) }
        }
    }

    @Test func `activation names are those of transformers, and no other`() {
        let names = ["gelu", "gelu_new", "gelu_pytorch_tanh", "relu", "silu", "swish", "tanh"]
        #expect(
            names.map { ActivationFunction(hiddenAct: $0) }
                == [.gelu, .geluTanh, .geluTanh, .relu, .silu, .silu, .tanh])
        for name in ["", "GELU", "gelu_10", "quick_gelu", "mish", "linear"] {
            #expect(ActivationFunction(hiddenAct: name) == nil)
        }
    }
}
