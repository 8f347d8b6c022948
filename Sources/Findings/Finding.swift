/// Something a reader of the report should know, with a stable code.
public struct Finding: Codable, Sendable, Equatable {
    public enum Severity: String, Codable, Sendable, Comparable, CaseIterable {
        case info, low, medium, high, critical

        public static func < (a: Self, b: Self) -> Bool { a.order < b.order }

        private var order: Int {
            switch self {
            case .info: 0
            case .low: 1
            case .medium: 2
            case .high: 3
            case .critical: 4
            }
        }
    }

    public var code: RuleCode
    public var severity: Severity
    /// One sentence with the numbers. Attacker-controlled names appear only in `evidence`.
    public var message: String
    public var evidence: [Evidence]
    /// Whether it was accepted in writing or is known from the baseline.
    public var accepted: Acceptance?

    public init(
        code: RuleCode, severity: Severity, message: String, evidence: [Evidence], accepted: Acceptance? = nil
    ) {
        self.accepted = accepted
        self.code = code
        self.severity = severity
        self.message = message
        self.evidence = evidence
    }
}

/// A named raw value behind a finding; escaped by each writer.
public struct Evidence: Codable, Sendable, Equatable {
    public var label: String
    public var value: String

    public init(label: String, value: String) {
        self.label = label
        self.value = value
    }
}

/// Stable codes of gate rules and findings; never renumbered.
public enum RuleCode: String, Codable, Sendable, CaseIterable {
    case knownTrigger = "ASY101"
    case discoveredTrigger = "ASY102"
    case honestStrongWord = "ASY103"
    case activationOutlier = "ASY104"
    case easyPerturbation = "ASY105"
    case broadTrigger = "ASY106"
    case probeSize = "ASY110"
    case triggerInData = "ASY111"
    case duplicateTexts = "ASY112"
    case labelImbalance = "ASY113"
    case modelSense = "ASY114"
    case labelOrder = "ASY115"
    case searchPower = "ASY116"
    case embeddingOutlier = "ASY201"
    case fewRowsChanged = "ASY202"
    case specialTokenChanged = "ASY203"
    case vocabularyResized = "ASY204"
    case deltaOutlier = "ASY210"
    case unmatchedTensor = "ASY211"
    case nonFinite = "ASY212"
    case wrongBase = "ASY213"
    case sameAsBase = "ASY214"
    case weightRange = "ASY215"
    case otherWeights = "ASY216"
    case quantization = "ASY217"
    case tokenizerDifference = "ASY220"
    case configDifference = "ASY221"
    case customCode = "ASY222"
    case unreadFile = "ASY223"
    case tokenizerOddity = "ASY224"
    case weightFileNote = "ASY225"
    case textCutting = "ASY226"
    case labelNames = "ASY227"
    case chatTemplate = "ASY228"
    case accuracyLoss = "ASY301"
    case remedyUnqualified = "ASY302"
}

/// The page of a rule: what `assay explain` and the report print.
public struct RulePage: Sendable, Equatable {
    public let code: RuleCode
    public let name: String
    public let measures: String
    public let why: String
    public let misses: String
    public let action: String
    public let taxonomy: [TaxonomyID]

    public init(
        code: RuleCode, name: String, measures: String, why: String, misses: String, action: String,
        taxonomy: [TaxonomyID]
    ) {
        self.code = code
        self.name = name
        self.measures = measures
        self.why = why
        self.misses = misses
        self.action = action
        self.taxonomy = taxonomy
    }
}

/// An entry of a published taxonomy that a finding supports evidence for.
public struct TaxonomyID: Codable, Sendable, Equatable {
    public let framework: String
    public let version: String
    public let id: String
    public let name: String

    public init(framework: String, version: String, id: String, name: String) {
        self.framework = framework
        self.version = version
        self.id = id
        self.name = name
    }
}
