import Findings

/// The part of SARIF 2.1.0 that Assay writes; the names are the standard's.
struct SARIFLog: Encodable {
    var schema = "https://json.schemastore.org/sarif-2.1.0.json"
    var version = "2.1.0"
    var runs: [SARIFRun]

    private enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }
}

struct SARIFRun: Encodable {
    var tool: Tool
    var automationDetails: AutomationDetails
    var invocations: [SARIFInvocation]
    var artifacts: [SARIFArtifact]
    var taxonomies: [SARIFTaxonomy]
    var results: [SARIFResult]
    var columnKind = "unicodeCodePoints"
    var properties: Properties

    struct Tool: Encodable {
        var driver: SARIFDriver
    }

    /// What separates the alerts of several models that one workflow uploads.
    struct AutomationDetails: Encodable {
        var id: String
    }

    /// What SARIF has no place for: the verdict and the gate, as in result.json.
    struct Properties: Encodable {
        var verdict: Verdict
        var purifiedVerdict: Verdict?
        var exitStatus: ExitStatus
        var gate: Gate
    }
}

struct SARIFInvocation: Encodable {
    var executionSuccessful = true
    var exitCode: Int32
    var exitCodeDescription: String
    var commandLine: String
    var startTimeUtc: String?
    var endTimeUtc: String?
    var toolExecutionNotifications: [Notification]

    struct Notification: Encodable {
        var level: SARIFLevel
        var message: SARIFMessage
    }
}

enum SARIFLevel: String, Encodable { case note, warning, error }

struct SARIFMessage: Encodable {
    var text: String
    var markdown: String?
}

struct SARIFArtifact: Encodable, Hashable {
    var location: SARIFLocation.Artifact
    /// Bytes.
    var length: Int
    var hashes: [String: String]
    var roles: [String]
}

/// A published taxonomy with the entries that rules refer to.
struct SARIFTaxonomy: Encodable {
    var name: String
    var version: String
    var taxa: [Taxon]

    struct Taxon: Encodable {
        var id: String
        var name: String
    }
}
