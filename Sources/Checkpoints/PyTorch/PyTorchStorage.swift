import Tensors

/// A run of elements that tensors are views of, by its persistent id.
struct PyTorchStorage: Equatable {
    /// Element types by the name of their storage class.
    enum Kind: Equatable {
        case readable(DType)
        /// A type of PyTorch's that Assay does not read, and the bytes of an element.
        case other(String, width: Int)

        init?(_ name: String) {
            switch name {
            case "DoubleStorage": self = .readable(.f64)
            case "FloatStorage": self = .readable(.f32)
            case "HalfStorage": self = .readable(.f16)
            case "BFloat16Storage": self = .readable(.bf16)
            case "LongStorage": self = .readable(.i64)
            case "IntStorage": self = .readable(.i32)
            case "ShortStorage": self = .readable(.i16)
            case "CharStorage": self = .readable(.i8)
            case "ByteStorage": self = .readable(.u8)
            case "BoolStorage": self = .readable(.bool)
            case "ComplexDoubleStorage": self = .other(name, width: 16)
            case "ComplexFloatStorage": self = .other(name, width: 8)
            case "QInt32Storage": self = .other(name, width: 4)
            case "QInt8Storage", "QUInt8Storage", "QUInt4x2Storage", "QUInt2x4Storage": self = .other(name, width: 1)
            default: return nil
            }
        }
    }

    let kind: Kind
    /// Name of the member under `data/`.
    let key: String
    /// Elements.
    let count: Int

    /// Bytes of one element.
    var width: Int {
        switch kind {
        case .readable(let dtype): dtype.byteWidth
        case .other(_, let width): width
        }
    }

    /// The element type, if it is one that is read.
    var dtype: DType? {
        if case .readable(let dtype) = kind { dtype } else { nil }
    }

    /// The element type for people.
    var type: String {
        switch kind {
        case .readable(let dtype): dtype.rawValue
        case .other(let name, _): name
        }
    }
}

/// A tensor as a pickle rebuilds it: a view of a storage.
struct PyTorchView: Equatable {
    /// Index into the machine's storages.
    var storage: Int
    /// Elements before the first one.
    var offset: Int
    var shape: [Int]
    var strides: [Int]
}
