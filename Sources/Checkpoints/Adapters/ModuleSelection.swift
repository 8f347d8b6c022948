import StrictJSON

/// Which modules an adapter is put on, by PEFT's rules.
struct ModuleSelection: Sendable {
    private enum Rule: Sendable {
        /// Every linear layer but the head.
        case allLinear
        /// Names, or the ends of names from a dot on.
        case names([String])
        case pattern(ModulePattern)

        func contains(_ module: String) -> Bool {
            switch self {
            case .allLinear: true
            case .names(let names): names.contains { module == $0 || module.hasSuffix(".\($0)") }
            case .pattern(let pattern): pattern.matches(module)
            }
        }
    }

    private let rule: Rule
    private let excluded: Rule?
    /// Numbers of the layers that are adapted; nil for all.
    private let layers: [Int]?
    /// What may stand before the layer's number; empty for anything.
    private let layerPatterns: [ModulePattern]

    init(_ json: JSONObject) throws(CheckpointError) {
        guard let target = try Self.rule(json["target_modules"], "target_modules") else {
            throw AdapterConfig.malformed("target_modules")
        }
        rule = target
        excluded = try Self.rule(json["exclude_modules"], "exclude_modules")
        switch json["layers_to_transform"] {
        case nil, .null?: layers = nil
        case .integer(let layer)?: layers = [layer]
        case .array(let numbers)?:
            let known = numbers.compactMap(\.intValue)
            guard known.count == numbers.count else { throw AdapterConfig.malformed("layers_to_transform") }
            layers = known.isEmpty ? nil : known
        default: throw AdapterConfig.malformed("layers_to_transform")
        }
        layerPatterns = try AdapterConfig.texts(json["layers_pattern"], "layers_pattern").map {
            name throws(CheckpointError) in try AdapterConfig.pattern("(.*\\.)?\(name)")
        }
    }

    func contains(_ module: String) -> Bool {
        if let excluded, excluded.contains(module) { return false }
        guard rule.contains(module) else { return false }
        // A whole name is taken as it is, and an expression speaks of layers itself.
        guard let layers, case .names(let names) = rule, !names.contains(module) else { return true }
        return layer(of: module).map { layers.contains($0) } ?? false
    }

    /// The first number between dots, with at least two components in front or with what one of the patterns says.
    private func layer(of module: String) -> Int? {
        let components = module.split(separator: ".", omittingEmptySubsequences: false)
        func first(where fits: (Int) -> Bool) -> Int? {
            components.indices.dropLast().first { index in
                components[index].utf8.allSatisfy { (0x30...0x39).contains($0) } && fits(index)
            }.flatMap { Int(components[$0]) }
        }
        if layerPatterns.isEmpty { return first { $0 >= 2 } }
        return layerPatterns.lazy.compactMap { pattern in
            first { $0 >= 1 && pattern.matches(components[..<$0].joined(separator: ".")) }
        }.first
    }

    private static func rule(_ value: JSONValue?, _ key: String) throws(CheckpointError) -> Rule? {
        if let text = value?.stringValue {
            return text.lowercased() == "all-linear" ? .allLinear : .pattern(try AdapterConfig.pattern(text))
        }
        let names = try AdapterConfig.texts(value, key)
        return names.isEmpty ? nil : .names(names)
    }
}
