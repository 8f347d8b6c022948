import Tensors
import Testing

@testable import Checkpoints

@Suite struct ReadingTests {
    private func checkpoint(_ dtype: String, _ data: [UInt8], count: Int, _ folder: TemporaryFolder) throws
        -> Checkpoint
    {
        // A one-byte tensor first, so that the other one is not aligned.
        let header =
            "{\(Fixture.tensor("pad", "U8", "[1]", 0, 1)),\(Fixture.tensor("t", dtype, "[\(count)]", 1, 1 + data.count))}"
        return try Checkpoint(path: try folder.write(Fixture.safetensors(header, data: [9] + data), to: "m"))
    }

    static let conversions: [(dtype: String, data: [UInt8], values: [Float])] = [
        ("F64", Fixture.bytes([1.5, -0.1].map(\.bitPattern)), [1.5, -0.1]),
        ("F32", Fixture.bytes([1.5, -0.1] as [Float]), [1.5, -0.1]),
        ("F16", Fixture.bytes([0x3C00, 0xC000, 0x0001, 0x7BFF] as [UInt16]), [1, -2, 0x1p-24, 65504]),
        ("BF16", Fixture.bytes([0x3F80, 0xC040] as [UInt16]), [1, -3]),
        ("I64", Fixture.bytes([-5, 1 << 40] as [Int64]), [-5, 0x1p40]),
        ("I32", Fixture.bytes([-5, 6] as [Int32]), [-5, 6]), ("I16", Fixture.bytes([-5, 6] as [Int16]), [-5, 6]),
        ("I8", Fixture.bytes([-5, 6] as [Int8]), [-5, 6]), ("U64", Fixture.bytes([.max] as [UInt64]), [0x1p64]),
        ("U32", Fixture.bytes([.max] as [UInt32]), [0x1p32]), ("U16", Fixture.bytes([.max] as [UInt16]), [65535]),
        ("F8_E4M3", [0x01, 0x08, 0x38, 0xB8, 0x7E, 0x80], [0x1p-9, 0x1p-6, 1, -1, 448, -0.0]),
        ("F8_E5M2", [0x01, 0x3C, 0xBE, 0x7B], [0x1p-16, 1, -1.5, 57344]), ("U8", [0, 255], [0, 255]),
        ("BOOL", [0, 1, 2], [0, 1, 1]),
    ]

    @Test(arguments: conversions) func everyTypeConverts(dtype: String, data: [UInt8], values: [Float]) throws {
        let folder = try TemporaryFolder()
        #expect(try checkpoint(dtype, data, count: values.count, folder).floats("t") == values)
    }

    /// Types that are converted piece by piece give what is stored, from whichever element reading starts.
    @Test(arguments: ["F32", "BF16", "F64", "U8"]) func piecesAreJoined(dtype: String) throws {
        let folder = try TemporaryFolder()
        let count = 150_001
        let values = (0..<count).map { Float($0 % 251) }
        let data: [UInt8] =
            switch dtype {
            case "F32": Fixture.bytes(values)
            case "BF16": Fixture.bytes(values.map { UInt16(truncatingIfNeeded: $0.bitPattern >> 16) })
            case "F64": Fixture.bytes(values.map { Double($0).bitPattern })
            default: values.map { UInt8($0) }
            }
        let checkpoint = try checkpoint(dtype, data, count: count, folder)
        #expect(try checkpoint.floats("t") == values)
        var part = [Float](repeating: -1, count: 140_000)
        try part.withUnsafeMutableBufferPointer { try checkpoint.read("t", elements: 7..<139_007, into: $0) }
        #expect(part == Array(values[7..<139_007]) + [Float](repeating: -1, count: 1000))
    }

    @Test(arguments: ["", "a", "a.b", "a.c", "ab", "\u{E9}", "e\u{301}", "\u{10FFFF}", "layer.10.weight", "layer.9"])
    func namesAreOrderedByBytes(name: String) {
        for other in ["", "a", "a.b", "b", "\u{E9}", "e\u{301}", "layer.10.weight", "layer.10.weights"] {
            #expect(name.bytesPrecede(other) == name.utf8.lexicographicallyPrecedes(other.utf8))
        }
    }

    /// The eight-bit types against what sign, exponent and fraction mean.
    @Test func everyEightBitNumberConverts() {
        for bits in UInt8.min ... .max {
            let (sign, exponent, fraction) = (bits & 0x80 == 0 ? Float(1) : -1, Int(bits >> 3 & 15), Float(bits & 7))
            let magnitude =
                exponent == 0
                ? fraction * 0x1p-9 : (1 + fraction / 8) * Float(sign: .plus, exponent: exponent - 7, significand: 1)
            let value = DType.float(fromE4M3: bits)
            #expect(bits & 0x7F == 0x7F ? value.isNaN : value == sign * magnitude)
        }
    }

    @Test func everyTypeIsCovered() {
        #expect(Set(Self.conversions.map(\.dtype)) == Set(DType.allCases.map(\.rawValue)))
    }

    @Test func everyHalfConverts() {
        for bits in UInt16.min ... .max {
            let expected = Float(Float16(bitPattern: bits))
            let value = DType.float(fromHalf: bits)
            #expect(expected.isNaN ? value.isNaN : value.bitPattern == expected.bitPattern)
        }
    }

    @Test func nonFiniteValuesAreReadAsTheyAre() throws {
        let folder = try TemporaryFolder()
        let single = try checkpoint(
            "F32", Fixture.bytes([.nan, .infinity, -.infinity, 1] as [Float]), count: 4, folder)
        let values = try single.floats("t")
        #expect(values[0].isNaN)
        #expect(Array(values[1...]) == [.infinity, -.infinity, 1])
        let half = try checkpoint("F16", Fixture.bytes([0x7E00, 0x7C00, 0xFC00] as [UInt16]), count: 3, folder)
        #expect(try half.floats("t").map(\.isFinite) == [false, false, false])
        let brain = try checkpoint("BF16", Fixture.bytes([0x7FC0, 0x7F80] as [UInt16]), count: 2, folder)
        #expect(try brain.floats("t").map(\.isNaN) == [true, false])
        let wide = try checkpoint("F64", Fixture.bytes([Double.nan, 1e300].map(\.bitPattern)), count: 2, folder)
        #expect(try wide.floats("t").map(\.isFinite) == [false, false])
    }

    @Test func piecesAreBoundsChecked() throws {
        let folder = try TemporaryFolder()
        let checkpoint = try Checkpoint(path: try folder.write(Fixture.small, to: "m"))
        var values = [Float](repeating: 0, count: 3)
        try values.withUnsafeMutableBufferPointer { try checkpoint.read("a", elements: 1..<4, into: $0) }
        #expect(values == [2, 3, 4])
        try values.withUnsafeMutableBufferPointer { try checkpoint.read("a", elements: 4..<4, into: $0) }
        for elements in [0..<4, 2..<5, 5..<6, -1..<1, Int.max - 1..<Int.max] {
            let thrown = code {
                try values.withUnsafeMutableBufferPointer { try checkpoint.read("a", elements: elements, into: $0) }
            }
            #expect(thrown == .elementsOutOfRange)
        }
        #expect(code { _ = try checkpoint.floats("c") } == .unknownTensor)
    }

    @Test func namesAreComparedByBytes() throws {
        let folder = try TemporaryFolder()
        let header = "{\(Fixture.tensor("\u{E9}", "U8", "[1]", 0, 1))}"
        let checkpoint = try Checkpoint(path: try folder.write(Fixture.safetensors(header, data: [1]), to: "m"))
        #expect(checkpoint["\u{E9}"] != nil)
        #expect(checkpoint["e\u{301}"] == nil)
    }

    @Test func anyFlippedByteOrCutIsHandled() throws {
        let folder = try TemporaryFolder()
        var accepted = 0
        for index in Fixture.small.indices {
            for flip: UInt8 in [0x01, 0x10, 0x80] {
                var bytes = Fixture.small
                bytes[index] ^= flip
                guard let checkpoint = try? Checkpoint(path: try folder.write(bytes, to: "m")) else { continue }
                accepted += 1
                for tensor in checkpoint.tensors {
                    #expect(try checkpoint.floats(tensor.name).count == tensor.elementCount)
                }
            }
            try folder.write(Array(Fixture.small[..<index]), to: "m")
            #expect(throws: CheckpointError.self) { try Checkpoint(path: folder.file("m")) }
        }
        #expect(accepted >= 60)
    }
}
