/// The entries of published taxonomies that Assay's findings support evidence for.
extension TaxonomyID {
    static let manipulateModel = atlas("AML.T0018", "Manipulate AI Model")
    static let poisonModel = atlas("AML.T0018.000", "Manipulate AI Model: Poison AI Model")
    static let poisonTrainingData = atlas("AML.T0020", "Poison Training Data")
    static let insertTrigger = atlas("AML.T0043.004", "Craft Adversarial Data: Insert Backdoor Trigger")
    static let supplyChainModel = atlas("AML.T0010.003", "AI Supply Chain Compromise: Model")
    static let llm2025 = TaxonomyID(
        framework: "OWASP Top 10 for LLM Applications", version: "2025", id: "LLM04:2025",
        name: "Data and Model Poisoning")
    static let llm2026 = TaxonomyID(
        framework: "OWASP Top 10 for LLM Applications", version: "2026", id: "LLM05:2026",
        name: "Data and Model Poisoning")
    static let machineLearning2023 = TaxonomyID(
        framework: "OWASP Machine Learning Security Top 10", version: "2023", id: "ML10:2023", name: "Model Poisoning")
    static let measure27 = TaxonomyID(
        framework: "NIST AI RMF", version: "1.0", id: "MEASURE 2.7", name: "Security and resilience are evaluated")

    /// What a backdoor in the weights is called in every framework.
    static let backdoor = [
        poisonModel, insertTrigger, llm2025, llm2026, machineLearning2023, measure27,
    ]
    /// What a changed or foreign file is called.
    static let supplyChain = [manipulateModel, supplyChainModel, llm2025, llm2026, measure27]

    private static func atlas(_ id: String, _ name: String) -> TaxonomyID {
        TaxonomyID(framework: "MITRE ATLAS", version: "5.6.0", id: id, name: name)
    }
}
