/// Why a remedy could not be applied to a tensor.
public enum RemedyError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The buffers of tensor `name` do not have the same number of elements.
    case counts(name: String, suspect: Int, base: Int, output: Int)
    /// The reserve ratio is not a number from 0 to 1.
    case ratio(Double)
    /// A row of tensor `name` lies outside the suspect's or the base's rows.
    case row(name: String, row: Int, rows: Int)
    /// Tensor `name` does not consist of whole rows of `width` elements.
    case width(name: String, width: Int, count: Int)

    /// One sentence that names the tensor and says what to do.
    public var description: String {
        switch self {
        case .counts(let name, let suspect, let base, let output):
            """
            tensor "\(name)" has \(suspect) elements in the suspect, \(base) in the base and \(output) in the result; \
            mix only tensors of one shape
            """
        case .ratio(let rho):
            "the reserve ratio is \(rho); give a number from 0 to 1"
        case .row(let name, let row, let rows):
            "row \(row) of tensor \"\(name)\" cannot be reset, because only \(rows) rows exist in both models"
        case .width(let name, let width, let count):
            "tensor \"\(name)\" has \(count) elements, which are not rows of \(width); give the matrix's second dimension"
        }
    }
}
