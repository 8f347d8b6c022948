/// How a label is called.
public enum LabelName {
    /// The model's own name for a label, or what transformers calls one without: "LABEL_1".
    public static func of(_ index: Int, in labels: [String]) -> String {
        labels.indices.contains(index) ? labels[index] : "LABEL_\(index)"
    }
}
