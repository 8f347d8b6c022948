internal import COneDNN

/// C[m,n] = A[m,k] · Wᵀ + bias with W stored [n,k], as one oneDNN primitive of fixed shape.
final class LinearProduct {
    struct Shape: Hashable {
        let m: Int, n: Int, k: Int
    }

    private var handle = assay_linear()
    let scratchFloats: Int

    init(_ shape: Shape, engine: dnnl_engine_t?) {
        check(assay_linear_create(&handle, engine, Int64(shape.m), Int64(shape.n), Int64(shape.k)))
        scratchFloats = handle.scratch_bytes / 4 + 16
    }

    deinit { assay_linear_destroy(&handle) }

    func run(
        _ stream: dnnl_stream_t?, a: UnsafePointer<Float>, weight: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        c: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
    ) {
        check(assay_linear_execute(&handle, stream, a, weight, bias, c, scratch))
    }
}

/// C[m,n] = op(A)·op(B) + beta·C, row-major, single-threaded.
func sgemm(
    transposeA: Bool = false, transposeB: Bool = false, m: Int, n: Int, k: Int, a: UnsafePointer<Float>,
    b: UnsafePointer<Float>, beta: Float, c: UnsafeMutablePointer<Float>
) {
    let transposed = CChar(UInt8(ascii: "T"))
    let plain = CChar(UInt8(ascii: "N"))
    check(
        dnnl_sgemm(
            transposeA ? transposed : plain, transposeB ? transposed : plain, Int64(m), Int64(n), Int64(k), 1, a,
            Int64(transposeA ? m : k), b, Int64(transposeB ? k : n), beta, c, Int64(n)))
}
