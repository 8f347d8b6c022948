import Checkpoints
import StrictJSON
import Tensors

/// How large a number may be for the reference to load it and to compute with it.
struct WeightRange {
    /// Above it, the product of two numbers and its square leave the range of Float.
    static let computable = 1e8

    /// The largest number that the loader's type holds, and its name.
    private let type: (name: String, largest: Double)?
    /// What says so: a file, or how the weights are stored.
    private let source: String
    /// A type that config.json names and that is not known.
    private let unknown: String?
    private let file: String

    /// Largest numbers of the types that a loader may be told to use.
    private static let largest = [
        "float16": 65_504, "half": 65_504, "float8_e4m3fn": 448, "float8_e5m2": 57_344,
        "bfloat16": Double(Float.greatestFiniteMagnitude), "float32": Double(Float.greatestFiniteMagnitude),
        "float": Double(Float.greatestFiniteMagnitude), "float64": Double(Float.greatestFiniteMagnitude),
        "double": Double(Float.greatestFiniteMagnitude),
    ]

    /// Of `dtype` and `torch_dtype` the narrower; without them, of the types that the weights are stored in.
    init(config: JSONObject, file: String, tensors: [TensorDescription]) {
        self.file = file
        let named = ["dtype", "torch_dtype"].compactMap { config[$0] }.filter { !$0.isNull }.map(Self.name)
            .filter { $0 != "auto" }
        let known = named.compactMap { name in Self.largest[name].map { (name: name, largest: $0) } }
        unknown = named.first { Self.largest[$0] == nil }
        if let narrowest = known.min(by: { $0.largest < $1.largest }) {
            (type, source) = (narrowest, file)
        } else {
            // The loader then takes the type of the first tensor, whichever that is.
            (type, source) = (tensors.contains { $0.dtype == .f16 } ? ("float16", 65_504) : nil, "their own type")
        }
    }

    init(_ folder: ModelFolder) {
        self.init(config: folder.config.json, file: folder.config.file, tensors: folder.checkpoint.tensors)
    }

    /// Numbers above it are a concern.
    var limit: Double { min(Self.computable, type?.largest ?? .infinity) }

    /// What is wrong with the type.
    var concerns: [LoadingConcerns.Concern] { unknown.map { [concern(unknown: $0)] } ?? [] }

    /// What is wrong with these tensors.
    func concerns(of tensors: [LargestNumber]) -> [LoadingConcerns.Concern] {
        tensors.filter { Double($0.value) > limit }.map(concern)
    }

    private func concern(_ tensor: LargestNumber) -> LoadingConcerns.Concern {
        let holds = "“\(LoadingConcerns.clipped(tensor.name))” holds a number of \(tensor.value)"
        if let type, Double(tensor.value) > type.largest {
            let why = source == file ? "\(file) has the weights loaded" : "the weights are stored, and so loaded,"
            return LoadingConcerns.Concern(
                subject: tensor.name,
                sentence:
                    "\(holds) and \(why) as \(type.name), which ends at \(Int(type.largest)), so that it becomes infinite: "
                    + "refuse the weights or correct the type.")
        }
        return LoadingConcerns.Concern(
            subject: tensor.name,
            sentence:
                "\(holds), and the reference answers NaN where such a number's square overflows: refuse the weights, for "
                + "no training leaves numbers above \(Int(Self.computable)).")
    }

    private func concern(unknown name: String) -> LoadingConcerns.Concern {
        let shown = LoadingConcerns.clipped(name)
        return LoadingConcerns.Concern(
            subject: name,
            sentence:
                "\(file) has the weights loaded as “\(shown)”, a type that Assay does not know: correct its dtype.")
    }

    private static func name(_ value: JSONValue) -> String {
        let text = value.stringValue ?? String(decoding: value.serialized(), as: UTF8.self)
        return text.hasPrefix("torch.") ? String(text.dropFirst("torch.".count)) : text
    }
}

/// The largest magnitude in a tensor.
struct LargestNumber: Equatable {
    /// Of the tensor, untrusted text.
    var name: String
    var value: Float
}
