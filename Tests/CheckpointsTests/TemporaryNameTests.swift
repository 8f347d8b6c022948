import Glibc
import Testing

@testable import Checkpoints

@Suite struct TemporaryNameTests {
    @Test func namesAreToldFromOthers() {
        for name in ["model.safetensors", "", "a.assay-b.tmp", "é"] {
            #expect(TemporaryName.isOne(TemporaryName.make(for: name)))
        }
        for other in [
            "", ".tmp", "a.tmp", ".a.tmp", ".a.0123456789abc.tmp", "a.assay-1.tmp", ".a.assay-.tmp", ".a.assay-A.tmp",
            ".a.assay-0123456789abcd.tmp", ".a.assay-1.tmp.safetensors", ".assay-tmp", ".a.assay-é.tmp",
        ] {
            #expect(!TemporaryName.isOne(other), "\(other)")
        }
    }

    @Test func whatAKilledWriterLeftGoes() throws {
        let folder = try TemporaryFolder()
        for name in ["model.safetensors", "config.json"] {
            try folder.write("half", to: TemporaryName.make(for: name))
        }
        try folder.write("kept", to: ".config.json.tmp")
        try AtomicFile.write([1], to: folder.file("config.json"))
        #expect(try folder.entries() == [".config.json.tmp", "config.json"])
    }

    @Test func aWriterThatLivesKeepsItsFile() throws {
        let folder = try TemporaryFolder()
        let slow = try TemporaryFile(for: folder.file("f"))
        try slow.write(Array("slow".utf8), at: 0)
        try AtomicFile.write(Array("quick".utf8), to: folder.file("f"))
        #expect(try folder.entries().count == 2)
        try slow.commit()
        #expect(try InputFile(path: folder.file("f")).bytes() == Array("slow".utf8))
        #expect(try folder.entries() == ["f"])
    }

    @Test func onlyFilesAreRemoved() throws {
        let folder = try TemporaryFolder()
        let (link, inner, pipe) = (".l.assay-1.tmp", ".d.assay-1.tmp", ".p.assay-1.tmp")
        try folder.write("kept", to: "target")
        #expect(symlink("target", folder.file(link)) == 0)
        #expect(mkdir(folder.file(inner), 0o700) == 0)
        #expect(mkfifo(folder.file(pipe), 0o600) == 0)
        defer { rmdir(folder.file(inner)) }
        TemporaryName.removeStale(in: folder.path)
        #expect(try folder.entries() == [inner, link, pipe, "target"])
    }

    @Test func aFileThatWasTakenForALeftOneIsMadeAgain() throws {
        let folder = try TemporaryFolder()
        let name = TemporaryName.make(for: "f")
        let descriptor = open(folder.file(name), O_RDWR | O_CREAT | O_EXCL, 0o600)
        defer { close(descriptor) }
        TemporaryName.removeStale(in: folder.path)
        #expect(!TemporaryName.hold(descriptor))
        #expect(try folder.entries() == [])
    }
}
