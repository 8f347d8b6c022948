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
        /// Weights in another format, or several files that could be them.
        case foreignWeights
        /// The content of a file of weights is another container.
        case foreignContainer
        /// The tar or bare-pickle form of PyTorch before 1.6.
        case legacyPyTorch
        /// A LoRA adapter where a whole model should be.
        case adapterAlone
        /// A LoRA adapter beside a model's weights, so that it is unclear what other software loads.
        case adapterBesideWeights

        // MARK: The index of shards

        /// Not JSON, or no map from tensors to files.
        case indexMalformed
        /// More shards than are opened.
        case tooManyShards
        /// A tensor that is not in the shard which the index names.
        case shardLacksTensor
        /// A tensor in two shards.
        case tensorInTwoShards

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

        // MARK: A GGUF file

        /// Another start than the letters GGUF.
        case ggufMagic
        /// Another version than 2 and 3.
        case ggufVersion
        /// A header that goes on beyond the file.
        case ggufTruncated
        /// A header above 128 MiB.
        case ggufTooLong
        /// More than 65,536 entries of metadata.
        case ggufTooManyKeys
        /// An empty name, or one above 65,535 bytes.
        case ggufName
        /// A text above 16 MiB.
        case ggufTextTooLong
        /// A text that is not UTF-8.
        case ggufTextNotUTF8
        /// A value of an unknown type.
        case ggufValueType
        /// A Boolean other than 0 and 1.
        case ggufBoolean
        /// Arrays that lie too deep in one another.
        case ggufTooDeep
        /// More than 4,000,000 values in arrays.
        case ggufTooManyValues
        /// An alignment that is no power of two, or is too large.
        case ggufAlignment
        /// Two tensors of one name, or of names that look the same.
        case ggufDuplicateTensor
        /// A tensor of more than four dimensions.
        case ggufRank
        /// A tensor of a type whose size is unknown.
        case ggufTensorType
        /// Rows that are no whole number of blocks.
        case ggufRow
        /// A tensor that does not start at a multiple of the alignment.
        case ggufUnaligned
        /// One part of a model that is divided into several files.
        case ggufPart
        /// An architecture whose tensors cannot be named.
        case ggufArchitecture
        /// Metadata that is absent, of another type or out of range.
        case ggufMetadata
        /// Rotary positions that config.json cannot express.
        case ggufPositions
        /// A tensor whose shape the metadata contradicts.
        case ggufShape
        /// A kind of tokenizer, or a rule of dividing words, that is not known.
        case ggufTokenizer
        /// Tokens, merges or special tokens that do not fit together.
        case ggufVocabulary

        // MARK: The zip file of a PyTorch checkpoint

        /// A record that is not as it must be.
        case zipMalformed
        /// A member that is compressed.
        case zipCompressed
        /// A member that is encrypted.
        case zipEncrypted
        /// Two members of one name.
        case zipDuplicateName
        /// A member's name that is no plain path, or outside the archive's folder.
        case zipUnsafeName
        /// A local header that is not what the central directory says.
        case zipHeadersDisagree
        /// A data descriptor that is not what the central directory says.
        case zipDescriptorDisagrees
        /// Members that share bytes.
        case zipOverlap
        /// Bytes that belong to no member.
        case zipHole
        /// A member without its recorded CRC-32.
        case zipChecksum
        /// A program beside the weights.
        case torchScript
        /// Numbers that are not little-endian.
        case byteOrder

        // MARK: The pickle of a PyTorch checkpoint

        /// An archive without data.pkl.
        case pickleMissing
        /// A pickle above 64 MiB.
        case pickleTooLarge
        /// A pickle of another protocol than 2.
        case pickleProtocol
        /// A pickle that ends within a value.
        case pickleTruncated
        /// Bytes after the pickle's end.
        case pickleTrailingData
        /// An opcode that state dicts do not need.
        case pickleOpcode
        /// A global other than OrderedDict, the two rebuilding functions and storages.
        case pickleGlobal
        /// A call, or an object, that is not one of a tensor, a parameter or an OrderedDict.
        case pickleCall
        /// SETITEM on something that is no dictionary, or under a key that is no text.
        case pickleSetItem
        /// APPEND to something that is no list.
        case pickleAppend
        /// BUILD of something that is neither an OrderedDict nor a tensor.
        case pickleBuild
        /// A key that is set twice.
        case pickleDuplicateKey
        /// A persistent id other than ("storage", type, key, location, count).
        case picklePersistentID
        /// A value taken from an empty stack, or left on it.
        case pickleStack
        /// More values on the stack than are accepted.
        case pickleStackTooDeep
        /// A value recalled that was never remembered.
        case pickleMemoMissing
        /// More values remembered than are accepted.
        case pickleMemoTooLarge
        /// More values than are accepted.
        case pickleTooManyValues
        /// An integer beyond 64 bits.
        case pickleNumber
        /// A text that is not UTF-8.
        case pickleText
        /// What is pickled is not a dictionary of tensors.
        case notStateDict
        /// One storage described in two ways.
        case storageDisagrees
        /// A storage that the archive lacks.
        case storageMissing
        /// A storage whose member has another size.
        case storageSize
        /// A tensor that reaches beyond its storage.
        case outsideStorage
        /// A tensor with more elements than its storage.
        case tensorExpanded
        /// Storages that stand for many times their content.
        case storageSharedTooOften

        // MARK: LoRA adapters

        /// A kind of adapter, or an option of LoRA, that is not supported.
        case adapterUnsupported
        /// An adapter's tensor that belongs to no module of the base, or is left over.
        case adapterUnknownTensor
        /// A module that the configuration targets and the weights lack, or the other way round.
        case adapterTargets
        /// A tensor whose shape fits neither rank nor base.
        case adapterShape

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
        /// Steps of a tensor that was not quantised.
        case notQuantized
        /// Elements beyond the tensor or the buffer.
        case elementsOutOfRange

        // MARK: Writing

        /// The system refuses, or the plan is no valid file.
        case cannotWrite
        /// Real numbers for a tensor of integers or of eight bits.
        case notFloatingPoint
        /// A finite value that the tensor's type cannot hold.
        case valueOutOfRange
        /// A folder that already holds something.
        case folderNotEmpty
        /// A file was finished before all elements were written.
        case tensorIncomplete
    }
}
