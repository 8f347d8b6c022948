import StrictJSON

extension ModelFolder {
    /// The model with as many rows of word embeddings as another one has, so that it can run on the other's tokens.
    ///
    /// Added rows are the mean of the others, as transformers' resize_token_embeddings sets them. Without word
    /// embeddings, or with as many rows, it is the model itself.
    public func resized(vocabulary rows: Int) throws(CheckpointError) -> ModelFolder {
        let parts = checkpoint.parts
        guard let index = parts.sources.firstIndex(where: { TensorName($0.tensor.name).isWordEmbedding }),
            case let tensor = parts.sources[index].tensor, tensor.shape.count == 2, tensor.shape[0] != rows, rows > 0
        else { return self }
        let mean = try meanRow(tensor)
        guard let resized = ResizedTensor(parts.sources[index], rows: rows, added: mean) else { return self }
        var sources = parts.sources
        sources[index] = resized
        var json = config.json
        if json["vocab_size"] != nil { json["vocab_size"] = .integer(rows) }
        return ModelFolder(
            self, config: try ModelConfig(json: json, file: config.file),
            checkpoint: Checkpoint(
                file: checkpoint.file, sources: sources, unsupported: checkpoint.unsupported,
                mappings: parts.mappings, notes: checkpoint.notes, lowRankUpdates: checkpoint.lowRankUpdates))
    }

    private func meanRow(_ tensor: TensorDescription) throws(CheckpointError) -> [Float] {
        let (rows, width) = (tensor.shape[0], tensor.shape[1])
        var sums = [Double](repeating: 0, count: width)
        var row = [Float](repeating: 0, count: width)
        for index in 0..<rows {
            try row.withUnsafeMutableBufferPointer { buffer throws(CheckpointError) in
                try checkpoint.read(tensor.name, elements: index * width..<(index + 1) * width, into: buffer)
            }
            for column in 0..<width { sums[column] += Double(row[column]) }
        }
        return sums.map { Float($0 / Double(max(1, rows))) }
    }
}
