/// Why a model cannot be run; the description is one sentence that names the file and what to do.
public struct ModelError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable {
        case unsupportedArchitecture
        case unsupportedActivation
        case unsupportedHead
        case unsupportedPositions
        case unsupportedOption
        case missingTensor
        case unexpectedTensor
        case shapeMismatch
        case tokenizerMismatch
        case nonFinite
        case referenceFile
        case checkpointMismatch
    }

    public let code: Code
    /// The model folder or file concerned.
    public let file: String
    public let detail: String

    public init(_ code: Code, file: String, detail: String) {
        self.code = code
        self.file = file
        self.detail = detail
    }

    public var description: String { "\(file): \(detail)" }
}
