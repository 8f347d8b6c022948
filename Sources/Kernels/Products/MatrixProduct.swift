internal import COneDNN

/// C[m,n] (+)= A[m,k] · B[k,n] (+ bias), as one oneDNN primitive of fixed shape; C is f32.
final class MatrixProduct {
    struct Shape: Hashable {
        let m: Int, n: Int, k: Int
        var precision = Precision.f32
        /// A is stored [k,m].
        var transposedA = false
        /// B is stored [n,k], as checkpoints store weights.
        var transposedB = false
        var hasBias = false
        /// The product is added to C.
        var accumulates = false
        /// B has the layout of ``PackedLayout`` instead.
        var isPacked = false
    }

    private var handle = assay_product()
    var scratchFloats: Int { handle.scratch_bytes / 4 + 16 }

    init(_ shape: Shape, packed: PackedLayout? = nil, engine: dnnl_engine_t?) {
        var cShape = assay_product_shape(shape)
        if let packed {
            withUnsafePointer(to: packed.layout) { layout in
                cShape.packed = layout
                check(assay_product_create(&handle, engine, &cShape))
            }
        } else {
            check(assay_product_create(&handle, engine, &cShape))
        }
    }

    deinit { assay_product_destroy(&handle) }

    /// - Parameters:
    ///   - a: of the shape's precision, like `b`.
    ///   - bias: [n], where the shape has one.
    func run(
        _ stream: dnnl_stream_t?, a: UnsafeRawPointer, b: UnsafeRawPointer, bias: UnsafePointer<Float>? = nil,
        c: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
    ) {
        check(assay_product_execute(&handle, stream, a, b, bias, c, scratch))
    }
}

/// The order of a weight's elements that products of one size read fastest, whatever their number of rows.
struct PackedLayout {
    fileprivate let layout: dnnl_memory_desc_t
    let n: Int
    let k: Int

    /// Rows that the layout is asked for; oneDNN's answer does not depend on it.
    private static let nominalRows = 1_024

    init(n: Int, k: Int, precision: Precision, engine: dnnl_engine_t?) {
        var layout = dnnl_memory_desc_t()
        var shape = assay_product_shape(
            MatrixProduct.Shape(m: Self.nominalRows, n: n, k: k, precision: precision, hasBias: true))
        check(assay_packed_layout(&layout, engine, &shape))
        self.layout = layout
        self.n = n
        self.k = k
    }

    /// Floats that hold a packed weight.
    var floats: Int { withUnsafePointer(to: layout) { dnnl_memory_desc_get_size($0) / 4 + 16 } }

    /// Packs a weight that is stored [n, k], or [k, n] where it is not transposed.
    func pack(
        _ weight: UnsafePointer<Float>, transposed: Bool, into target: UnsafeMutablePointer<Float>,
        _ context: ComputeContext
    ) {
        withUnsafePointer(to: layout) {
            check(
                assay_pack(
                    context.engine, context.stream, $0, Int64(n), Int64(k), transposed ? 1 : 0, weight, target))
        }
    }
}

extension assay_product_shape {
    fileprivate init(_ shape: MatrixProduct.Shape) {
        self.init()
        (m, n, k) = (Int64(shape.m), Int64(shape.n), Int64(shape.k))
        transposed_a = shape.transposedA ? 1 : 0
        transposed_b = shape.transposedB ? 1 : 0
        bf16 = shape.precision == .bf16 ? 1 : 0
        has_bias = shape.hasBias ? 1 : 0
        accumulates = shape.accumulates ? 1 : 0
    }
}

/// C[m,n] = alpha·op(A)·op(B) + beta·C, row-major f32, single-threaded.
///
/// - Parameters:
///   - strideA: floats from one row of A to the next; nil where rows follow one another.
///   - strideC: the same of C.
func sgemm(
    transposeA: Bool = false, transposeB: Bool = false, m: Int, n: Int, k: Int, alpha: Float = 1,
    a: UnsafePointer<Float>, strideA: Int? = nil, b: UnsafePointer<Float>, beta: Float,
    c: UnsafeMutablePointer<Float>, strideC: Int? = nil
) {
    let transposed = CChar(UInt8(ascii: "T"))
    let plain = CChar(UInt8(ascii: "N"))
    check(
        dnnl_sgemm(
            transposeA ? transposed : plain, transposeB ? transposed : plain, Int64(m), Int64(n), Int64(k), alpha, a,
            Int64(strideA ?? (transposeA ? m : k)), b, Int64(transposeB ? k : n), beta, c, Int64(strideC ?? n)))
}
