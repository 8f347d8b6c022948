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
    private var products: [MatrixProduct.Shape: MatrixProduct] = [:]
    private var layouts: [MatrixProduct.Shape: PackedLayout] = [:]
    private var scratchBuffer = FloatBuffer(count: 1 << 16)
    /// Buffers to be used again, smallest first.
    private var free: [FloatBuffer] = []
    /// Buffers allocated so far.
    private(set) var allocations = 0

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

    /// Multiplies; see ``MatrixProduct``. A product is made on the first use of its shape.
    func multiply(
        _ shape: MatrixProduct.Shape, a: UnsafeRawPointer, b: UnsafeRawPointer, bias: UnsafePointer<Float>? = nil,
        c: UnsafeMutablePointer<Float>
    ) {
        let product = product(shape)
        product.run(stream, a: a, b: b, bias: bias, c: c, scratch: scratch(product.scratchFloats))
    }

    private func product(_ shape: MatrixProduct.Shape) -> MatrixProduct {
        if let product = products[shape] { return product }
        if products.count >= 4_096 { products.removeAll() }
        let packed = shape.isPacked ? packedLayout(n: shape.n, k: shape.k, precision: shape.precision) : nil
        let product = MatrixProduct(shape, packed: packed, engine: engine)
        products[shape] = product
        return product
    }

    /// The layout in which weights [n, k] are multiplied fastest.
    func packedLayout(n: Int, k: Int, precision: Precision) -> PackedLayout {
        let key = MatrixProduct.Shape(m: 0, n: n, k: k, precision: precision, isPacked: true)
        if let layout = layouts[key] { return layout }
        let layout = PackedLayout(n: n, k: k, precision: precision, engine: engine)
        layouts[key] = layout
        return layout
    }

    /// Calls `body` with the values as a product's factor: themselves, or rounded to bf16.
    func withFactor(
        _ values: UnsafePointer<Float>, _ count: Int, _ precision: Precision, _ body: (UnsafeRawPointer) -> Void
    ) {
        guard precision == .bf16 else { return body(values) }
        let buffer = take((count + 1) / 2)
        let halves = UnsafeMutableRawPointer(buffer.pointer).assumingMemoryBound(to: UInt16.self)
        loops.pointee.round_to_bf16(values, halves, count)
        body(halves)
        recycle(buffer)
    }

    /// At least `count` floats, valid until the next call.
    func scratch(_ count: Int) -> UnsafeMutablePointer<Float> {
        if scratchBuffer.count < count { scratchBuffer = FloatBuffer(count: count * 5 / 4) }
        return scratchBuffer.pointer
    }

    /// A buffer of at least `count` floats with undefined contents: the smallest free one that is long enough.
    ///
    /// Where all are too short, the longest of them makes room for a new one, so that what is held does not grow with
    /// the number of sizes; once the largest batch has passed, nothing is allocated any more.
    func take(_ count: Int) -> FloatBuffer {
        let place = position(of: count)
        if place < free.count { return free.remove(at: place) }
        _ = free.popLast()
        allocations += 1
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
