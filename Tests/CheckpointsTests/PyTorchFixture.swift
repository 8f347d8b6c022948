import Foundation
import Testing

@testable import Checkpoints

/// Checkpoints that `torch.save` wrote, made by `Tests/Reference/make_pytorch.py`.
enum PyTorchFixture {
    static func path(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/pytorch/\(name)").path
    }

    static func bytes(_ name: String) throws -> [UInt8] { try InputFile(path: path(name)).bytes() }
}

/// Writes zip files as `torch.save` does, or wrongly on request.
struct ZipBuilder {
    struct Member {
        var name: String
        var data: [UInt8]
        var method: UInt16 = 0
        var flags: UInt16 = 1 << 11
        /// What the directory says; nil for the truth.
        var checksum: UInt32?
        /// What the local header says; nil for what the directory says.
        var localChecksum: UInt32?
        var localSize: UInt32?
        var localName: String?
        var localFlags: UInt16?
        /// Bytes behind the data; nil for a true data descriptor where flag bit 3 says that there is one.
        var descriptor: [UInt8]?
        /// Bytes from the previous member's end to this one's header.
        var gap = 0
        /// Where the directory says that the header is; nil for the truth.
        var offset: UInt32?
        var centralExtra: [UInt8] = []
        var localExtra: [UInt8] = []
        var centralSize: UInt32?
    }

    var members: [Member] = []
    /// Bytes between the last member and the directory.
    var gapBeforeDirectory = 0
    var comment: [UInt8] = []
    var entryCount: Int?

    init(_ members: [(String, [UInt8])] = []) {
        self.members = members.map { Member(name: $0.0, data: $0.1) }
    }

    static func number(_ value: some BinaryInteger, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    static func checksum(_ data: [UInt8]) -> UInt32 {
        var sum = CRC32()
        data.withUnsafeBytes { sum.add($0) }
        return sum.value
    }

    func bytes() -> [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for member in members {
            file += [UInt8](repeating: 0, count: member.gap)
            let start = file.count
            let checksum = member.checksum ?? Self.checksum(member.data)
            let size = UInt32(member.data.count)
            let localSize = member.localSize ?? size
            let localName = Array((member.localName ?? member.name).utf8)
            file += Self.number(0x0403_4B50, 4) + Self.number(0, 2) + Self.number(member.localFlags ?? member.flags, 2)
            file += Self.number(member.method, 2) + Self.number(0, 4)
            file += Self.number(member.localChecksum ?? checksum, 4) + Self.number(localSize, 4)
            file += Self.number(localSize, 4) + Self.number(localName.count, 2)
            file += Self.number(member.localExtra.count, 2) + localName + member.localExtra + member.data
            if let descriptor = member.descriptor {
                file += descriptor
            } else if member.flags & 8 != 0 {
                file += Self.number(0x0807_4B50, 4) + Self.number(checksum, 4) + Self.number(size, 4)
                file += Self.number(size, 4)
            }
            let central = member.centralSize ?? size
            directory += Self.number(0x0201_4B50, 4) + Self.number(0, 4) + Self.number(member.flags, 2)
            directory += Self.number(member.method, 2) + Self.number(0, 4) + Self.number(checksum, 4)
            directory += Self.number(central, 4) + Self.number(central, 4) + Self.number(member.name.utf8.count, 2)
            directory += Self.number(member.centralExtra.count, 2) + Self.number(0, 10)
            directory += Self.number(member.offset ?? UInt32(start), 4) + Array(member.name.utf8) + member.centralExtra
        }
        file += [UInt8](repeating: 0, count: gapBeforeDirectory)
        let start = file.count
        let count = entryCount ?? members.count
        file += directory
        file += Self.number(0x0605_4B50, 4) + Self.number(0, 4) + Self.number(count, 2) + Self.number(count, 2)
        return file + Self.number(directory.count, 4) + Self.number(start, 4) + Self.number(comment.count, 2) + comment
    }
}

/// Writes pickles of protocol 2, opcode by opcode.
struct PickleBuilder {
    var bytes: [UInt8] = [0x80, 2]

    static let emptyOrdered = global("collections", "OrderedDict") + [0x29, 0x52]
    static let rebuild = global("torch._utils", "_rebuild_tensor_v2")

    static func global(_ module: String, _ name: String) -> [UInt8] { Array("c\(module)\n\(name)\n".utf8) }

    static func text(_ text: String) -> [UInt8] {
        [0x58] + ZipBuilder.number(text.utf8.count, 4) + Array(text.utf8)
    }

    static func int(_ value: Int) -> [UInt8] {
        value == Int(Int32(truncatingIfNeeded: value))
            ? [0x4A] + ZipBuilder.number(value, 4) : [0x8A, 8] + ZipBuilder.number(value, 8)
    }

    static func ints(_ values: [Int]) -> [UInt8] { [0x28] + values.flatMap(int) + [0x74] }

    /// BINPERSID of a storage.
    static func storage(_ type: String = "FloatStorage", key: String = "0", count: Int) -> [UInt8] {
        [0x28] + text("storage") + global("torch", type) + text(key) + text("cpu") + int(count) + [0x74, 0x51]
    }

    /// A call of `_rebuild_tensor_v2`.
    static func tensor(_ storage: [UInt8], offset: Int = 0, shape: [Int], strides: [Int]) -> [UInt8] {
        rebuild + [0x28] + storage + int(offset) + ints(shape) + ints(strides) + [0x89] + emptyOrdered + [0x74, 0x52]
    }

    /// A dictionary of one tensor `w`, with `value` pushed for it.
    static func state(_ value: [UInt8]) -> [UInt8] {
        PickleBuilder().bytes + [0x7D] + text("w") + value + [0x73, 0x2E]
    }
}

/// An archive as `torch.save` lays it out.
func archive(_ pickle: [UInt8], storages: [(String, [UInt8])] = [("0", Fixture.bytes([1, 2, 3, 4] as [Float]))])
    -> ZipBuilder
{
    ZipBuilder(
        [("m/data.pkl", pickle), ("m/byteorder", Array("little".utf8))] + storages.map { ("m/data/\($0.0)", $0.1) })
}
