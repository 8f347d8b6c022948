import Testing

@testable import Transformers

/// Buckets of distances, as transformers computes them.
@Suite struct RelativeBucketTests {
    @Test func `DeBERTa's buckets are exact near by and logarithmic beyond`() {
        let small = RelativeBuckets(count: 16, farthest: 80)
        #expect(
            stride(from: -8, to: 80, by: 7).map { small[$0] } == [-8, -1, 6, 10, 11, 12, 13, 13, 14, 14, 15, 15, 15])
        let large = RelativeBuckets(count: 256, farthest: 512)
        let expected = [
            1: 1, 127: 127, 128: 128, 129: 129, 130: 130, 200: 169, 300: 207, 400: 233, 510: 255, 511: 255,
            -129: -129, -300: -207,
        ]
        for (distance, bucket) in expected { #expect(large[distance] == bucket) }
        #expect(RelativeBuckets(count: -1, farthest: 512)[-300] == -300)
    }

    @Test func `MPNet's buckets tell the sides apart and end at 128`() {
        let expected = [
            0: 0, 1: 17, -1: 1, 7: 23, 8: 24, -8: 8, -9: 8, 11: 24, 12: 25, 16: 26, -16: 10, 20: 26, 30: 27, 64: 30,
            -64: 14, 127: 31, 128: 31, 500: 31,
        ]
        for (distance, bucket) in expected { #expect(MPNet.bucket(distance) == Int32(bucket)) }
    }
}
