import CKernels
import Tensors
import Testing

@testable import Kernels

/// Sizes of one head.
struct HeadSize: Sendable, CustomTestStringConvertible {
    let queries: Int
    let keys: Int
    let width: Int

    var testDescription: String { "\(queries)×\(keys)×\(width)" }

    static let all = [
        (1, 1, 1), (1, 17, 16), (3, 3, 3), (4, 15, 65), (5, 5, 12), (7, 48, 63), (15, 16, 15), (16, 16, 16),
        (1, 64, 64),
        (17, 17, 48), (33, 65, 32), (63, 63, 17), (65, 64, 80),
    ].map { HeadSize(queries: $0.0, keys: $0.1, width: $0.2) }
}

/// One head whose rows lie apart in wider matrices, as they do in a joint query-key-value product.
struct Head {
    static let random = CounterRandom(seed: 9, stream: "attention")
    static let firstBlock: UInt64 = 48

    let size: HeadSize
    let shape: assay_attention_shape
    let q: [Float]
    let k: [Float]
    let v: [Float]
    let reference: ReferenceAttention

    init(_ size: HeadSize, dropout: Bool, magnitude: Double = 1) {
        self.size = size
        let padded = assay_attention_padded(size.keys)
        shape = assay_attention_shape(
            queries: size.queries, keys: size.keys, width: size.width, q_stride: size.width + 5,
            k_stride: 2 * size.width + 1, v_stride: size.width, start: 0, before: size.keys, after: size.keys,
            scale: 1 / Float(size.width).squareRoot(),
            dropout_threshold: dropout ? 1 << 30 : 0, dropout_scale: dropout ? 4.0 / 3 : 1,
            dropout_key: Self.random.key, dropout_block: Self.firstBlock)
        q = noise(size.queries * shape.q_stride, "q", scale: magnitude)
        k = noise(size.keys * shape.k_stride, "k", scale: magnitude)
        v = noise(size.keys * shape.v_stride, "v")
        let mask = ReferenceDropout(
            random: Self.random, firstBlock: Self.firstBlock, threshold: 1 << 30, scale: Double(Float(4.0 / 3)))
        reference = ReferenceAttention(
            q: Self.rows(q, shape.q_stride, size.width), k: Self.rows(k, shape.k_stride, size.width),
            v: Self.rows(v, shape.v_stride, size.width), scale: Double(shape.scale),
            factor: { dropout ? mask.factor($0 * padded + $1) : 1 })
    }

    var scratch: Int { assay_attention_scratch(size.queries, size.keys, size.width) }

    /// The first columns of each row.
    static func rows(_ x: [Float], _ stride: Int, _ width: Int) -> [[Double]] {
        Swift.stride(from: 0, to: x.count, by: stride).map { x[$0..<$0 + width].map(Double.init) }
    }

    func forward(_ level: InstructionLevel) -> (probabilities: [Float], out: [Float]) {
        let padded = assay_attention_padded(size.keys)
        var probabilities: [Float] = []
        let out = written(size.queries * (size.width + 3)) { out in
            probabilities = written(size.queries * padded) { probabilities in
                _ = written(scratch) { scratch in
                    level.loops.pointee.attention_forward(
                        shape, q, k, v, nil, probabilities, out, size.width + 3, scratch)
                }
            }
        }
        return (probabilities, out)
    }

    /// Gradients, each added to what `initial` gives for it.
    func backward(
        _ level: InstructionLevel, probabilities: [Float], dout: [Float], initial: (Int) -> [Float]
    ) -> (dq: [Float], dk: [Float], dv: [Float]) {
        var (dk, dv): ([Float], [Float]) = ([], [])
        let dq = written(q.count, initial: initial(q.count)) { dq in
            dk = written(k.count, initial: initial(k.count)) { dk in
                dv = written(v.count, initial: initial(v.count)) { dv in
                    _ = written(scratch) { scratch in
                        level.loops.pointee.attention_backward(
                            shape, q, k, v, probabilities, dout, size.width, dq, dk, dv, nil, scratch)
                    }
                }
            }
        }
        return (dq, dk, dv)
    }
}

@Suite struct AttentionKernelTests {
    @Test(arguments: HeadSize.all, InstructionLevel.available)
    func `forward is that of the definition`(size: HeadSize, level: InstructionLevel) {
        for dropout in [false, true] {
            let head = Head(size, dropout: dropout)
            let (probabilities, out) = head.forward(level)
            let padded = assay_attention_padded(size.keys)
            // Scores of unit size are off by a few roundings, and so is each weight, relative.
            #expect(
                worst(
                    Head.rows(probabilities, padded, size.keys).flatMap { $0.map(Float.init) },
                    head.reference.probabilities.flatMap(\.self)
                ) { 12 * rounding * $0 } <= 1)
            #expect(
                worst(
                    Head.rows(out, size.width + 3, size.width).flatMap { $0.map(Float.init) },
                    head.reference.out.flatMap(\.self)
                ) { _ in 4 * rounding } <= 1)
            // What lies beyond the keys weighs nothing; what lies beyond the head's columns is not touched.
            #expect(
                probabilities.enumerated().allSatisfy { $0.offset % padded < size.keys || $0.element == 0 })
            #expect(out.enumerated().allSatisfy { $0.offset % (size.width + 3) < size.width || $0.element.isNaN })
        }
    }

    @Test(arguments: HeadSize.all, InstructionLevel.available)
    func `backward is that of the definition, added`(size: HeadSize, level: InstructionLevel) {
        for dropout in [false, true] {
            let head = Head(size, dropout: dropout)
            let dout = noise(size.queries * size.width, "dout")
            let got = head.backward(level, probabilities: head.forward(level).probabilities, dout: dout) {
                [Float](repeating: 1, count: $0)
            }
            let expected = head.reference.backward(Head.rows(dout, size.width, size.width))
            for (got, stride, expected) in [
                (got.dq, head.shape.q_stride, expected.dq), (got.dk, head.shape.k_stride, expected.dk),
                (got.dv, head.shape.v_stride, expected.dv),
            ] {
                // Sums of up to 80 products of unit size that differ in sign, added to 1.
                #expect(
                    worst(
                        Head.rows(got, stride, size.width).flatMap { $0.map(Float.init) },
                        expected.flatMap { $0.map { 1 + $0 } }
                    ) { 4 * rounding * max(1, abs($0)) } <= 1)
                #expect(got.enumerated().allSatisfy { $0.offset % stride < size.width || $0.element == 1 })
            }
        }
    }

    @Test(arguments: InstructionLevel.available)
    func `scores far apart neither overflow nor vanish`(level: InstructionLevel) {
        let size = HeadSize(queries: 5, keys: 19, width: 16)
        let (probabilities, out) = Head(size, dropout: false, magnitude: 1_000).forward(level)
        let sums = Head.rows(probabilities, 32, 19).map { $0.reduce(0, +) }
        #expect(sums.allSatisfy { abs($0 - 1) <= 4 * rounding })
        #expect(Head.rows(out, 19, 16).allSatisfy { $0.allSatisfy(\.isFinite) })
    }
}
