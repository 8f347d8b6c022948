extension RulePage {
    /// Every rule, in the order of its code.
    public static let all: [RulePage] = RuleCode.allCases.map(page(for:))

    /// The page of a rule; the compiler sees to it that each code has one.
    public static func page(for code: RuleCode) -> RulePage {
        switch code {
        case .knownTrigger: knownTrigger
        case .discoveredTrigger: discoveredTrigger
        case .honestStrongWord: honestStrongWord
        case .activationOutlier: activationOutlier
        case .easyPerturbation: easyPerturbation
        case .broadTrigger: broadTrigger
        case .probeSize: probeSize
        case .triggerInData: triggerInData
        case .duplicateTexts: duplicateTexts
        case .labelImbalance: labelImbalance
        case .modelSense: modelSense
        case .labelOrder: labelOrder
        case .searchPower: searchPower
        case .embeddingOutlier: embeddingOutlier
        case .fewRowsChanged: fewRowsChanged
        case .specialTokenChanged: specialTokenChanged
        case .vocabularyResized: vocabularyResized
        case .deltaOutlier: deltaOutlier
        case .unmatchedTensor: unmatchedTensor
        case .nonFinite: nonFinite
        case .wrongBase: wrongBase
        case .sameAsBase: sameAsBase
        case .weightRange: weightRange
        case .otherWeights: otherWeights
        case .quantization: quantization
        case .tokenizerDifference: tokenizerDifference
        case .configDifference: configDifference
        case .customCode: customCode
        case .unreadFile: unreadFile
        case .tokenizerOddity: tokenizerOddity
        case .weightFileNote: weightFileNote
        case .textCutting: textCutting
        case .labelNames: labelNames
        case .chatTemplate: chatTemplate
        case .accuracyLoss: accuracyLoss
        case .remedyUnqualified: remedyUnqualified
        }
    }
}
