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

    /// A matrix and its directions, strongest first: unit vectors of as many floats as it has inputs.
    struct OfMatrix {
        let parameter: Parameter
        let directions: [[Float]]
    }

    /// In the layout's order.
    let matrices: [OfMatrix]

    /// - Parameter columns: takes matrices with so many inputs alone; nil takes all.
    init(_ weights: PairedWeights, columns: Int? = nil, workers: Workers) throws {
        let network = weights.suspect.architecture
        let found = Mutex<[String: [[Float]]]>([:])
        let embeddings = network.wordEmbeddings.name
        _ = try weights.treat(workers: workers) { parameter, values, base in
            guard parameter.shape.count == 2, parameter.name != embeddings else { return }
            let isTransposed = network.storesInputsFirst(parameter)
            let inputs = isTransposed ? parameter.rows : parameter.columns
            guard columns.map({ $0 == inputs }) ?? true else { return }
            for i in values.indices { values[i] -= base[i] }
            if isTransposed { Self.transpose(values, columns: parameter.columns) }
            let directions = LeadingDirections.right(
                of: UnsafeBufferPointer(values), columns: inputs, count: Self.perMatrix)
            found.withLock { $0[parameter.name] = directions.map { $0.map(Float.init) } }
        }
        matrices = found.withLock { found in
            weights.treated.compactMap { parameter in
                found[parameter.name].map { OfMatrix(parameter: parameter, directions: $0) }
            }
        }
    }

    /// Exchanges rows and columns in place.
    private static func transpose(_ matrix: UnsafeMutableBufferPointer<Float>, columns: Int) {
        let rows = matrix.count / max(1, columns)
        let values = Array(matrix)
        for row in 0..<rows {
            for column in 0..<columns { matrix[column * rows + row] = values[row * columns + column] }
        }
    }
}
