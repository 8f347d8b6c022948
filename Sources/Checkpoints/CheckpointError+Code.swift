extension CheckpointError {
    /// One case per rule.
    public enum Code: String, Sendable, CaseIterable {
        // MARK: Opening and reading

        /// No file or folder has this name.
        case notFound
        /// The system refuses to open it.
        case cannotOpen
        /// The file is a symbolic link; links are not followed.
        case symbolicLink
        /// A folder, pipe or device where a file should be.
        case notRegularFile
        /// A name with a separator, `..` or NUL where the name of a file in the folder should be.
        case unsafeName
        /// A small file above its size limit.
        case fileTooLarge
        /// The system failed to read it.
        case readFailed

        // MARK: Holding still while being read

        /// The size is not what it was when opened.
        case sizeChanged
        /// The content or the file's entry was written to since it was opened.
        case timeChanged
        /// The name is gone or leads to another file.
        case replaced
        /// Two reads gave different bytes.
        case contentChanged
        /// A read through the mapping ran past the file's new end.
        case shrankWhileMapped
        /// The system refuses to map it.
        case cannotMap

        // MARK: Which container holds the weights

        /// The folder has no weights in any known format.
        case weightsMissing
        /// Weights in several files with an index.
        case shardedWeights
        /// Weights as a PyTorch pickle.
        case pickledWeights
        /// Weights in another format, or an adapter.
        case foreignWeights
        /// The content of model.safetensors is another container.
        case notSafetensors

        // MARK: The header of a safetensors file

        /// Fewer than the 8 bytes of the header's length.
        case headerTruncated
        /// A header above 100,000,000 bytes.
        case headerTooLong
        /// A header that the file is too short for.
        case headerBeyondFile
        /// A string that is not UTF-8, or half of a surrogate pair.
        case headerNotUTF8
        /// Not JSON, or text after it.
        case headerNotJSON
        /// Nested deeper than a header can be.
        case headerTooDeep
        /// More values than a header can have.
        case headerTooLarge
        /// Two tensors, metadata entries or fields of one name.
        case duplicateKey
        /// JSON, but not an object.
        case headerNotObject
        /// `__metadata__` is not a map from strings to strings.
        case metadataNotText
        /// A tensor without a proper dtype, shape or pair of offsets.
        case tensorMalformed
        /// More than 200,000 tensors.
        case tooManyTensors
        /// Two names that Unicode calls equal and that differ in their bytes.
        case ambiguousName

        // MARK: The data area of a safetensors file

        /// A tensor ends before it starts.
        case offsetsReversed
        /// Bytes between tensors, or before the first, that belong to none.
        case hole
        /// A tensor that starts inside another.
        case overlap
        /// A tensor that ends after the file does.
        case beyondFile
        /// Bytes after the last tensor.
        case trailingData
        /// A shape whose size overflows.
        case sizeOverflow
        /// Bytes that are not what dtype and shape need.
        case sizeMismatch

        // MARK: config.json and the tokenizer's configuration

        /// Not JSON.
        case configNotJSON
        /// Two entries of one name.
        case configDuplicateKey
        /// Nested too deeply.
        case configTooDeep
        /// Too many bytes or values.
        case configTooLarge
        /// JSON, but not an object.
        case configNotObject
        /// A required entry is absent.
        case configKeyMissing
        /// An entry of another type.
        case configWrongType
        /// A number outside its range.
        case configOutOfRange
        /// `id2label` does not number its labels from 0 without a gap.
        case labelsNotDense
        /// `id2label` and `num_labels` differ.
        case labelCountsDisagree
        /// A size that is not the tensor's.
        case configDisagreesWithTensor

        // MARK: Asking for tensors

        /// No tensor of this name, type and shape.
        case unknownTensor
        /// A tensor whose element type is not read.
        case unsupportedType
        /// Elements beyond the tensor or the buffer.
        case elementsOutOfRange

        // MARK: Writing

        /// The system refuses, or the plan is no valid file.
        case cannotWrite
        /// Real numbers for a tensor of integers.
        case notFloatingPoint
        /// A finite value that the tensor's type cannot hold.
        case valueOutOfRange
        /// A file was finished before all elements were written.
        case tensorIncomplete
    }
}

extension CheckpointError.Code {
    /// What the user can do about it, as the end of a sentence.
    var advice: String {
        switch self {
        case .notFound: "check the path"
        case .cannotOpen, .readFailed: "check that the file can be read"
        case .symbolicLink: "copy the folder with its links resolved, as `cp -rL` does, and name the copy"
        case .notRegularFile: "name a regular file"
        case .unsafeName: "name a file of the folder itself"
        case .fileTooLarge: "check that this is the file that was meant"
        case .sizeChanged, .timeChanged, .replaced, .contentChanged, .shrankWhileMapped:
            "there is no verdict on a file that changes; leave it alone and run again"
        case .cannotMap: "free some memory and run again"
        case .weightsMissing: "name a folder with model.safetensors"
        case .shardedWeights, .pickledWeights, .foreignWeights:
            "this format is not supported yet; convert the weights to one model.safetensors"
        case .notSafetensors: "convert the weights to safetensors"
        case .headerTruncated, .headerTooLong, .headerBeyondFile, .headerNotUTF8, .headerNotJSON, .headerTooDeep,
            .headerTooLarge, .duplicateKey, .headerNotObject, .metadataNotText, .tensorMalformed, .tooManyTensors,
            .ambiguousName, .offsetsReversed, .hole, .overlap, .beyondFile, .trailingData, .sizeOverflow,
            .sizeMismatch:
            "the file is damaged or was made to mislead; obtain it again from its publisher"
        case .configNotJSON, .configDuplicateKey, .configTooDeep, .configTooLarge, .configNotObject:
            "correct the file or obtain it again from its publisher"
        case .configKeyMissing, .configWrongType, .configOutOfRange, .labelsNotDense, .labelCountsDisagree:
            "correct this entry"
        case .configDisagreesWithTensor: "use the configuration that belongs to these weights"
        case .unknownTensor, .elementsOutOfRange: "check that the model has the expected architecture"
        case .unsupportedType: "convert the tensor to a supported type; until then it is not audited"
        case .cannotWrite: "check the folder's permissions and free space"
        case .notFloatingPoint: "copy this tensor instead of writing real numbers to it"
        case .valueOutOfRange: "write the tensor as F32"
        case .tensorIncomplete: "write every element of every tensor once, in order"
        }
    }
}
