/// What a process measured; fields that a job does not have are nil.
struct JobResult: Codable, Sendable {
    /// Wall time of the whole job.
    var seconds: Double?
    /// Of it, tokenization or loading the tokenizer.
    var tokenizerSeconds: Double?
    /// Wall time that the asking process waited, loading included.
    var processSeconds: Double?
    /// Real tokens, without padding.
    var tokens: Int?
    /// Bytes read, copied or hashed.
    var bytes: Int?
    /// Most memory that was resident at once.
    var peakBytes: Int?
    /// Most resident memory that belongs to no file.
    var anonymousBytes: Int?
    /// Time of the job's matrix products alone, at the speed that each reaches alone.
    var productSeconds: Double?
    var products: [ProductSpeed]?
    var versions: [String: String]?
    /// Why there is no result.
    var error: String?
}

/// The speed of one matrix product on all threads together.
struct ProductSpeed: Codable, Sendable {
    var shape: ProductShape
    /// Multiplications and additions a second, in 10⁹.
    var gigaflops: Double
}

extension JobResult {
    /// Real tokens a second.
    var tokenRate: Double? { Self.quotient(tokens, seconds) }

    /// Real tokens a second, tokenization left out.
    var forwardRate: Double? {
        guard let seconds, let tokenizerSeconds else { return nil }
        return Self.quotient(tokens, seconds - tokenizerSeconds)
    }

    /// Real tokens a second that the matrix products alone would allow.
    var productRate: Double? { Self.quotient(tokens, productSeconds) }

    /// 10⁹ bytes a second.
    var bandwidth: Double? { Self.quotient(bytes, seconds).map { $0 / 1e9 } }

    /// Wall time without the tokenizer's.
    var secondsWithoutTokenizer: Double? {
        guard let seconds, let tokenizerSeconds else { return nil }
        return seconds - tokenizerSeconds
    }

    private static func quotient(_ amount: Int?, _ seconds: Double?) -> Double? {
        guard let amount, let seconds, seconds > 0 else { return nil }
        return Double(amount) / seconds
    }
}
