import Tensors

/// What `torch.save` wrote of a state dict: a zip file of one pickle and the bytes of each storage.
struct PyTorchArchive {
    /// A named view of a storage.
    struct Tensor {
        let name: String
        let shape: [Int]
        let storage: PyTorchStorage
        let strides: [Int]
        /// Bytes of the file from the first element to the storage's end.
        let bytes: Range<Int>
        /// Bytes of all elements, at most the storage's.
        let byteCount: Int
    }

    private(set) var tensors: [Tensor] = []
    /// What is unusual about the file.
    private(set) var notes: [String] = []

    private let file: String
    private let members: [[UInt8]: ZipArchive.Member]

    /// Reads and checks everything but the elements themselves.
    init(_ input: InputFile) throws(CheckpointError) {
        file = input.path
        let archive = try ZipArchive(input)
        members = Dictionary(archive.members.map { (Array($0.name.utf8), $0) }, uniquingKeysWith: { first, _ in first })
        let root = archive.members.first.map { $0.name.prefix { $0 != "/" } } ?? ""
        try checkLayout(archive, root: root)
        try checkSums(archive, input)
        guard let pickle = members[Array("\(root)/data.pkl".utf8)] else {
            throw CheckpointError(
                .pickleMissing, file: file, detail: "it holds no data.pkl, so torch.save did not write it")
        }
        guard pickle.data.count <= PickleMachine.maxLength else {
            throw CheckpointError(
                .pickleTooLarge, file: file,
                detail: "its pickle holds \(pickle.data.count) bytes, and at most \(PickleMachine.maxLength) are read")
        }
        if let order = members[Array("\(root)/byteorder".utf8)] {
            guard order.data.count == 6, try input.bytes(in: order.data).elementsEqual("little".utf8) else {
                throw CheckpointError(.byteOrder, file: file, detail: "its numbers are not little-endian")
            }
        }
        let (machine, result) = try PickleMachine.run(try input.bytes(in: pickle.data), file: file)
        try collect(result, machine, root: String(root))
        noteSpare(archive, root: root)
    }

    /// What PyTorch itself writes besides pickle and storages, none of it longer than a number of 40 digits.
    private static let companions = [
        "byteorder", "version", ".format_version", ".storage_alignment", ".data/serialization_id",
    ]
    private static let longestCompanion = 64

    /// Notes members that no tensor is read from: other software may, and they may hold anything.
    private mutating func noteSpare(_ archive: ZipArchive, root: Substring) {
        let used = Set(tensors.map { Array("\(root)/data/\($0.storage.key)".utf8) })
        let companions = Set(Self.companions.map { Array("\(root)/\($0)".utf8) })
        let spare = archive.members.filter { !used.contains(Array($0.name.utf8)) && $0.name != "\(root)/data.pkl" }
        let storages = spare.filter { $0.name.hasPrefix("\(root)/data/") }
        let others = spare.filter {
            let isCompanion = companions.contains(Array($0.name.utf8)) && $0.data.count <= Self.longestCompanion
            return !isCompanion && !$0.name.hasPrefix("\(root)/data/")
        }
        if let first = storages.first {
            notes.append(
                "\(storages.count) storages belong to no tensor, among them \(CheckpointError.quote(first.name))")
        }
        if let first = others.first {
            notes.append(
                "\(others.count) members are neither weights nor what PyTorch writes beside them, among them "
                    + CheckpointError.quote(first.name))
        }
    }

    private func checkLayout(_ archive: ZipArchive, root: Substring) throws(CheckpointError) {
        for member in archive.members {
            guard member.name.hasPrefix("\(root)/") else {
                throw CheckpointError(
                    .zipUnsafeName, file: file,
                    detail: "member \(CheckpointError.quote(member.name)) lies outside of folder "
                        + CheckpointError.quote(String(root)))
            }
            guard !member.name.hasPrefix("\(root)/code/"), member.name != "\(root)/constants.pkl" else {
                throw CheckpointError(.torchScript, file: file, detail: "it is TorchScript, which holds a program")
            }
        }
    }

    private mutating func checkSums(_ archive: ZipArchive, _ input: InputFile) throws(CheckpointError) {
        var unchecked = 0
        var block = [UInt8](repeating: 0, count: 1 << 17)
        for member in archive.members {
            guard member.checksum != 0 || member.data.isEmpty else {
                unchecked += 1
                continue
            }
            var sum = CRC32()
            for start in stride(from: member.data.lowerBound, to: member.data.upperBound, by: block.count) {
                try block.withUnsafeMutableBufferPointer { buffer throws(CheckpointError) in
                    let part = UnsafeMutableRawBufferPointer(
                        UnsafeMutableBufferPointer(rebasing: buffer.prefix(member.data.upperBound - start)))
                    try input.read(into: part, at: start)
                    sum.add(UnsafeRawBufferPointer(part))
                }
            }
            guard sum.value == member.checksum else {
                throw CheckpointError(
                    .zipChecksum, file: file,
                    detail: "member \(CheckpointError.quote(member.name)) does not have its recorded checksum")
            }
        }
        if unchecked > 0 { notes.append("\(unchecked) of its \(archive.members.count) members have no checksum") }
    }

    /// Files the tensors of the dictionary that the pickle describes.
    private mutating func collect(
        _ result: PickleValue, _ machine: PickleMachine, root: String
    ) throws(CheckpointError) {
        let index: Int
        switch result {
        case .dict(let dictionary), .orderedDict(let dictionary): index = dictionary
        default: throw notStateDict("what it holds is no dictionary")
        }
        let entries = machine.dictionaries[index].members
        guard entries.count <= SafetensorsHeader.maxTensors else {
            throw CheckpointError(
                .tooManyTensors, file: file,
                detail: "it names \(entries.count) tensors, and at most \(SafetensorsHeader.maxTensors) are accepted")
        }
        var names = Set<String>()
        var viewed = 0
        for entry in entries {
            let name = CheckpointError.quote(entry.key)
            guard case .tensor(let view) = entry.value else { throw notStateDict("its entry \(name) is no tensor") }
            guard names.insert(entry.key).inserted else {
                throw CheckpointError(
                    .ambiguousName, file: file, detail: "tensor \(name) looks the same as another one")
            }
            let tensor = try tensor(entry.key, machine.views[view], machine.storages, root: root)
            viewed += tensor.byteCount
            tensors.append(tensor)
        }
        // Tensors may share a storage, as tied weights do, but not so that a small file stands for endless work.
        let stored = machine.storages.reduce(0) { sum, storage in
            sum + (members[Array("\(root)/data/\(storage.key)".utf8)]?.data.count ?? 0)
        }
        guard viewed / 16 <= stored else {
            throw CheckpointError(
                .storageSharedTooOften, file: file, detail: "its tensors are views of more than 16 times its content")
        }
    }

    private func notStateDict(_ detail: String) -> CheckpointError {
        CheckpointError(.notStateDict, file: file, detail: detail)
    }
}

extension PyTorchArchive {
    /// Checks a view against its storage, and the storage against its member.
    private func tensor(
        _ key: String, _ view: PyTorchView, _ storages: [PyTorchStorage], root: String
    ) throws(CheckpointError) -> Tensor {
        let name = CheckpointError.quote(key)
        let storage = storages[view.storage]
        guard let member = members[Array("\(root)/data/\(storage.key)".utf8)] else {
            throw CheckpointError(
                .storageMissing, file: file,
                detail: "the storage \(CheckpointError.quote(storage.key)) of tensor \(name) is not in it")
        }
        let size = storage.count.multipliedReportingOverflow(by: storage.width)
        guard !size.overflow, size.partialValue == member.data.count else {
            throw CheckpointError(
                .storageSize, file: file,
                detail: "the storage of tensor \(name) should have \(storage.count) elements, and its member holds "
                    + "\(member.data.count) bytes")
        }
        guard let elements = TensorDescription.elementCount(view.shape),
            let span = StridedTensor.span(view.shape, strides: view.strides),
            case let end = view.offset.addingReportingOverflow(span), !end.overflow, end.partialValue <= storage.count
        else {
            throw CheckpointError(
                .outsideStorage, file: file, detail: "tensor \(name) reaches beyond its storage")
        }
        guard elements <= storage.count else {
            throw CheckpointError(
                .tensorExpanded, file: file,
                detail: "tensor \(name) has \(elements) elements, and its storage has only \(storage.count)")
        }
        return Tensor(
            name: key, shape: view.shape, storage: storage, strides: view.strides,
            bytes: member.data.lowerBound + view.offset * storage.width..<member.data.upperBound,
            byteCount: elements * storage.width)
    }
}

extension PyTorchArchive.Tensor {
    /// Where the elements come from.
    func source(_ dtype: DType, mapping: GuardedMapping) throws(CheckpointError) -> any TensorSource {
        if let tensor = TensorDescription(name: name, dtype: dtype, shape: shape) {
            if StridedTensor.isContiguous(shape, strides: strides) {
                return StoredTensor(tensor: tensor, start: bytes.lowerBound, mapping: mapping)
            }
            if let view = StridedTensor(tensor: tensor, strides: strides, storage: bytes, mapping: mapping) {
                return view
            }
        }
        throw CheckpointError(
            .outsideStorage, file: mapping.file.path,
            detail: "tensor \(CheckpointError.quote(name)) reaches beyond its storage")
    }
}
