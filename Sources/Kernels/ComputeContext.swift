internal import CKernels
internal import COneDNN
internal import Tensors

/// What one thread computes with: a oneDNN stream, its cached products, scratch memory and recycled buffers.
///
/// Never shared between threads. oneDNN primitives run from two threads with one scratchpad give silently wrong
/// numbers, so each context owns its primitives and their scratchpad.
public final class ComputeContext {
    let loops: UnsafePointer<assay_kernels>
    let engine: dnnl_engine_t?
    let stream: dnnl_stream_t?
    private var products: [LinearProduct.Shape: LinearProduct] = [:]
    private var scratchBuffer = FloatBuffer(count: 1 << 16)
    /// Buffers to be used again, smallest first.
    private var free: [FloatBuffer] = []

    /// - Parameter level: instruction level of the loops; tests force each.
    public init(level: InstructionLevel = .current) {
        loops = level.loops
        var engine: dnnl_engine_t?
        var stream: dnnl_stream_t?
        check(dnnl_engine_create(&engine, dnnl_cpu, 0))
        check(dnnl_stream_create(&stream, engine, dnnl_stream_default_flags.rawValue))
        self.engine = engine
        self.stream = stream
    }

    deinit {
        products.removeAll()
        dnnl_stream_destroy(stream)
        dnnl_engine_destroy(engine)
    }

    /// The product of that shape, made on first use.
    func product(_ shape: LinearProduct.Shape) -> LinearProduct {
        if let product = products[shape] { return product }
        if products.count >= 512 { products.removeAll() }
        let product = LinearProduct(shape, engine: engine)
        products[shape] = product
        return product
    }

    /// At least `count` floats, valid until the next call.
    func scratch(_ count: Int) -> UnsafeMutablePointer<Float> {
        if scratchBuffer.count < count { scratchBuffer = FloatBuffer(count: count * 5 / 4) }
        return scratchBuffer.pointer
    }

    /// A buffer of at least `count` floats with undefined contents, recycled where one of fitting size is free.
    ///
    /// At most half of a recycled buffer is left unused, which bounds what is held to twice what was ever live.
    func take(_ count: Int) -> FloatBuffer {
        let place = position(of: count)
        if place < free.count, free[place].count <= 2 * count + 1_024 { return free.remove(at: place) }
        return FloatBuffer(count: (count + 255) / 256 * 256)
    }

    func recycle(_ buffer: FloatBuffer) { free.insert(buffer, at: position(of: buffer.count)) }

    /// Index of the first free buffer of at least `count` floats.
    private func position(of count: Int) -> Int {
        var low = 0
        var high = free.count
        while low < high {
            let middle = (low + high) / 2
            if free[middle].count < count { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// oneDNN fails only on a programmer's error here: shapes and memory are ours.
func check(_ status: dnnl_status_t) {
    precondition(status == dnnl_success, "oneDNN status \(status.rawValue)")
}
