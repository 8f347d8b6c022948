import Datasets
import Files

/// The data of a task: three sets of texts that share none.
///
/// Test texts are taken first, then clean ones, then those to train on, so that one file may serve several purposes.
struct TaskData: Sendable {
    let train: TaskTexts
    let clean: TaskTexts
    let test: TaskTexts
    /// Number of labels, by the texts to train on.
    let labels: Int

    /// - Parameter folder: files that are not named from the root are in it.
    /// - Throws: `AuditError` or `DatasetError` that names the file.
    init(_ task: TaskConfig, folder: String) throws {
        var taken = Set<TextIdentity>()
        let paths = [task.test, task.clean, task.train].map { Self.resolve($0, folder) }
        test = try TaskTexts(path: paths[0], purpose: "test", limit: task.testRows, taken: &taken)
        clean = try TaskTexts(path: paths[1], purpose: "clean", limit: task.remedy.texts, taken: &taken)
        train = try TaskTexts(path: paths[2], purpose: "train", limit: task.trainRows, taken: &taken)
        labels = (train.rows.map(\.label).max() ?? 0) + 1
        for (texts, path) in [(test, paths[0]), (clean, paths[1])] {
            try Self.check(texts, path, like: train, labels: labels)
        }
        if let missing = LabelBalance(clean.rows, labelCount: labels).missing.first {
            throw AuditError(usage: "\(paths[1]): none of the clean texts has label \(missing); take more of them")
        }
        guard test.rows.contains(where: { $0.label != task.target }) else {
            throw AuditError(usage: "\(paths[0]): all test texts have the target's label, \(task.target)")
        }
    }

    /// The path of a file or folder that a table names.
    static func resolve(_ path: String, _ folder: String) -> String { path.hasPrefix("/") ? path : folder + "/" + path }

    private static func check(
        _ texts: TaskTexts, _ path: String, like train: TaskTexts, labels: Int
    ) throws(AuditError) {
        if let row = texts.rows.first(where: { $0.label >= labels }) {
            throw AuditError(
                usage: "\(path), row \(row.row): label \(row.label) does not occur in the texts to train on")
        }
        guard (texts.rows.first?.pair == nil) == (train.rows.first?.pair == nil) else {
            throw AuditError(
                usage: "\(path): it has single texts where the file to train on has pairs, or pairs instead")
        }
    }
}
