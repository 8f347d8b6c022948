/// A value that a pickle describes. Containers are indices into the machine's tables, so that values nest and refer to
/// each other without recursion.
enum PickleValue: Equatable {
    case none
    case bool(Bool)
    case int(Int)
    case float(Double)
    case text(String)
    case global(PickleGlobal)
    case tuple(Int)
    case list(Int)
    case dict(Int)
    case orderedDict(Int)
    case set
    case storage(Int)
    case tensor(Int)
}

/// The names that a pickle may refer to; none of them is ever called.
enum PickleGlobal: Equatable {
    case orderedDict
    case rebuildTensor
    case rebuildParameter
    case storage(PyTorchStorage.Kind)

    init?(module: String, name: String) {
        switch (module, name) {
        case ("collections", "OrderedDict"): self = .orderedDict
        case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensor
        case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
        case ("torch", _):
            guard let kind = PyTorchStorage.Kind(name) else { return nil }
            self = .storage(kind)
        default: return nil
        }
    }
}
