import Testing

@testable import Checkpoints

/// What a pickle may use up.
@Suite struct PickleCapTests {
    private func verdict(_ pickle: [UInt8]) -> CheckpointError.Code? {
        code { _ = try PickleMachine.run(pickle, file: "m") }
    }

    @Test func theStackIsCapped() {
        let start = PickleBuilder().bytes
        #expect(verdict(start + [UInt8](repeating: 0x28, count: PickleMachine.maxStack + 1)) == .pickleStackTooDeep)
        #expect(verdict(start + [UInt8](repeating: 0x4E, count: PickleMachine.maxStack + 1)) == .pickleStackTooDeep)
    }

    @Test func theMemoIsCapped() {
        var pickle = PickleBuilder().bytes + [0x4E]
        for key in 0...PickleMachine.maxMemo { pickle += [0x72] + ZipBuilder.number(key, 4) }
        #expect(verdict(pickle) == .pickleMemoTooLarge)
    }

    @Test func theNumberOfValuesIsCapped() {
        // A list, emptied into a tuple and left there, over and over.
        let lists = [UInt8](repeating: 0x5D, count: 1000)
        let rounds = PickleMachine.maxValues / 2000 + 1
        let pickle = PickleBuilder().bytes + (0..<rounds).flatMap { _ in [0x28] + lists + [0x74] }
        #expect(verdict(pickle) == .pickleTooManyValues)
    }

    @Test func thePickleIsCapped() {
        #expect(verdict([UInt8](repeating: 0x4E, count: PickleMachine.maxLength + 1)) == .pickleTooLarge)
    }
}
