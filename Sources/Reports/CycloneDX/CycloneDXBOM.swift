/// The part of CycloneDX 1.6 that Assay writes; the names are the standard's.
struct CycloneDXBOM: Encodable {
    var schema = "http://cyclonedx.org/schema/bom-1.6.schema.json"
    var bomFormat = "CycloneDX"
    var specVersion = "1.6"
    /// Of the content, so that equal results have equal numbers and others do not.
    var serialNumber: String
    var version = 1
    var metadata: Metadata
    var components: [CycloneDXComponent]
    var dependencies: [Dependency]
    var vulnerabilities: [CycloneDXVulnerability]

    struct Metadata: Encodable {
        var timestamp: String?
        var tools: Tools
        var component: CycloneDXComponent
        var properties: [CycloneDXProperty]
    }

    struct Tools: Encodable {
        var components: [CycloneDXComponent]
    }

    struct Dependency: Encodable {
        var ref: CycloneDXReference
        var dependsOn: [CycloneDXReference]
    }

    private enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case bomFormat, specVersion, serialNumber, version, metadata, components, dependencies, vulnerabilities
    }
}

/// The components of a bill, under fixed names: no name of a file can clash with them.
enum CycloneDXReference: String, Encodable { case assay, suspect, purified, base, data }

struct CycloneDXComponent: Encodable {
    enum Kind: String, Encodable {
        case application, file, data
        case model = "machine-learning-model"
    }

    var type: Kind
    var reference: CycloneDXReference?
    var name: String
    var version: String?
    var description: String?
    var hashes: [Hash]?
    var modelCard: CycloneDXModelCard?
    /// The files of a model.
    var components: [CycloneDXComponent]?
    var properties: [CycloneDXProperty]?

    struct Hash: Encodable {
        var alg = "SHA-256"
        var content: String
    }

    private enum CodingKeys: String, CodingKey {
        case type, name, version, description, hashes, modelCard, components, properties
        case reference = "bom-ref"
    }
}

struct CycloneDXProperty: Encodable, Hashable {
    var name: String
    var value: String
}

struct CycloneDXModelCard: Encodable {
    var modelParameters: Parameters
    var quantitativeAnalysis: Analysis?
    var considerations: Considerations?

    struct Parameters: Encodable {
        /// Nil in a scan, which does not read the model.
        var task: String?
        var architectureFamily: String?
        var modelArchitecture: String
        var datasets: [Dataset]?
    }

    struct Dataset: Encodable {
        var ref: CycloneDXReference
    }

    struct Analysis: Encodable {
        var performanceMetrics: [Metric]
    }

    struct Metric: Encodable {
        var type: String
        var value: String
        var slice: String?
        var confidenceInterval: Bounds
    }

    struct Bounds: Encodable {
        var lowerBound: String
        var upperBound: String
    }

    struct Considerations: Encodable {
        var technicalLimitations: [String]
    }
}

/// A finding; a backdoor is a vulnerability of the model that has it.
struct CycloneDXVulnerability: Encodable {
    var reference: String
    var id: String
    var source: Source
    var ratings: [Rating]
    var description: String
    var detail: String
    var recommendation: String
    var analysis: Analysis?
    var affects: [Affected]
    var properties: [CycloneDXProperty]

    struct Source: Encodable {
        var name: String
    }

    struct Rating: Encodable {
        var severity: String
        var method = "other"
    }

    struct Analysis: Encodable {
        var detail: String
    }

    struct Affected: Encodable {
        var ref: CycloneDXReference
    }

    private enum CodingKeys: String, CodingKey {
        case id, source, ratings, description, detail, recommendation, analysis, affects, properties
        case reference = "bom-ref"
    }
}
