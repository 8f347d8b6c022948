import Findings

/// Where two maps of names disagree, rates may speak of the wrong label.
struct LabelNamesCheck: GateCheck {
    func evaluate(_ input: GateInput) -> GateRule? {
        GateRule(.labelNames, title: "Label names that can be read in two ways", found: input.concerns.labels)
    }
}
