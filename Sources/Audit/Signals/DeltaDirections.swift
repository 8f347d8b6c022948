import Kernels
import Statistics
import Synchronization
import Tensors
import Transformers

/// The leading right singular vectors of each matrix' Δ: the inputs that the change answers most strongly.
///
/// Word embeddings, which read ids, are left out.
struct DeltaDirections {
    /// Directions of each matrix.
    static let perMatrix = 2

    /// A matrix and its directions, strongest first: unit vectors of as many floats as it has columns.
    struct OfMatrix {
        let parameter: Parameter
        let directions: [[Float]]
    }

    /// In the layout's order.
    let matrices: [OfMatrix]

    /// - Parameter columns: takes matrices with so many columns alone; nil takes all.
    init(_ weights: PairedWeights, columns: Int? = nil, workers: Workers) throws {
        let found = Mutex<[String: [[Float]]]>([:])
        let embeddings = weights.suspect.architecture.wordEmbeddings.name
        _ = try weights.treat(workers: workers) { parameter, values, base in
            guard parameter.shape.count == 2, parameter.name != embeddings,
                columns.map({ $0 == parameter.columns }) ?? true
            else { return }
            for i in values.indices { values[i] -= base[i] }
            let directions = LeadingDirections.right(
                of: UnsafeBufferPointer(values), columns: parameter.columns, count: Self.perMatrix)
            found.withLock { $0[parameter.name] = directions.map { $0.map(Float.init) } }
        }
        matrices = found.withLock { found in
            weights.treated.compactMap { parameter in
                found[parameter.name].map { OfMatrix(parameter: parameter, directions: $0) }
            }
        }
    }
}
