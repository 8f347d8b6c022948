import Synchronization
import Tensors

@testable import Kernels

/// The highest speed at which this machine computes one matrix product, every thread a copy of its own at once.
///
/// The best of the forms that the engine could compute it in: the weight as it is stored, packed, or by GEMM.
struct ProductPeak {
    private let shape: ProductShape
    private let precision: Precision

    /// Seconds for which each form is repeated.
    private static let duration = 0.08

    init(_ shape: ProductShape, precision: Precision) throws(BenchmarkError) {
        guard precision.isAvailable else {
            throw BenchmarkError("this processor has no \(precision.rawValue) products")
        }
        self.shape = shape
        self.precision = precision
    }

    /// 10⁹ multiplications and additions a second, all threads together.
    func measure(_ workers: Workers) -> Double {
        let forms = primitives.map { form in { (context: ComputeContext) in multiply(form, context) } }
        let all = precision == .f32 && shape.kind != .forward ? forms + [multiplyByGEMM] : forms
        return all.map { form in
            let total = Mutex(0.0)
            workers.forEach(workers.count) { _, context in
                let rate = form(context)
                total.withLock { $0 += rate }
            }
            return total.withLock { $0 }
        }.max() ?? 0
    }

    /// The product as oneDNN primitives: m, n and k by its kind.
    private var primitives: [MatrixProduct.Shape] {
        let (rows, inputs, outputs) = (shape.rows, shape.inputs, shape.outputs)
        switch shape.kind {
        case .forward:
            return [
                .init(m: rows, n: outputs, k: inputs, precision: precision, transposedB: true, hasBias: true),
                .init(m: rows, n: outputs, k: inputs, precision: precision, hasBias: true, isPacked: true),
            ]
        case .inputGradient: return [.init(m: rows, n: inputs, k: outputs, precision: precision)]
        case .weightGradient:
            return [.init(m: outputs, n: inputs, k: rows, precision: precision, transposedA: true)]
        }
    }

    private func multiply(_ form: MatrixProduct.Shape, _ context: ComputeContext) -> Double {
        let factors = Factors(form)
        var result = 0.0
        context.withFactor(factors.a.pointer, factors.a.count, precision) { a in
            if form.isPacked {
                let layout = context.packedLayout(n: form.n, k: form.k, precision: precision)
                let packed = FloatBuffer(count: layout.floats)
                layout.pack(factors.b.pointer, transposed: true, into: packed.pointer, context)
                result = repeated { context.multiply(form, a: a, b: packed.pointer, bias: factors.bias, c: factors.c) }
            } else {
                context.withFactor(factors.b.pointer, factors.b.count, precision) { b in
                    result = repeated { context.multiply(form, a: a, b: b, bias: factors.bias, c: factors.c) }
                }
            }
        }
        return result
    }

    private func multiplyByGEMM(_ context: ComputeContext) -> Double {
        let form = primitives[0]
        let factors = Factors(form)
        return repeated {
            sgemm(
                transposeA: form.transposedA, transposeB: form.transposedB, m: form.m, n: form.n, k: form.k,
                a: factors.a.pointer, b: factors.b.pointer, beta: 0, c: factors.c)
        }
    }

    /// The speed of a product that is repeated for a while, in 10⁹ operations a second.
    private func repeated(_ product: () -> Void) -> Double {
        for _ in 0..<3 { product() }
        let watch = Stopwatch()
        var count = 0
        while watch.seconds < Self.duration {
            product()
            count += 1
        }
        return Double(count) * shape.operations / watch.seconds / 1e9
    }
}

/// One thread's matrices of a product, filled with numbers around zero.
private struct Factors {
    let a: FloatBuffer
    let b: FloatBuffer
    private let biasBuffer: FloatBuffer?
    private let output: FloatBuffer

    var bias: UnsafePointer<Float>? { biasBuffer.map { UnsafePointer($0.pointer) } }
    var c: UnsafeMutablePointer<Float> { output.pointer }

    init(_ form: MatrixProduct.Shape) {
        a = Self.filled(form.m * form.k)
        b = Self.filled(form.n * form.k)
        biasBuffer = form.hasBias ? Self.filled(form.n) : nil
        output = FloatBuffer(count: form.m * form.n)
    }

    private static func filled(_ count: Int) -> FloatBuffer {
        let buffer = FloatBuffer(count: count)
        for index in 0..<count { buffer.pointer[index] = Float(index &* 2_654_435_761 & 0xffff) / 65_536 - 0.5 }
        return buffer
    }
}
