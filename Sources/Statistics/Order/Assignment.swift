/// The assignment of rows to columns, one to one, whose weights add up to most.
///
/// The Hungarian method with potentials (Kuhn 1955, Munkres 1957), in the cube of the number of rows.
/// - Parameter weights: [row][column], as many columns as rows.
/// - Returns: the column of each row; of equal assignments always the same one.
public func heaviestAssignment(_ weights: [[Int]]) -> [Int] {
    let count = weights.count
    precondition(weights.allSatisfy { $0.count == count }, "the matrix must be square")
    // Rows and columns count from 1; row and column 0 stand for "none yet".
    var rowPotential = [Int](repeating: 0, count: count + 1)
    var columnPotential = [Int](repeating: 0, count: count + 1)
    var rowOfColumn = [Int](repeating: 0, count: count + 1)
    for row in 0..<count {
        rowOfColumn[0] = row + 1
        var slack = [Int](repeating: .max, count: count + 1)
        var previous = [Int](repeating: 0, count: count + 1)
        var isVisited = [Bool](repeating: false, count: count + 1)
        var column = 0
        // Grows a tree of alternating paths until it reaches a free column.
        repeat {
            isVisited[column] = true
            let current = rowOfColumn[column]
            var (step, next) = (Int.max, 0)
            for other in 1...count where !isVisited[other] {
                let reduced = -weights[current - 1][other - 1] - rowPotential[current] - columnPotential[other]
                if reduced < slack[other] { (slack[other], previous[other]) = (reduced, column) }
                if slack[other] < step { (step, next) = (slack[other], other) }
            }
            for other in 0...count {
                if isVisited[other] {
                    rowPotential[rowOfColumn[other]] += step
                    columnPotential[other] -= step
                } else if slack[other] < .max {
                    slack[other] -= step
                }
            }
            column = next
        } while rowOfColumn[column] != 0
        // Moves every row of the path that was found by one column.
        while column != 0 {
            rowOfColumn[column] = rowOfColumn[previous[column]]
            column = previous[column]
        }
    }
    var columns = [Int](repeating: 0, count: count)
    for column in 1..<(count + 1) { columns[rowOfColumn[column] - 1] = column - 1 }
    return columns
}
