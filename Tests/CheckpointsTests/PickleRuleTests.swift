import Testing

@testable import Checkpoints

/// One test a rule on the pickle of a PyTorch checkpoint.
@Suite struct PickleRuleTests {
    typealias Build = PickleBuilder

    private static let four = Build.storage(count: 4)

    private func verdict(_ pickle: [UInt8], storages: [(String, [UInt8])]? = nil) throws -> CheckpointError.Code? {
        let folder = try TemporaryFolder()
        let zip = storages.map { archive(pickle, storages: $0) } ?? archive(pickle)
        let path = try folder.write(zip.bytes(), to: "m")
        do {
            let checkpoint = try Checkpoint(path: path)
            for tensor in checkpoint.tensors { _ = try checkpoint.floats(tensor.name) }
            return nil
        } catch {
            return error.code
        }
    }

    private func verdict(ofValue value: [UInt8]) throws -> CheckpointError.Code? { try verdict(Build.state(value)) }

    @Test func whatTheTestsChangeIsAccepted() throws {
        #expect(try verdict(ofValue: Build.tensor(Self.four, shape: [4], strides: [1])) == nil)
    }

    // MARK: Opcodes and globals

    /// STACK_GLOBAL, INST, OBJ, EXT1, POP, DUP, FRAME, PERSID, BYTEARRAY8, and one that does not exist.
    @Test(arguments: [0x93, 0x69, 0x6F, 0x82, 0x30, 0x32, 0x95, 0x50, 0x96, 0xFF] as [UInt8])
    func opcodesOfTheWeightsOnlyLoaderOnly(opcode: UInt8) throws {
        #expect(try verdict(ofValue: [opcode]) == .pickleOpcode)
    }

    @Test(arguments: [0, 3, 4, 5] as [UInt8]) func protocolTwoOnly(version: UInt8) throws {
        #expect(try verdict([0x80, version, 0x7D, 0x2E]) == .pickleProtocol)
        #expect(try verdict([0x7D, 0x2E]) == .pickleProtocol)
    }

    @Test(arguments: [
        ("os", "system"), ("posix", "system"), ("builtins", "eval"), ("builtins", "getattr"), ("torch", "load"),
        ("torch.storage", "UntypedStorage"), ("torch", "Size"), ("torch._utils", "_rebuild_tensor"),
        ("torch._utils", "_rebuild_tensor_v3"), ("collections", "Counter"), ("torch", "float8_e4m3fn"),
        ("torch", "EvilStorage"), ("", ""), ("torch._tensor", "_rebuild_from_type_v2"),
    ])
    func theListedGlobalsOnly(module: String, name: String) throws {
        #expect(try verdict(ofValue: Build.global(module, name)) == .pickleGlobal)
    }

    @Test func theListedGlobalsAreNotCalledOtherwise() throws {
        let storage = Build.global("torch", "FloatStorage")
        #expect(try verdict(ofValue: storage + [0x29, 0x52]) == .pickleCall)
        #expect(try verdict(ofValue: storage + [0x29, 0x81]) == .pickleCall)
        #expect(try verdict(ofValue: Build.rebuild + [0x29, 0x52]) == .pickleCall)
        #expect(try verdict(ofValue: Build.rebuild + [0x29, 0x81]) == .pickleCall)
        let ordered = Build.global("collections", "OrderedDict")
        #expect(try verdict(ofValue: ordered + [0x5D, 0x85, 0x52]) == .pickleCall)
        #expect(try verdict(ofValue: [0x7D, 0x29, 0x52]) == .pickleCall)
        #expect(try verdict(ofValue: ordered + [0x7D, 0x52]) == .pickleCall)
        let parameter = Build.global("torch._utils", "_rebuild_parameter")
        #expect(
            try verdict(ofValue: parameter + [0x28] + Self.four + [0x88] + Build.emptyOrdered + [0x74, 0x52])
                == .pickleCall)
    }

    @Test func hooksAreEmpty() throws {
        let hooks = [0x7D] + Build.text("k") + Build.text("v") + [0x73]
        let call = Build.rebuild + [0x28] + Self.four + Build.int(0) + Build.ints([4]) + Build.ints([1]) + [0x89]
        #expect(try verdict(ofValue: call + hooks + [0x74, 0x52]) == .pickleCall)
        #expect(try verdict(ofValue: call + Build.emptyOrdered + [0x74, 0x52]) == nil)
    }

    // MARK: Containers

    @Test func setItemOnlyOnDictionaries() throws {
        let target = Build.tensor(Self.four, shape: [4], strides: [1])
        for object in [target, [0x5D], Self.four, [0x29], [0x4E], [0x8F]] {
            #expect(try verdict(ofValue: object + Build.text("k") + Build.text("v") + [0x73]) == .pickleSetItem)
            #expect(
                try verdict(ofValue: object + [0x28] + Build.text("k") + Build.text("v") + [0x75]) == .pickleSetItem)
        }
        #expect(try verdict(ofValue: [0x7D, 0x28] + Build.text("k") + [0x75]) == .pickleSetItem)
        #expect(try verdict(ofValue: [0x7D] + Build.int(1) + Build.text("v") + [0x73]) == .pickleSetItem)
    }

    @Test func keysAndShapesHaveAnEnd() throws {
        let long = Build.text(String(repeating: "k", count: 4_097))
        #expect(try verdict(ofValue: [0x7D] + long + Build.text("v") + [0x73]) == .pickleSetItem)
        let ones = [Int](repeating: 1, count: 65)
        #expect(try verdict(ofValue: Build.tensor(Self.four, shape: ones, strides: ones)) == .pickleCall)
    }

    @Test func appendOnlyToLists() throws {
        for object in [[0x7D], Build.emptyOrdered, Self.four, [0x29], [0x4E], [0x8F]] as [[UInt8]] {
            #expect(try verdict(ofValue: object + Build.int(1) + [0x61]) == .pickleAppend)
            #expect(try verdict(ofValue: object + [0x28] + Build.int(1) + [0x65]) == .pickleAppend)
        }
    }

    @Test func buildOnlyOnOrderedDictionariesAndTensors() throws {
        for object in [[0x7D], [0x5D], Self.four, [0x29], Build.rebuild] as [[UInt8]] {
            #expect(try verdict(ofValue: object + [0x7D, 0x62]) == .pickleBuild)
        }
        #expect(try verdict(ofValue: Build.emptyOrdered + [0x5D, 0x62]) == .pickleBuild)
        #expect(try verdict(ofValue: Build.tensor(Self.four, shape: [4], strides: [1]) + [0x7D, 0x62]) == .pickleBuild)
    }

    /// PyTorch sets a tensor anew when one is built, and so must who judges it.
    @Test func buildOfATensorIsWhatIsRead() throws {
        let state = [0x28] + Self.four + Build.int(2) + Build.ints([2]) + Build.ints([1]) + [0x74]
        let pickle = Build.state(Build.tensor(Self.four, shape: [4], strides: [1]) + state + [0x62])
        let folder = try TemporaryFolder()
        #expect(try Checkpoint(path: try folder.write(archive(pickle).bytes(), to: "m")).floats("w") == [3, 4])
        let beyond = [0x28] + Self.four + Build.int(3) + Build.ints([2]) + Build.ints([1]) + [0x74]
        #expect(
            try verdict(ofValue: Build.tensor(Self.four, shape: [4], strides: [1]) + beyond + [0x62]) == .outsideStorage
        )
    }

    @Test func noKeyIsSetTwice() throws {
        let tensor = Build.tensor(Self.four, shape: [4], strides: [1])
        let pickle =
            Build().bytes + [0x7D] + Build.text("w") + tensor + [0x73] + Build.text("w") + tensor + [0x73, 0x2E]
        #expect(try verdict(pickle) == .pickleDuplicateKey)
    }

    // MARK: Persistent ids

    @Test func persistentIDsHaveTheirForm() throws {
        let type = Build.global("torch", "FloatStorage")
        let (key, place, count) = (Build.text("0"), Build.text("cpu"), Build.int(4))
        for id in [
            [0x28] + Build.text("module") + type + key + place + count + [0x74],
            [0x28] + Build.text("storage") + Build.text("FloatStorage") + key + place + count + [0x74],
            [0x28] + Build.text("storage") + type + Build.int(0) + place + count + [0x74],
            [0x28] + Build.text("storage") + type + key + Build.int(0) + count + [0x74],
            [0x28] + Build.text("storage") + type + key + place + Build.text("4") + [0x74],
            [0x28] + Build.text("storage") + type + key + place + Build.int(-1) + [0x74],
            [0x28] + Build.text("storage") + type + key + place + [0x74],
            [0x28] + Build.text("storage") + type + key + place + count + Build.int(0) + [0x74],
            Build.text("storage"), Build.int(0),
        ] as [[UInt8]] {
            #expect(try verdict(ofValue: id + [0x51]) == .picklePersistentID)
        }
    }

    @Test func oneStorageIsDescribedInOneWay() throws {
        let pickle = Build.state(Self.four + Build.storage("IntStorage", count: 4) + [0x86])
        #expect(try verdict(pickle) == .storageDisagrees)
    }

    // MARK: Tensors in their storages

    @Test(arguments: [
        (0, [5], [1]), (1, [4], [1]), (0, [2, 2], [3, 1]), (5, [], []), (5, [0], [1]), (0, [2], [4]),
        (0, [2], [Int.max]), (Int.max, [2], [1]), (0, [Int.max, 2], [1, 1]), (0, [3, 3, 3], [1, 1, 1]),
        (0, [1 << 32, 1 << 32], [0, 0]),
    ])
    func tensorsStayInsideTheirStorage(offset: Int, shape: [Int], strides: [Int]) throws {
        #expect(
            try verdict(ofValue: Build.tensor(Self.four, offset: offset, shape: shape, strides: strides))
                == .outsideStorage)
    }

    @Test(arguments: [
        (0, [4], [1]), (3, [1], [Int.max]), (3, [], []), (4, [0], [1]), (0, [2, 2], [1, 2]), (0, [2, 2], [1, 1]),
        (0, [0, 9], [Int.max, 1]), (1, [1, 2, 1], [7, 2, 9]),
    ])
    func tensorsInsideTheirStorageAreRead(offset: Int, shape: [Int], strides: [Int]) throws {
        #expect(try verdict(ofValue: Build.tensor(Self.four, offset: offset, shape: shape, strides: strides)) == nil)
    }

    @Test func noTensorHasMoreElementsThanItsStorage() throws {
        #expect(try verdict(ofValue: Build.tensor(Self.four, shape: [1 << 40], strides: [0])) == .tensorExpanded)
    }

    @Test(arguments: [([-1], [1]), ([1], [-1]), ([1, 2], [1])]) func sizesAndStridesAreProper(
        shape: [Int], strides: [Int]
    ) throws {
        #expect(try verdict(ofValue: Build.tensor(Self.four, shape: shape, strides: strides)) == .pickleCall)
    }

    @Test func storagesAreNotSharedWithoutEnd() throws {
        let entries = (0..<60).flatMap { index -> [UInt8] in
            Build.text("w\(index)") + Build.tensor(Build.storage(count: 400), shape: [400], strides: [1]) + [0x73]
        }
        let storage = [UInt8](repeating: 0, count: 1600)
        #expect(
            try verdict(Build().bytes + [0x7D] + entries + [0x2E], storages: [("0", storage)]) == .storageSharedTooOften
        )
    }

    @Test(arguments: [12, 15, 17, 20]) func aStorageHasItsMembersSize(bytes: Int) throws {
        let pickle = Build.state(Build.tensor(Self.four, shape: [1], strides: [1]))
        #expect(try verdict(pickle, storages: [("0", [UInt8](repeating: 0, count: bytes))]) == .storageSize)
    }

    @Test(arguments: ["1", "../0", "0/", ""]) func aStorageIsInTheArchive(key: String) throws {
        let storage = Build.storage(key: key, count: 4)
        #expect(try verdict(ofValue: Build.tensor(storage, shape: [4], strides: [1])) == .storageMissing)
    }

    // MARK: The whole

    @Test func whatIsPickledIsADictionaryOfTensors() throws {
        #expect(try verdict(ofValue: Build.text("no tensor")) == .notStateDict)
        #expect(try verdict(ofValue: [0x7D]) == .notStateDict)
        #expect(try verdict(Build().bytes + [0x5D, 0x2E]) == .notStateDict)
        #expect(try verdict(Build().bytes + [0x7D, 0x2E]) == nil)
    }

    @Test func namesThatLookTheSame() throws {
        let tensor = Build.tensor(Self.four, shape: [4], strides: [1])
        let pickle =
            Build().bytes + [0x7D] + Build.text("\u{E9}") + tensor + [0x73] + Build.text("e\u{301}") + tensor + [
                0x73, 0x2E,
            ]
        #expect(try verdict(pickle) == .ambiguousName)
    }

    @Test func theStackIsNeverEmptyWhenAskedNorFullAtTheEnd() throws {
        for code in [0x61, 0x73, 0x52, 0x81, 0x62, 0x51, 0x85, 0x87, 0x74, 0x75, 0x65, 0x2E, 0x71] as [UInt8] {
            #expect(try verdict(Build().bytes + [code, 0, 0x2E]) == .pickleStack)
            #expect(try verdict(Build().bytes + [0x4E, 0x28, code, 0, 0x2E]) != nil)
        }
        #expect(try verdict(Build().bytes + [0x4E, 0x7D, 0x2E]) == .pickleStack)
        #expect(try verdict(Build().bytes + [0x28, 0x7D, 0x2E]) == .pickleStack)
    }

    @Test func theMemoHoldsWhatIsRecalled() throws {
        #expect(try verdict(ofValue: [0x68, 9]) == .pickleMemoMissing)
        #expect(try verdict(ofValue: [0x6A, 9, 0, 0, 0]) == .pickleMemoMissing)
    }

    @Test func nothingFollowsTheEnd() throws {
        #expect(try verdict(Build().bytes + [0x7D, 0x2E, 0x2E]) == .pickleTrailingData)
    }

    @Test func nothingIsCutShort() throws {
        let whole = Build.state(Build.tensor(Self.four, shape: [4], strides: [1]))
        for length in 2..<whole.count {
            let verdict = try verdict(Array(whole[..<length]))
            #expect(verdict == .pickleTruncated)
        }
    }

    @Test func textsAreUTF8() throws {
        #expect(try verdict(ofValue: [0x58, 1, 0, 0, 0, 0xFF]) == .pickleText)
        #expect(try verdict(ofValue: [0x55, 1, 0xFF]) == .pickleText)
    }

    @Test func integersHaveAtMost64Bits() throws {
        #expect(try verdict(ofValue: [0x8A, 9] + [UInt8](repeating: 1, count: 9)) == .pickleNumber)
    }
}
