public import Tensors

extension Parameters {
    /// Draws a parameter fresh, by its own kind.
    public func initialize(_ parameter: Parameter, deviation: Double, seed: UInt64) {
        let target = floats(parameter)
        switch parameter.initialization {
        case .zeros: target.update(repeating: 0)
        case .ones: target.update(repeating: 1)
        case .normal:
            let random = CounterRandom(seed: seed, stream: "initialize/" + parameter.name)
            for i in target.indices { target[i] = Float(random.normal(at: UInt64(i)) * deviation) }
        }
    }
}
