import Checkpoints
import Findings
import StrictJSON
import Tokenizers
import Transformers

/// What one model, a folder or a GGUF file, tells without a base, without data and without running anything.
struct FolderInspection {
    /// A file, and why Assay did not read it.
    struct Unread: Equatable {
        var file: String
        var reason: String
    }

    var files: [FileDigest] = []
    /// Code files, and entries of JSON files that make others run code.
    var code: [String] = []
    /// Chat templates, in JSON files or files of their own: text for a sandboxed engine, which is only reported.
    var chatTemplates: [String] = []
    /// Files of formats that Assay does not read.
    var foreign: [Unread] = []
    /// Files that should be readable and are not.
    var refused: [Unread] = []
    /// Tensors with NaN or infinity.
    var nonFinite: [String] = []
    /// Why a loader may run something else than was read.
    var concerns = LoadingConcerns()
    /// What is unusual about files of weights that were read.
    var weightNotes: [String] = []
    /// Tensors of types that Assay does not read.
    var unreadTensors = 0
    var tensors = 0
    var parameters = 0
    var oddities: [TokenizerOddity] = []
    var hasTokenizer = false
    /// Files of no kind that Assay knows, which were hashed only.
    var unknown = 0
    var architecture = "unknown"
    var labels: [String] = []
    let listing: FolderListing
    let path: String

    /// - Parameter progress: called with the share that is done and the file at hand.
    init(_ path: String, progress: (Double, String) -> Void) throws {
        self.path = path
        listing = try FolderListing(path)
        let model = openModel()
        let range = model.map { WeightRange($0) }
        if let model, let range {
            concerns.quantization = LoadingConcerns.quantization(model.config)
            concerns.labels = LabelNames(model.config).concerns()
            concerns.range = range.concerns
            inspectWeights(model.checkpoint, of: nil, range)
        }
        let digests = model?.digests ?? []
        for (index, file) in listing.files.enumerated() {
            progress(Double(index) / Double(listing.files.count), file)
            try inspect(file, digest: digests.first { $0.name == file }, range)
        }
        for file in listing.notFiles { inspectLink(file) }
        files.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        if let model { inspectTokenizer(of: model) }
        try model?.verifyUnchanged()
    }

    /// The folder as an audit would open it; what that refuses is noted.
    private mutating func openModel() -> ModelFolder? {
        do {
            let model = try ModelFolder(path: path)
            architecture = model.config.modelType
            if model.isOneFile {
                chatTemplates += model.customCode.filter { $0.hasSuffix(ModelFolder.chatTemplateKey) }
            }
            labels = model.config.labels
            return model
        } catch {
            let isFolder = listing.root == path
            let file = error.file == path ? (isFolder ? "config.json" : listing.files.first ?? path) : error.file
            refused.append(Unread(file: file, reason: error.detail))
            return nil
        }
    }

    /// - Parameter digest: of a file that was read as part of the model; nil for any other.
    private mutating func inspect(_ file: String, digest: InputDigest?, _ range: WeightRange?) throws {
        let input = try ModelPair.inFolder(path) { try InputFile(path: listing.root + "/" + file) }
        let known = try digest ?? ModelPair.inFolder(path) { try input.digest() }
        files.append(FileDigest(name: file, size: known.size, sha256: known.sha256))
        let head = try ModelPair.inFolder(path) { try input.firstBytes(FileKind.headLength) }
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let isTokenizerFile = ModelFolder.tokenizerFiles.contains(name)
        switch FileKind(name: name, head: head, isTokenizerFile: isTokenizerFile) {
        case .safetensors:
            if digest == nil { inspectWeights(file, range) }
        case .code: code.append(file)
        case .foreign(let format):
            if digest == nil || isTokenizerFile { foreign.append(Unread(file: file, reason: format)) }
        case .other: unknown += 1
        case .text:
            if name == "chat_template.jinja" { chatTemplates.append(file) }
            if name.hasSuffix(".json") { inspectJSON(file, input, isOfModel: digest != nil) }
        }
    }

    /// A link, pipe or socket, which is not opened: others who load the folder may do so.
    private mutating func inspectLink(_ file: String) {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        switch FileKind(name: name, head: [], isTokenizerFile: ModelFolder.tokenizerFiles.contains(name)) {
        case .code: code.append(file)
        case .foreign, .safetensors: foreign.append(Unread(file: file, reason: "a link or special file"))
        case .text, .other: break
        }
    }

    private mutating func inspectWeights(_ file: String, _ range: WeightRange?) {
        do throws(CheckpointError) {
            let checkpoint = try Checkpoint(path: listing.root + "/" + file)
            inspectWeights(
                checkpoint, of: file,
                range ?? WeightRange(config: JSONObject(), file: file, tensors: checkpoint.tensors))
        } catch {
            refuse(file, error.detail)
        }
    }

    /// - Parameter file: that the weights are in besides the model's own; nil for the model's.
    private mutating func inspectWeights(_ checkpoint: Checkpoint, of file: String?, _ range: WeightRange) {
        tensors += checkpoint.tensors.count
        unreadTensors += checkpoint.unsupported.count
        parameters += checkpoint.parameterCount
        weightNotes += checkpoint.notes.map { note in file.map { "\($0): \(note)" } ?? note }
        do throws(CheckpointError) {
            let scanned = try checkpoint.scanned().map { tensor, isFinite in
                let name = file.map { "\($0): \(tensor.name)" } ?? tensor.name
                return (LargestNumber(name: name, value: tensor.value), isFinite)
            }
            nonFinite += scanned.filter { !$0.1 }.map(\.0.name)
            concerns.range += range.concerns(of: scanned.map(\.0))
            try checkpoint.verifyUnchanged()
        } catch {
            refuse(file ?? error.file, error.detail)
        }
    }

    /// Entries that make other software run what the model's author wrote.
    private mutating func inspectJSON(_ file: String, _ input: InputFile, isOfModel: Bool) {
        do {
            guard case .object(let object) = try JSONValue(parsing: input.bytes()) else { return }
            if !isOfModel, let map = object["weight_map"]?.objectValue { inspectIndex(file, map) }
            let keys = ModelFolder.executableKeys.filter { object[$0] != nil }
            code += keys.filter { $0 != ModelFolder.chatTemplateKey }.map { "\(file): \($0)" }
            chatTemplates += keys.filter { $0 == ModelFolder.chatTemplateKey }.map { "\(file): \($0)" }
        } catch let error as CheckpointError {
            refuse(file, error.detail)
        } catch {
            refuse(file, "it is not valid JSON (\(error))")
        }
    }

    /// An index that is not the model's, whose shards are looked at where they are files of the folder.
    private mutating func inspectIndex(_ file: String, _ map: JSONObject) {
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().map { "\($0)/" }.joined()
        let present = Set(listing.files.map { Array($0.utf8) })
        let isHere = map.members.allSatisfy { entry in
            entry.value.stringValue.map { present.contains(Array((folder + $0).utf8)) } ?? false
        }
        if !isHere { foreign.append(Unread(file: file, reason: "an index of weights that are not all in this folder")) }
    }

    private mutating func inspectTokenizer(of model: ModelFolder) {
        do {
            oddities = TokenizerOddity.all(in: try model.tokenizer())
            hasTokenizer = true
        } catch let error as CheckpointError {
            refuse(error.file, error.detail)
        } catch {
            refuse("tokenizer", "\(error)")
        }
    }

    private mutating func refuse(_ file: String, _ reason: String) {
        if !refused.contains(where: { $0.file == file }) { refused.append(Unread(file: file, reason: reason)) }
    }
}
