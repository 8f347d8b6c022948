/// Writes values as Python's `str` and `repr` do.
struct Printer {
    let meter: Meter
    private(set) var scalars: [Unicode.Scalar] = []

    init(meter: Meter) {
        self.meter = meter
    }

    /// Appends `str(value)`.
    mutating func append(_ value: Value) throws(ChatTemplateError) {
        switch value {
        case .undefined: break
        case .string(let text), .markup(let text): try append(text)
        default: try appendShown(value)
        }
    }

    mutating func append(_ text: Text) throws(ChatTemplateError) {
        try meter.chargeText(scalars.count + text.count, adding: text.count)
        scalars += text.scalars
    }

    private mutating func append(_ string: String) throws(ChatTemplateError) {
        try append(Text(string))
    }

    /// Appends `repr(value)`.
    private mutating func appendShown(_ value: Value) throws(ChatTemplateError) {
        try meter.charge()
        switch value {
        case .undefined: try append("Undefined")
        case .null: try append("None")
        case .bool(let value): try append(value ? "True" : "False")
        case .integer(let value): try append(String(value))
        case .float(let value): try append(Self.shown(value))
        case .string(let text): try append(Self.quoted(text))
        case .array(let array): try appendArray(array)
        case .mapping(let mapping): try appendMapping(mapping)
        case .markup, .namespace, .stream, .loop, .macro, .function, .method:
            throw meter.unfit(value, for: "printing")
        }
    }

    private mutating func appendArray(_ array: ArrayValue) throws(ChatTemplateError) {
        switch array.kind {
        case .list: try appendElements(array.elements, "[", "]")
        case .tuple: try appendElements(array.elements, "(", array.elements.count == 1 ? ",)" : ")")
        case .keys: try appendElements(array.elements, "dict_keys([", "])")
        case .values: try appendElements(array.elements, "dict_values([", "])")
        case .items: try appendElements(array.elements, "dict_items([", "])")
        case .range: throw meter.failure(.unsupportedOperation, "printing of a range is not run")
        }
    }

    private mutating func appendElements(
        _ elements: [Value], _ open: String, _ close: String
    ) throws(ChatTemplateError) {
        try append(open)
        for (index, element) in elements.enumerated() {
            if index > 0 { try append(", ") }
            try appendShown(element)
        }
        try append(close)
    }

    private mutating func appendMapping(_ mapping: Mapping) throws(ChatTemplateError) {
        try append("{")
        for (index, (key, value)) in zip(mapping.keys, mapping.values).enumerated() {
            if index > 0 { try append(", ") }
            try appendShown(key)
            try append(": ")
            try appendShown(value)
        }
        try append("}")
    }

    /// `value` as Python writes a float: the shortest digits, with an exponent below 1e-4 and from 1e16.
    static func shown(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
        let magnitude = value.magnitude
        guard magnitude >= 9e15, magnitude < 1e16 else {
            let text = value.description
            return text.hasSuffix(".0") && text.contains("e") ? text : withPlainExponent(text)
        }
        return String(Int(value)) + ".0"
    }

    /// A number from 2^53 to 2^54 is written by Swift without exponent, by Python with one from 1e16.
    private static func withPlainExponent(_ text: String) -> String {
        guard !text.contains("e"), let dot = text.firstIndex(of: "."),
            text.distance(from: text.startIndex, to: dot) > 16,
            let value = Double(text), value.magnitude >= 1e16
        else { return text }
        let sign = value < 0 ? "-" : ""
        var digits = Substring(String(Int(value.magnitude)))
        let exponent = digits.count - 1
        while digits.last == "0" { digits.removeLast() }
        let rest = digits.dropFirst()
        return sign + digits.prefix(1) + (rest.isEmpty ? "" : "." + rest) + "e+\(exponent)"
    }

    /// `text` as Python writes a string in a list: in quotes, what cannot be printed as escapes.
    private static func quoted(_ text: Text) -> Text {
        let quote: Unicode.Scalar = text.scalars.contains("'") && !text.scalars.contains("\"") ? "\"" : "'"
        var result: [Unicode.Scalar] = [quote]
        for scalar in text.scalars {
            switch scalar {
            case quote, "\\": result += ["\\", scalar]
            case "\n": result += ["\\", "n"]
            case "\r": result += ["\\", "r"]
            case "\t": result += ["\\", "t"]
            default: result += scalar.isPrintable ? [scalar] : escape(scalar)
            }
        }
        result.append(quote)
        return Text(scalars: result)
    }

    private static func escape(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        let digits = String(scalar.value, radix: 16)
        let (letter, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        let padding = String(repeating: "0", count: max(0, width - digits.count))
        return Array("\\\(letter)\(padding)\(digits)".unicodeScalars)
    }
}

extension Unicode.Scalar {
    /// Whether Python shows the code point as it is.
    fileprivate var isPrintable: Bool {
        if self == " " { return true }
        return switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            false
        default: true
        }
    }
}

extension Operations {
    /// `str(value)`.
    func text(of value: Value) throws(ChatTemplateError) -> Text {
        if case .string(let text) = value { return text }
        var printer = Printer(meter: meter)
        try printer.append(value)
        return Text(scalars: printer.scalars)
    }
}
