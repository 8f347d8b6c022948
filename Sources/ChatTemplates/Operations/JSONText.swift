/// Writes values as `json.dumps` of Python does, which is the filter `tojson` of transformers.
struct JSONText {
    let meter: Meter
    let escapesAll: Bool
    /// White space of one level; `nil` writes one line.
    let indent: Text?
    let separators: (item: Text, key: Text)
    let sortsKeys: Bool
    private(set) var scalars: [Unicode.Scalar] = []

    init(meter: Meter, escapesAll: Bool, indent: Text?, separators: (item: Text, key: Text), sortsKeys: Bool) {
        self.meter = meter
        self.escapesAll = escapesAll
        self.indent = indent
        self.separators = separators
        self.sortsKeys = sortsKeys
    }

    mutating func append(_ value: Value, level: Int = 0) throws(ChatTemplateError) {
        try meter.charge()
        switch value {
        case .string(let text): try append(quoted(text))
        case .array(let array) where array.kind == .list || array.kind == .tuple:
            try appendList(array.elements, level: level)
        case .mapping(let mapping): try appendMapping(mapping, level: level)
        default:
            guard let plain = Self.plain(value) else { throw meter.unfit(value, for: "'tojson'") }
            try append(Text(plain))
        }
    }

    private static func plain(_ value: Value) -> String? {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .float(let value):
            value.isFinite ? Printer.shown(value) : value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity"
        default: nil
        }
    }

    private mutating func append(_ text: Text) throws(ChatTemplateError) {
        try meter.chargeText(scalars.count + text.count, adding: text.count)
        scalars += text.scalars
    }

    private mutating func appendList(_ elements: [Value], level: Int) throws(ChatTemplateError) {
        guard !elements.isEmpty else { return try append("[]") }
        try append("[")
        for (index, element) in elements.enumerated() {
            try startItem(isFirst: index == 0, level: level + 1)
            try append(element, level: level + 1)
        }
        try breakLine(level)
        try append("]")
    }

    private mutating func appendMapping(_ mapping: Mapping, level: Int) throws(ChatTemplateError) {
        guard mapping.count > 0 else { return try append("{}") }
        try append("{")
        var members = Array(zip(mapping.keys, mapping.values))
        if sortsKeys {
            let order = try Operations(meter: meter).sorted(
                members.indices.map(Value.integer), by: mapping.keys, descending: false)
            members = order.compactMap { $0.wholeNumber.map { members[$0] } }
        }
        for (index, (key, value)) in members.enumerated() {
            try startItem(isFirst: index == 0, level: level + 1)
            if case .string(let text) = key {
                try append(quoted(text))
            } else {
                try append(quoted(Text(Self.plain(key) ?? "")))
            }
            try append(separators.key)
            try append(value, level: level + 1)
        }
        try breakLine(level)
        try append("}")
    }

    private mutating func startItem(isFirst: Bool, level: Int) throws(ChatTemplateError) {
        if !isFirst { try append(separators.item) }
        try breakLine(level)
    }

    private mutating func breakLine(_ level: Int) throws(ChatTemplateError) {
        guard let indent else { return }
        try append("\n")
        for _ in 0..<level { try append(indent) }
    }

    private func quoted(_ text: Text) -> Text {
        var result: [Unicode.Scalar] = ["\""]
        for scalar in text.scalars {
            switch scalar {
            case "\"", "\\": result += ["\\", scalar]
            case "\n": result += ["\\", "n"]
            case "\r": result += ["\\", "r"]
            case "\t": result += ["\\", "t"]
            case "\u{8}": result += ["\\", "b"]
            case "\u{C}": result += ["\\", "f"]
            default:
                let isPlain = scalar.value >= 0x20 && (!escapesAll || scalar.value < 0x7F)
                result += isPlain ? [scalar] : Self.escape(scalar)
            }
        }
        result.append("\"")
        return Text(scalars: result)
    }

    private static func escape(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        UTF16.encode(scalar).map { Array($0) }.map { units in
            units.flatMap { unit in
                let digits = String(unit, radix: 16)
                return Array("\\u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)".unicodeScalars)
            }
        } ?? []
    }
}
