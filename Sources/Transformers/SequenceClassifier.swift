public import Tensors

/// A model that gives each text one logit a label.
public final class SequenceClassifier: Sendable {
    public let architecture: any Architecture
    public let parameters: Parameters
    /// Label names by index.
    public let labels: [String]
    /// Parameter name → the checkpoint's name of its tensor; empty for fresh parameters.
    public let checkpointNames: [String: String]

    init(
        architecture: any Architecture, parameters: Parameters, labels: [String], checkpointNames: [String: String]
    ) {
        self.architecture = architecture
        self.parameters = parameters
        self.labels = labels
        self.checkpointNames = checkpointNames
    }
}
