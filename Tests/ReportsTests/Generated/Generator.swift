import Findings

/// Values of every shape from a seed: hostile names, extreme numbers, lists that may be empty.
struct Generator {
    private var state: UInt64
    private let isHarmless: Bool
    /// A plain word for each hostile text, so that equal ones stay equal.
    private var words: [String: String] = ["": ""]

    /// - Parameter isHarmless: the same result with a plain word for every text.
    init(seed: UInt64, isHarmless: Bool = false) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        self.isHarmless = isHarmless
    }

    /// As many results as wanted, the same every time.
    static func results(_ count: Int, areHarmless: Bool = false) -> [AuditResult] {
        (0..<count).map { number in
            var generator = Generator(seed: UInt64(number), isHarmless: areHarmless)
            return generator.result()
        }
    }

    /// 0 to `bound` − 1.
    mutating func index(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    mutating func flag(_ oneIn: Int = 2) -> Bool { index(oneIn) == 0 }

    mutating func pick<T>(_ values: [T]) -> T { values[index(values.count)] }

    mutating func any<T: CaseIterable>(_ type: T.Type) -> T { pick(Array(T.allCases)) }

    mutating func optional<T>(_ make: (inout Self) -> T) -> T? { flag(3) ? nil : make(&self) }

    mutating func list<T>(_ bound: Int, _ make: (inout Self) -> T) -> [T] {
        (0..<index(bound)).map { _ in make(&self) }
    }

    /// Mostly short and hostile, sometimes long.
    mutating func text() -> String {
        let text =
            flag(40)
            ? String(repeating: pick(HostileText.pieces), count: 400)
            : (0..<index(4)).map { _ in pick(HostileText.pieces) }.joined()
        guard isHarmless else { return text }
        let word = words[text] ?? "word\(words.count)"
        words[text] = word
        return word
    }

    mutating func number() -> Double {
        let extremes: [Double] = [
            0, -0.0, 1, -1, 0.25, 1e-12, -1e-12, 1e15, 1e22, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
            .leastNonzeroMagnitude, .nan, .infinity, -.infinity,
        ]
        return flag(8) ? pick(extremes) : Double(index(2_000_001) - 1_000_000) / 1_000_000
    }

    mutating func count() -> Int { flag(20) ? pick([0, .max, .min, -1, 1_000_000]) : index(500) }

    mutating func interval() -> Interval { Interval(lower: number(), upper: number()) }

    mutating func rate() -> Rate { Rate(value: number(), n: count(), interval: interval()) }

    mutating func difference() -> Difference { Difference(value: number(), interval: interval()) }

    mutating func digest() -> String {
        String((0..<64).map { _ in pick(Array("0123456789abcdef")) })
    }

    mutating func file(_ name: String? = nil) -> FileDigest {
        FileDigest(name: name ?? text(), size: count(), sha256: flag(10) ? text() : digest())
    }
}
