import Glibc

/// The optimal hard threshold for singular values under white noise of unknown level: the smallest one worth keeping,
/// as a multiple of the median singular value.
///
/// ω(β) = λ*(β) / √μ(β), with μ the median of the Marčenko–Pastur law. Gavish and Donoho, "The Optimal Hard Threshold
/// for Singular Values is 4/√3", IEEE Transactions on Information Theory 60(8), 2014.
///
/// - Parameter aspectRatio: shorter side of the matrix ÷ the longer one, above 0 and at most 1.
public func hardThresholdCoefficient(aspectRatio: Double) -> Double {
    let next = aspectRatio + 1
    let known = 2 * next + 8 * aspectRatio / (next + (next * next + 12 * aspectRatio).squareRoot())
    return (known / marchenkoPasturMedian(aspectRatio: aspectRatio)).squareRoot()
}

/// Median of the Marčenko–Pastur law: of the squared singular values of a matrix of independent noise with variance
/// 1 ÷ its longer side.
///
/// - Parameter aspectRatio: shorter side ÷ longer side, above 0 and at most 1.
public func marchenkoPasturMedian(aspectRatio: Double) -> Double {
    let (centre, half) = (1 + aspectRatio, 2 * aspectRatio.squareRoot())
    // x = centre − half · cos θ turns the density into 2 sin² θ / (π x), which is smooth on 0...π.
    let steps = 1 << 14
    let width = Double.pi / Double(steps)
    var below = 0.0
    for step in 0..<steps {
        let angle = (Double(step) + 0.5) * width
        let mass = 2 * sin(angle) * sin(angle) / (.pi * (centre - half * cos(angle))) * width
        if below + mass >= 0.5 {
            return centre - half * cos((Double(step) + (0.5 - below) / mass) * width)
        }
        below += mass
    }
    return centre + half
}
