import Testing

@testable import Tensors

@Suite struct ParameterLayoutTests {
    @Test func `parameters are aligned, in order and apart`() {
        var layout = ParameterLayout()
        let matrix = layout.add("a", [3, 5], .normal)
        let vector = layout.add("b", [7], .zeros)
        let last = layout.add("c", [16], .ones)
        #expect([matrix.range, vector.range, last.range] == [0..<15, 16..<23, 32..<48])
        #expect(layout.count == 48)
        #expect(layout["b"] == vector && layout["d"] == nil)
        #expect(matrix.decays && !vector.decays)
        #expect((matrix.rows, matrix.columns) == (3, 5) && (vector.rows, vector.columns) == (7, 1))
    }

    @Test func `a group is its members end to end`() {
        var layout = ParameterLayout()
        layout.add("before", [3], .zeros)
        let group = layout.addGroup(["q", "k", "v"], [2, 3], .normal)
        #expect(group.shape == [6, 3] && group.range == 16..<34)
        #expect(["q", "k", "v"].map { layout[$0]?.range } == [16..<22, 22..<28, 28..<34])
        #expect(layout.parameters.map(\.name) == ["before", "q", "k", "v"])
        #expect(group.slice(rows: 2..<6).range == 22..<34)
        #expect(group.slice(rows: 2..<6).shape == [4, 3])
    }

    @Test func `a slice of a vector counts elements`() {
        var layout = ParameterLayout()
        let slice = layout.addGroup(["q", "k"], [4], .zeros).slice(rows: 4..<8)
        #expect(slice.range == layout["k"]?.range && slice.shape == [4])
    }

    @Test func `a copy of the parameters is independent`() throws {
        var layout = ParameterLayout()
        let parameter = layout.add("a", [4], .zeros)
        let parameters = Parameters(layout: layout)
        parameters.floats(parameter)[1] = 2
        let copy = parameters.copy()
        parameters.floats(parameter)[1] = 3
        #expect(Array(copy.floats(parameter)) == [0, 2, 0, 0])
        #expect(Array(parameters.floats(parameter)) == [0, 3, 0, 0])
    }
}

@Suite struct FloatBufferTests {
    @Test(arguments: [0, 1, 15, 16, 17, 1_000])
    func `a buffer is zero and aligned to a cache line`(count: Int) {
        let buffer = FloatBuffer(count: count)
        #expect(buffer.floats.count == count && buffer.floats.allSatisfy { $0 == 0 })
        #expect(UInt(bitPattern: buffer.pointer) % 64 == 0)
    }

    @Test func `copying takes every float`() {
        let buffer = FloatBuffer(count: 9)
        for index in 0..<9 { buffer.pointer[index] = Float(index) }
        let copy = buffer.copy()
        buffer.pointer[0] = 9
        #expect(Array(copy.floats) == (0..<9).map(Float.init))
    }
}

@Suite struct DTypeTests {
    @Test func `widths are those of the names`() {
        for type in DType.allCases where type != .bool {
            let bits = type.rawValue.drop { !$0.isNumber }.prefix { $0.isNumber }
            #expect(bits == String(type.byteWidth * 8), "\(type)")
        }
        #expect(DType.bool.byteWidth == 1)
        #expect(DType.allCases.filter(\.isFloatingPoint) == [.f64, .f32, .f16, .bf16, .f8e4m3, .f8e5m2])
    }
}
