import Checkpoints
import StrictJSON

/// The names of a classifier's labels, and in what ways they can be read otherwise.
struct LabelNames {
    /// By id, as `id2label` has them.
    private let names: [String]
    /// `label2id`; nil where there is none.
    private let ids: JSONObject?
    private let file: String

    init(_ config: ModelConfig) {
        names = config.labels
        ids = config.json["label2id"]?.objectValue
        file = config.file
    }

    /// Names that two ids share, that the two maps give different ids, or that have another id in `base`.
    func concerns(base: ModelConfig? = nil) -> [LoadingConcerns.Concern] {
        [shared, disagreeing, exchanged(base)].compactMap(\.self)
    }

    private var shared: LoadingConcerns.Concern? {
        var first: [String: Int] = [:]
        for (id, name) in names.enumerated() {
            guard let other = first.updateValue(id, forKey: Self.folded(name)) else { continue }
            return concern(name, "\(file) gives the ids \(other) and \(id) one name, \(quoted(name))")
        }
        return nil
    }

    private var disagreeing: LoadingConcerns.Concern? {
        guard let ids else { return nil }
        for (id, name) in names.enumerated() {
            guard let value = ids[name], Self.integer(value) != id else { continue }
            let other = LoadingConcerns.clipped(Self.text(value))
            return concern(
                name,
                "In \(file), id2label gives \(quoted(name)) the id \(id) and label2id gives it \(other)")
        }
        return nil
    }

    /// Ids that the base, or a default name such as LABEL_1, gives to a name that has another here.
    private func exchanged(_ base: ModelConfig?) -> LoadingConcerns.Concern? {
        for (id, name) in names.enumerated() {
            let standard = name.hasPrefix("LABEL_") ? Int(name.dropFirst("LABEL_".count)) : nil
            if let standard, standard != id {
                return concern(name, "\(file) gives the default name \(quoted(name)) to the id \(id)")
            }
        }
        let theirs = base?.labels ?? []
        guard theirs.count == names.count, Set(theirs) == Set(names), theirs != names,
            let id = names.indices.first(where: { names[$0] != theirs[$0] })
        else { return nil }
        return concern(
            names[id],
            "\(file) calls the label \(id) \(quoted(names[id])), and the base's calls it \(quoted(theirs[id]))")
    }

    private func concern(_ name: String, _ sentence: String) -> LoadingConcerns.Concern {
        LoadingConcerns.Concern(
            subject: name, sentence: sentence + ": ask the supplier which is meant and correct the file.")
    }

    private func quoted(_ name: String) -> String { "“\(LoadingConcerns.clipped(name))”" }

    /// What a reader sees of a name: neither case nor spaces nor invisible characters tell two names apart.
    private static func folded(_ name: String) -> String {
        let seen = name.lowercased().unicodeScalars.filter {
            !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint
        }
        return String(String.UnicodeScalarView(seen))
    }

    private static func integer(_ value: JSONValue) -> Int? { value.intValue ?? value.stringValue.flatMap { Int($0) } }

    private static func text(_ value: JSONValue) -> String { String(decoding: value.serialized(), as: UTF8.self) }
}
