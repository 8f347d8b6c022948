internal import Checkpoints
internal import FoundationEssentials
internal import Kernels
internal import Tensors

#if canImport(Glibc)
    internal import Glibc
#endif

/// Where a training is saved every so many steps, so that a killed one goes on to the same bits.
///
/// The folder holds `training.json` and the file of weights and moments that it names; a new pair replaces the old one
/// in one step.
public struct TrainingCheckpoint: Sendable {
    private let folder: String
    private let everySteps: Int

    /// - Parameters:
    ///   - folder: exists; one training at a time uses it.
    ///   - everySteps: steps between two saves, at least 1; the end of an epoch may be saved too.
    public init(folder: String, everySteps: Int) {
        self.folder = folder
        self.everySteps = max(1, everySteps)
    }

    private struct File: Codable {
        let state: TrainingState
        /// Name of the file of weights.
        let weights: String
        let hasBest: Bool
    }

    private var statePath: String { folder + "/training.json" }

    /// Saves, if it is due.
    func save(_ state: TrainingState, of run: TrainingRun, _ parameters: Parameters) throws {
        guard state.steps % everySteps == 0 else { return }
        // Rows that were not read lately are brought up to date now instead of later: the bits are the same.
        run.finish()
        var buffers = [("parameters", parameters.values), ("first", run.moments.first), ("second", run.moments.second)]
        if let best = state.best { buffers.append(("best", best)) }
        let tensors = buffers.compactMap {
            TensorDescription(name: $0.0, dtype: .f32, shape: [parameters.layout.count])
        }
        let name = "training-\(state.steps).safetensors"
        var writer = try SafetensorsWriter(path: folder + "/" + name, tensors: tensors)
        for (name, buffer) in buffers {
            try withExtendedLifetime(buffer) { try writer.write(UnsafeBufferPointer(buffer.floats), to: name) }
        }
        try writer.finish()
        let before = try read()
        let file = File(state: state, weights: name, hasBest: state.best != nil)
        try AtomicFile.write(Array(try JSONEncoder().encode(file)), to: statePath)
        if let before, before.weights != name { unlink(folder + "/" + before.weights) }
    }

    /// Puts a saved training in place; leaves all as it is where none is saved.
    ///
    /// - Throws: `ModelError` where the saved training is another one.
    func load(_ state: inout TrainingState, into run: TrainingRun, _ parameters: Parameters) throws {
        guard let file = try read() else { return }
        guard file.state.key == state.key else {
            throw ModelError(
                .checkpointMismatch, file: statePath,
                detail:
                    "this is the checkpoint of another training; give the same model, data and settings, or another "
                    + "folder")
        }
        let checkpoint = try Checkpoint(path: folder + "/" + file.weights)
        func fill(_ buffer: FloatBuffer, _ name: String) throws {
            try withExtendedLifetime(buffer) {
                try checkpoint.read(name, elements: 0..<parameters.layout.count, into: buffer.floats)
            }
        }
        try fill(parameters.values, "parameters")
        try fill(run.moments.first, "first")
        try fill(run.moments.second, "second")
        state = file.state
        if file.hasBest {
            let best = FloatBuffer(count: parameters.layout.count)
            try fill(best, "best")
            state.best = best
        }
        run.resume(after: state.steps)
    }

    /// Removes what was saved: the training is done.
    func remove() {
        if let file = try? read() { unlink(folder + "/" + file.weights) }
        unlink(statePath)
    }

    private func read() throws -> File? {
        guard access(statePath, F_OK) == 0 else { return nil }
        let bytes = try InputFile(path: statePath).bytes(limit: 1 << 28)
        guard let file = try? JSONDecoder().decode(File.self, from: Data(bytes)),
            !file.weights.contains("/"), file.weights.hasPrefix("training-")
        else {
            throw ModelError(
                .checkpointMismatch, file: statePath, detail: "this is not a checkpoint of Assay's; give another folder"
            )
        }
        return file
    }
}
