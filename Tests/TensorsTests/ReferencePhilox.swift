/// Philox4x32-10 with the whole 128-bit counter, written from the paper's definition.
struct ReferencePhilox {
    let key: [UInt32]

    func block(_ counter: [UInt32]) -> [UInt32] {
        var (c, k) = (counter, key)
        for _ in 0..<10 {
            let left = c[0].multipliedFullWidth(by: 0xD251_1F53)
            let right = c[2].multipliedFullWidth(by: 0xCD9E_8D57)
            c = [right.high ^ c[1] ^ k[0], right.low, left.high ^ c[3] ^ k[1], left.low]
            k = [k[0] &+ 0x9E37_79B9, k[1] &+ 0xBB67_AE85]
        }
        return c
    }
}
