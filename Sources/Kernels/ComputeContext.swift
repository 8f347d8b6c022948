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
    private var free: [Int: [FloatBuffer]] = [:]

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

    /// A buffer of at least `count` floats with undefined contents, recycled where possible.
    ///
    /// Lengths are rounded up to an eighth of their power of two, so that batches of like size share buffers.
    func take(_ count: Int) -> FloatBuffer {
        let size = Self.sizeClass(count)
        if let buffer = free[size]?.popLast() { return buffer }
        return FloatBuffer(count: size)
    }

    func recycle(_ buffer: FloatBuffer) { free[buffer.count, default: []].append(buffer) }

    private static func sizeClass(_ count: Int) -> Int {
        let step = max(64, 1 << max(0, Int.bitWidth - count.leadingZeroBitCount - 4))
        return (count + step - 1) / step * step
    }
}

/// oneDNN fails only on a programmer's error here: shapes and memory are ours.
func check(_ status: dnnl_status_t) {
    precondition(status == dnnl_success, "oneDNN status \(status.rawValue)")
}
