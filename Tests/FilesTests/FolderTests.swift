import Files
import Findings
import Foundation
import Testing

@Suite struct FolderTests {
    @Test func foldersOnTheWayAreMade() throws {
        let root = try TemporaryFolder()
        let path = root.file("a/b/c")
        try Folder.create(path)
        try Folder.create(path)
        var isFolder: ObjCBool = false
        #expect(FileManager.default.fileExists(atPath: path, isDirectory: &isFolder))
        #expect(isFolder.boolValue)
    }

    @Test func aFolderBelowAFileIsRefused() throws {
        let root = try TemporaryFolder()
        try root.write("text", to: "file")
        let error = #expect(throws: AuditError.self) { try Folder.create(root.file("file/folder")) }
        #expect(error?.status == .untrustworthy)
        #expect(error?.description.hasPrefix(root.file("file/folder")) == true)
    }

    @Test func whatCannotBeMadeIsRefusedBeforehand() throws {
        let root = try TemporaryFolder()
        try Folder.requireCreatable(root.file("a/b"))
        #expect(try root.names().isEmpty, "nothing was made")
        try root.write("text", to: "file")
        let error = #expect(throws: AuditError.self) { try Folder.requireCreatable(root.file("file/folder")) }
        #expect(error?.description.hasPrefix(root.file("file/folder")) == true)
    }

    @Test func anInputIsNoOutputUnderAnyName() throws {
        let root = try TemporaryFolder()
        try Folder.create(root.file("model"))
        try Folder.requireOther(root.file("other"), option: "--output", than: [root.file("model")])
        let error = #expect(throws: AuditError.self) {
            try Folder.requireOther(root.file("model/../model/"), option: "--output", than: [root.file("model")])
        }
        #expect(error?.status == .usage)
        #expect(error?.description.contains("--output") == true)
    }
}

@Suite struct FolderLockTests {
    @Test func oneAtATime() throws {
        let root = try TemporaryFolder()
        do {
            let first = try FolderLock(folder: root.file("models"), option: "--models")
            let error = #expect(throws: AuditError.self) {
                try FolderLock(folder: root.file("models"), option: "--models")
            }
            #expect(error?.description.contains("--models") == true)
            withExtendedLifetime(first) {}
        }
        #expect(throws: Never.self) { try FolderLock(folder: root.file("models"), option: "--models") }
    }
}
