import Testing

@testable import Checkpoints

/// One test a rule on the zip file of a PyTorch checkpoint; each changes a file that is accepted.
@Suite struct ZipRuleTests {
    private static let pickle = PickleBuilder.state(
        PickleBuilder.tensor(PickleBuilder.storage(count: 4), shape: [2, 2], strides: [2, 1]))

    private func verdict(_ change: (inout ZipBuilder) -> Void) throws -> CheckpointError.Code? {
        let folder = try TemporaryFolder()
        var zip = archive(Self.pickle)
        change(&zip)
        let path = try folder.write(zip.bytes(), to: "m")
        do {
            #expect(try Checkpoint(path: path).floats("w") == [1, 2, 3, 4])
            return nil
        } catch {
            return error.code
        }
    }

    @Test func whatTheTestsChangeIsAccepted() throws {
        #expect(try verdict { _ in } == nil)
    }

    @Test func storedMembersOnly() throws {
        #expect(try verdict { $0.members[2].method = 8 } == .zipCompressed)
    }

    @Test(arguments: [0, 6, 13]) func noEncryption(bit: Int) throws {
        #expect(try verdict { $0.members[0].flags |= 1 << UInt16(bit) } == .zipEncrypted)
    }

    @Test func noUnknownFlags() throws {
        #expect(try verdict { $0.members[0].flags |= 1 << 5 } == .zipMalformed)
    }

    @Test func noDuplicateNames() throws {
        #expect(try verdict { $0.members.append($0.members[2]) } == .zipDuplicateName)
    }

    @Test(arguments: ["m/../x", "/m/x", "m//x", "m/./x", "m/a\\b", "m/a\0b", "m/", "other/x"])
    func plainNamesInOneFolder(name: String) throws {
        #expect(try verdict { $0.members.append(.init(name: name, data: [1])) } == .zipUnsafeName)
    }

    @Test func localAndCentralNamesAgree() throws {
        #expect(try verdict { $0.members[2].localName = "m/data/1" } == .zipHeadersDisagree)
    }

    @Test func localAndCentralSizesAgree() throws {
        #expect(try verdict { $0.members[2].localSize = 15 } == .zipHeadersDisagree)
        #expect(try verdict { $0.members[2].localSize = 0 } == .zipHeadersDisagree)
    }

    @Test func localAndCentralChecksumsAgree() throws {
        #expect(try verdict { $0.members[2].localChecksum = 1 } == .zipHeadersDisagree)
        #expect(try verdict { $0.members[2].localChecksum = 0 } == .zipHeadersDisagree)
    }

    @Test func localAndCentralFlagsAgree() throws {
        #expect(try verdict { $0.members[2].localFlags = 0 } == .zipHeadersDisagree)
    }

    @Test func withADescriptorTheLocalSizeAndChecksumMayBeZero() throws {
        #expect(
            try verdict {
                $0.members[2].flags |= 8
                $0.members[2].localSize = 0
                $0.members[2].localChecksum = 0
            } == nil)
        #expect(
            try verdict {
                $0.members[2].flags |= 8
                $0.members[2].localSize = 3
                $0.members[2].localChecksum = 0
            } == .zipHeadersDisagree)
    }

    /// With and without signature, of 32 and of 64 bits.
    @Test(arguments: [(true, 4), (false, 4), (true, 8), (false, 8)])
    func theDescriptorMatchesTheDirectory(hasSignature: Bool, width: Int) throws {
        func descriptor(_ size: Int, _ sum: UInt32) -> [UInt8] {
            (hasSignature ? ZipBuilder.number(0x0807_4B50, 4) : []) + ZipBuilder.number(sum, 4)
                + ZipBuilder.number(size, width) + ZipBuilder.number(size, width)
        }
        let sum = ZipBuilder.checksum(Fixture.bytes([1, 2, 3, 4] as [Float]))
        for (size, checksum, expected) in [
            (16, sum, nil), (15, sum, CheckpointError.Code.zipDescriptorDisagrees),
            (16, sum ^ 1, .zipDescriptorDisagrees),
        ] {
            #expect(
                try verdict {
                    $0.members[2].flags |= 8
                    $0.members[2].descriptor = descriptor(size, checksum)
                } == expected)
        }
    }

    @Test func theDescriptorIsThere() throws {
        #expect(
            try verdict {
                $0.members[2].flags |= 8
                $0.members[2].descriptor = []
            } == .zipDescriptorDisagrees)
    }

    @Test func checksumsHold() throws {
        #expect(try verdict { $0.members[2].checksum = 1 } == .zipChecksum)
        #expect(try verdict { $0.members[0].checksum = 1 } == .zipChecksum)
    }

    @Test func membersTileTheFile() throws {
        #expect(try verdict { $0.members[1].gap = 7 } == .zipHole)
        #expect(try verdict { $0.gapBeforeDirectory = 1 } == .zipHole)
    }

    @Test func membersDoNotOverlap() throws {
        #expect(try verdict { $0.members[1].offset = 0 } == .zipOverlap)
        #expect(
            try verdict {
                $0.members[0].centralSize = 1000
                $0.members[0].localSize = 1000
            } == .zipOverlap)
    }

    @Test func nothingFollowsTheEnd() throws {
        #expect(try verdict { $0.comment = [1] } == .zipMalformed)
    }

    @Test(arguments: [2, 4]) func theDirectoryHasAsManyEntriesAsItSays(count: Int) throws {
        #expect(try verdict { $0.entryCount = count } == .zipMalformed)
    }

    /// A size in the zip64 extra field, as in archives above 4 GiB.
    @Test func zip64IsAllowed() throws {
        #expect(
            try verdict {
                let wide =
                    ZipBuilder.number(1, 2) + ZipBuilder.number(16, 2) + ZipBuilder.number(16, 8)
                    + ZipBuilder.number(16, 8)
                $0.members[2].centralSize = .max
                $0.members[2].centralExtra = wide
                $0.members[2].localSize = .max
                $0.members[2].localExtra = wide
            } == nil)
        #expect(try verdict { $0.members[2].centralSize = .max } == .zipMalformed)
    }

    @Test func extraFieldsAreRecords() throws {
        #expect(try verdict { $0.members[2].centralExtra = [1, 0, 9] } == .zipMalformed)
        #expect(try verdict { $0.members[2].localExtra = [1, 0, 9] } == .zipHeadersDisagree)
    }

    @Test func thePickleIsThere() throws {
        #expect(try verdict { $0.members.removeFirst() } == .pickleMissing)
    }

    @Test(arguments: ["m/code/model.py", "m/constants.pkl"]) func noProgramComesWithTheWeights(name: String) throws {
        #expect(try verdict { $0.members.append(.init(name: name, data: [1])) } == .torchScript)
    }

    @Test func numbersAreLittleEndian() throws {
        #expect(try verdict { $0.members[1].data = Array("big".utf8) } == .byteOrder)
    }
}
