import ArgumentParser

/// What can be asked for with `--jobs`.
enum JobKind: String, CaseIterable, Codable {
    case evaluation, training, audit, delta, start, efficiency, limits, scaling, decoder
}

/// How long and how often each job is measured.
struct BenchmarkSettings {
    let threads: Int
    let repeats: Int
    let auditRepeats: Int
    /// Texts of one evaluation or of one pass of training.
    let texts: Int
    let isQuick: Bool
    /// Texts of a training step or of one of the peer's batches.
    let batch = 32
    /// Tokens of a text, at most.
    let maxLength = 128

    /// Arguments of an audit, ours and the peer's alike.
    var auditArguments: [String] {
        isQuick
            ? ["--test", "64", "--clean", "64", "--rho", "0.5", "--epochs", "1"]
            : ["--test", "1000", "--clean", "600", "--rho", "0.1,0.3,0.5,0.7,0.9", "--epochs", "5"]
    }

    var startRepeats: Int { isQuick ? 5 : 30 }
    /// Runs of each point of a chart.
    var seriesRepeats: Int { min(repeats, 3) }
    var batchTokens: [Int] { isQuick ? [256, 1_024] : [64, 128, 256, 512, 1_024, 2_048, 4_096] }
    var sequenceLengths: [Int] { isQuick ? [16, 128] : [8, 16, 32, 64, 128, 256, 512] }
    /// Tokens of one point over sequence lengths.
    var sequenceTokens: Int { isQuick ? 2_048 : 16_384 }

    /// Models of rising size, from 2 to 12 layers.
    var scalingSizes: [ModelSize] {
        let all = [(2, 128), (4, 256), (6, 384), (8, 512), (12, 768)].map { ModelSize(layers: $0.0, hidden: $0.1) }
        return isQuick ? Array(all.prefix(2)) : all
    }

    /// A model whose weights take 2 GB, or 50 MB for a quick run.
    var largeSize: ModelSize { isQuick ? ModelSize(layers: 2, hidden: 384) : ModelSize(layers: 38, hidden: 1_024) }
}
