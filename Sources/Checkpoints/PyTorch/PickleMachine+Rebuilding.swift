/// What PyTorch would call functions for, done to data.
extension PickleMachine {
    /// The storage that a persistent id names.
    mutating func persistent(_ id: PickleValue) throws(CheckpointError) -> PickleValue {
        guard case .tuple(let index) = id, tuples[index].count == 5, case .text("storage") = tuples[index][0],
            case .global(.storage(let kind)) = tuples[index][1], case .text(let key) = tuples[index][2],
            case .text = tuples[index][3], case .int(let count) = tuples[index][4], count >= 0
        else {
            throw error(
                .picklePersistentID, "has a persistent id that is not (\"storage\", type, key, location, count)")
        }
        let storage = PyTorchStorage(kind: kind, key: key, count: count)
        guard let known = storageIndices[Array(key.utf8)] else {
            storageIndices[Array(key.utf8)] = storages.count
            storages.append(storage)
            return .storage(storages.count - 1)
        }
        guard storages[known] == storage else {
            throw error(.storageDisagrees, "describes storage \(CheckpointError.quote(key)) in two ways")
        }
        return .storage(known)
    }

    mutating func reduce() throws(CheckpointError) {
        guard case .tuple(let index) = try pop() else { throw error(.pickleCall, "calls something without arguments") }
        let arguments = tuples[index]
        guard case .global(let callee) = try pop() else {
            throw error(.pickleCall, "calls something that is no function")
        }
        switch callee {
        case .orderedDict where arguments.isEmpty: try push(.orderedDict(try makeDictionary()))
        case .rebuildTensor: try push(try rebuildTensor(arguments))
        case .rebuildParameter: try push(try rebuildParameter(arguments))
        default: throw error(.pickleCall, "calls something with arguments that weights do not need")
        }
    }

    mutating func newObject() throws(CheckpointError) {
        guard case .tuple(let index) = try pop(), tuples[index].isEmpty, case .global(.orderedDict) = try pop() else {
            throw error(.pickleCall, "makes an object other than an empty OrderedDict")
        }
        try push(.orderedDict(try makeDictionary()))
    }

    /// Attributes of a dictionary are ignored; a tensor is set anew, as old files do.
    mutating func build() throws(CheckpointError) {
        let state = try pop()
        let object = try pop()
        switch (object, state) {
        case (.orderedDict, .dict), (.orderedDict, .orderedDict): break
        case (.tensor(let tensor), .tuple(let index)): views[tensor] = try view(tuples[index])
        default: throw error(.pickleBuild, "sets the state of something that is neither an OrderedDict nor a tensor")
        }
        try push(object)
    }

    /// `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks[, metadata])`.
    private mutating func rebuildTensor(_ arguments: [PickleValue]) throws(CheckpointError) -> PickleValue {
        guard (6...7).contains(arguments.count), case .bool = arguments[4], isEmptyDictionary(arguments[5]),
            arguments.count == 6 || arguments[6] == .none || isEmptyDictionary(arguments[6])
        else { throw error(.pickleCall, "rebuilds a tensor from arguments that are not those of one") }
        views.append(try view(Array(arguments.prefix(4))))
        return .tensor(views.count - 1)
    }

    /// `_rebuild_parameter(tensor, requires_grad, hooks)`, which for its elements is the tensor.
    private func rebuildParameter(_ arguments: [PickleValue]) throws(CheckpointError) -> PickleValue {
        guard arguments.count == 3, case .tensor = arguments[0], case .bool = arguments[1],
            isEmptyDictionary(arguments[2])
        else { throw error(.pickleCall, "rebuilds a parameter from something that is no tensor") }
        return arguments[0]
    }

    /// (storage, offset, size, stride).
    private func view(_ values: [PickleValue]) throws(CheckpointError) -> PyTorchView {
        guard values.count == 4, case .storage(let storage) = values[0], case .int(let offset) = values[1], offset >= 0,
            let shape = integers(values[2]), let strides = integers(values[3]), shape.count == strides.count,
            shape.count <= Self.mostDimensions, shape.allSatisfy({ $0 >= 0 }), strides.allSatisfy({ $0 >= 0 })
        else { throw error(.pickleCall, "rebuilds a tensor from arguments that are not those of one") }
        return PyTorchView(storage: storage, offset: offset, shape: shape, strides: strides)
    }

    private func integers(_ value: PickleValue) -> [Int]? {
        guard case .tuple(let index) = value, tuples[index].count <= Self.mostDimensions else { return nil }
        var integers: [Int] = []
        for element in tuples[index] {
            guard case .int(let integer) = element else { return nil }
            integers.append(integer)
        }
        return integers
    }

    private func isEmptyDictionary(_ value: PickleValue) -> Bool {
        switch value {
        case .dict(let index), .orderedDict(let index): dictionaries[index].members.isEmpty
        default: false
        }
    }
}
