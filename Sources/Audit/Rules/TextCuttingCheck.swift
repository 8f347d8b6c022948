import Findings

/// What is cut from a text is not looked at, and a suspect's own files say where that is.
struct TextCuttingCheck: GateCheck {
    func evaluate(_ input: GateInput) -> GateRule? {
        let concerns = input.concerns
        return GateRule(
            .textCutting, title: "Settings by which texts are cut or padded otherwise than by the base",
            found: concerns.sides + (input.lengthIsGiven ? [] : concerns.length))
    }
}
