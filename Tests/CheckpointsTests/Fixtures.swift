import Checkpoints
import Glibc
import Testing

/// A folder for one test, removed with its content.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/assay-tests-XXXXXX".utf8CString)
        let created = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        path = try #require(created)
    }

    deinit {
        remove()
    }

    /// Removes the folder early, for a test that ends its process.
    func remove() {
        for name in (try? entries()) ?? [] { unlink(file(name)) }
        rmdir(path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let stream = try #require(fopen(file(name), "w"))
        defer { fclose(stream) }
        #expect(fwrite(bytes, 1, bytes.count, stream) == bytes.count)
        return file(name)
    }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }

    func entries() throws -> [String] {
        let stream = try #require(opendir(path))
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }
}

/// Bytes of safetensors files made in code.
enum Fixture {
    /// A file with `header` as it stands, and its true length unless `length` says otherwise.
    static func safetensors(_ header: [UInt8], data: [UInt8] = [], length: UInt64? = nil) -> [UInt8] {
        let length = length ?? UInt64(header.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + header + data
    }

    static func safetensors(_ header: String, data: [UInt8] = []) -> [UInt8] {
        safetensors(Array(header.utf8), data: data)
    }

    /// A header entry.
    static func tensor(_ name: String, _ dtype: String, _ shape: String, _ start: Int, _ end: Int) -> String {
        #""\#(name)":{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":[\#(start),\#(end)]}"#
    }

    static func bytes<Stored: FixedWidthInteger>(_ values: [Stored]) -> [UInt8] {
        values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
    }

    static func bytes(_ values: [Float]) -> [UInt8] { bytes(values.map(\.bitPattern)) }

    /// Two tensors, `a` of 2×2 and `b` of 1, in F32.
    static let small = safetensors(
        "{" + tensor("a", "F32", "[2,2]", 0, 16) + "," + tensor("b", "F32", "[1]", 16, 20) + "}",
        data: bytes([1, 2, 3, 4, 5] as [Float]))

    static let config = #"{"model_type":"bert","architectures":["BertForSequenceClassification"]}"#
}

/// The code of the checkpoint error that `body` throws; `nil`, and a failed test, for anything else.
func code(_ body: () throws -> Void) -> CheckpointError.Code? {
    #expect(throws: CheckpointError.self) { try body() }?.code
}
