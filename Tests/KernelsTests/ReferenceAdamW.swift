import CKernels

/// AdamW in Double, by its definition (Loshchilov and Hutter 2019, algorithm 2), for one element.
struct ReferenceAdamW {
    var parameter: Double
    var first: Double
    var second: Double

    mutating func step(gradient: Double, _ step: assay_adamw_step) {
        let g = gradient * Double(step.gradient_scale)
        let (beta1, beta2) = (Double(step.beta1), Double(step.beta2))
        first = beta1 * first + (1 - beta1) * g
        second = beta2 * second + (1 - beta2) * g * g
        let (m, v) = (first / Double(step.first_correction), second / Double(step.second_correction))
        let rate = Double(step.learning_rate)
        parameter -= rate * (Double(step.weight_decay) * parameter + m / (v.squareRoot() + Double(step.epsilon)))
    }
}
