/// One named tensor inside the buffer that holds all parameters of a model.
public struct Parameter: Sendable, Hashable {
    /// The model's own name, without a checkpoint prefix: "encoder.layer.0.attention.self.query.weight".
    public let name: String
    public let shape: [Int]
    /// First float in the buffer.
    public let offset: Int
    /// How a fresh one is drawn.
    public let initialization: Initialization

    public enum Initialization: Sendable, Hashable {
        /// Normal with the config's standard deviation.
        case normal
        case zeros
        case ones
    }

    /// Number of floats.
    public var count: Int { shape.reduce(1, *) }
    /// Floats in the buffer.
    public var range: Range<Int> { offset..<offset + count }
    /// Rows of a matrix; elements of a vector.
    public var rows: Int { shape.first ?? 1 }
    /// Columns of a matrix; 1 for a vector.
    public var columns: Int { shape.count > 1 ? shape[1] : 1 }
    /// Whether decoupled weight decay applies by convention: not to normalisation weights and biases.
    public var decays: Bool { shape.count > 1 }
}

/// Where each parameter lies in one flat buffer.
///
/// Gradients and moments mirror it, so that mixing, AdamW and norms are flat loops. Parameters declared as a group
/// are contiguous and can be used as one matrix, as query, key and value are.
public struct ParameterLayout: Sendable {
    public private(set) var parameters: [Parameter] = []
    /// Floats in the whole buffer, alignment included.
    public private(set) var count = 0
    private var positions: [String: Int] = [:]

    public init() {}

    /// Adds one parameter, aligned to 64 bytes.
    @discardableResult
    public mutating func add(_ name: String, _ shape: [Int], _ initialization: Parameter.Initialization) -> Parameter {
        align()
        return append(name, shape, initialization)
    }

    /// Adds parameters of one shape end to end and returns them joined along the first dimension.
    public mutating func addGroup(
        _ names: [String], _ shape: [Int], _ initialization: Parameter.Initialization
    ) -> Parameter {
        align()
        let start = count
        for name in names { append(name, shape, initialization) }
        return Parameter(
            name: names.joined(separator: "+"), shape: [names.count * shape[0]] + shape.dropFirst(), offset: start,
            initialization: initialization)
    }

    /// Adds parameters of any numbers of rows end to end and returns them joined along the first dimension.
    ///
    /// - Parameter columns: of each; nil for vectors.
    public mutating func addGroup(
        _ parts: [(name: String, rows: Int)], columns: Int?, _ initialization: Parameter.Initialization
    ) -> Parameter {
        align()
        let start = count
        let rest = columns.map { [$0] } ?? []
        for part in parts { append(part.name, [part.rows] + rest, initialization) }
        return Parameter(
            name: parts.map(\.name).joined(separator: "+"), shape: [parts.reduce(0) { $0 + $1.rows }] + rest,
            offset: start, initialization: initialization)
    }

    /// The parameter of that name.
    public subscript(name: String) -> Parameter? {
        positions[name].map { parameters[$0] }
    }

    @discardableResult
    private mutating func append(
        _ name: String, _ shape: [Int], _ initialization: Parameter.Initialization
    ) -> Parameter {
        let parameter = Parameter(name: name, shape: shape, offset: count, initialization: initialization)
        positions[name] = parameters.count
        parameters.append(parameter)
        count += parameter.count
        return parameter
    }

    private mutating func align() { count = (count + 15) / 16 * 16 }
}

/// The values of all parameters of one model.
public final class Parameters: Sendable {
    public let layout: ParameterLayout
    public let values: FloatBuffer

    /// All zero.
    public init(layout: ParameterLayout) {
        self.layout = layout
        values = FloatBuffer(count: layout.count)
    }

    private init(layout: ParameterLayout, values: FloatBuffer) {
        self.layout = layout
        self.values = values
    }

    /// The same parameters in a buffer of their own.
    public func copy() -> Parameters { Parameters(layout: layout, values: values.copy()) }

    /// The floats of one parameter.
    public func floats(_ parameter: Parameter) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: values.pointer + parameter.offset, count: parameter.count)
    }
}

extension Parameter {
    /// Some rows of a matrix, or elements of a vector, as a parameter of their own.
    public func slice(rows: Range<Int>) -> Parameter {
        Parameter(
            name: name, shape: [rows.count] + shape.dropFirst(), offset: offset + rows.lowerBound * columns,
            initialization: initialization)
    }
}
