import Glibc
import StrictJSON
import Tokenizers

@testable import Checkpoints

/// What the bytes are given to, by the environment variable `ASSAY_FUZZ_TARGET`.
private enum FuzzTarget: String {
    case safetensors
    case pickle
    case pyTorch = "pytorch"
    case json
    case tokenizer
    case shardIndex = "shard-index"
    case adapter
    case gguf

    static let chosen: FuzzTarget = {
        guard let name = getenv("ASSAY_FUZZ_TARGET").map({ String(cString: $0) }),
            let target = FuzzTarget(rawValue: name)
        else {
            print("ASSAY_FUZZ_TARGET must name a target")
            exit(2)
        }
        return target
    }()

    /// An error is fine, a trap or a hang is not.
    func run(_ bytes: [UInt8]) {
        switch self {
        case .safetensors, .pyTorch: openAndRead(bytes)
        case .pickle: _ = try? PickleMachine.run(bytes, file: "fuzz")
        case .json: json(bytes)
        case .tokenizer: tokenizer(bytes)
        case .shardIndex: _ = try? ShardIndex(parsing: bytes, file: "fuzz")
        case .adapter: adapter(bytes)
        case .gguf: gguf(bytes)
        }
    }

    /// Reads every tensor of a file with this content.
    private func openAndRead(_ bytes: [UInt8]) {
        withFile(bytes) { path in
            guard let checkpoint = try? Checkpoint(path: path) else { return }
            readAll(checkpoint)
        }
    }

    private func gguf(_ bytes: [UInt8]) {
        withFile(bytes) { path in
            guard let model = try? GGUFFile(path: path) else { return }
            readAll(model.checkpoint)
        }
    }

    private func readAll(_ checkpoint: Checkpoint) {
        for tensor in checkpoint.tensors where tensor.elementCount < 1 << 20 { _ = try? checkpoint.floats(tensor.name) }
    }

    private func withFile(_ bytes: [UInt8], _ body: (String) -> Void) {
        let path = "/dev/shm/assay-fuzz-\(getpid())"
        guard let stream = fopen(path, "w") else { return }
        fwrite(bytes, 1, bytes.count, stream)
        fclose(stream)
        defer { unlink(path) }
        body(path)
    }

    /// What is written again is what was read.
    private func json(_ bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes) else { return }
        guard let again = try? JSONValue(parsing: value.serialized()), again == value else { abort() }
    }

    private func tokenizer(_ bytes: [UInt8]) {
        let files = TokenizerFiles(
            folderName: "fuzz", tokenizerJSON: bytes, tokenizerConfig: nil, vocabularyText: nil, specialTokensMap: nil,
            addedTokens: nil, modelType: "bert")
        guard let tokenizer = try? TokenizerLoader.load(files) else { return }
        for text in ["The quick brown fox, isn't it?", "e\u{301} 東京 😀👍🏽 \u{0}\u{AD}x", ""] {
            _ = tokenizer.encode(text, pair: "b", maxLength: 32)
        }
    }

    private func adapter(_ bytes: [UInt8]) {
        guard let config = try? AdapterConfig(parsing: bytes) else { return }
        let module = "bert.encoder.layer.11.attention.self.query"
        _ = (config.targets(module), config.scale(of: module), config.isSaved("classifier"))
    }
}

/// libFuzzer's entry.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    FuzzTarget.chosen.run(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
}
