internal import Checkpoints

/// Why the lab does not train; the description is one sentence that says what to do.
public struct LabError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The rule that was broken.
    public enum Code: String, Sendable, CaseIterable {
        case unknownAttack
        /// A share, target, strength or start that no attack can have.
        case invalidPlan
        /// Triggers that the attack cannot use.
        case invalidTriggers
        /// A trigger that the tokenizer has no token for.
        case unknownTrigger
        /// A trigger of several tokens for an attack on an embedding row.
        case severalPieces
        /// Labels that do not fit each other.
        case labels
        /// The clean model was not made from the base.
        case otherBase
        /// Data that the attack cannot be planted with.
        case data
        /// A network that the attack is not made for.
        case architecture
        /// A model folder that cannot be used.
        case folder
    }

    public let code: Code
    public let description: String

    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// Errors of a model folder name its files; this names the folder too.
    static func naming<T>(_ path: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as CheckpointError {
            throw LabError(.folder, error.file.hasPrefix(path) ? error.description : "\(path)/\(error.description)")
        }
    }
}
