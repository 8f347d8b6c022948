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
        case .weightsMissing: "name a folder with model.safetensors or pytorch_model.bin, whole or in shards"
        case .foreignWeights, .foreignContainer: "convert the weights to safetensors"
        case .legacyPyTorch: "load it in a sandbox and save it again with a current PyTorch, or obtain safetensors"
        case .adapterAlone: "name it as the suspect, and its base with --base"
        case .adapterBesideWeights: "move the adapter or the weights to a folder of their own and audit each"
        case .adapterUnsupported: "merge the adapter into its base with PEFT and audit the merged model"
        case .adapterUnknownTensor, .adapterTargets, .adapterShape:
            "give the base that the adapter was trained on, or obtain the adapter again"
        case .torchScript, .notStateDict: "save the model's state_dict() alone, or obtain safetensors"
        case .byteOrder: "convert the weights to safetensors"
        case .tooManyShards: "join the shards to fewer files"
        case .headerTruncated, .headerTooLong, .headerBeyondFile, .headerNotUTF8, .headerNotJSON, .headerTooDeep,
            .headerTooLarge, .duplicateKey, .headerNotObject, .metadataNotText, .tensorMalformed, .tooManyTensors,
            .ambiguousName, .offsetsReversed, .hole, .overlap, .beyondFile, .trailingData, .sizeOverflow,
            .sizeMismatch, .indexMalformed, .shardLacksTensor, .tensorInTwoShards, .zipMalformed, .zipCompressed,
            .zipEncrypted, .zipDuplicateName, .zipUnsafeName, .zipHeadersDisagree, .zipDescriptorDisagrees,
            .zipOverlap, .zipHole, .zipChecksum, .pickleMissing, .pickleTooLarge, .pickleProtocol, .pickleTruncated,
            .pickleTrailingData, .pickleOpcode, .pickleGlobal, .pickleCall, .pickleSetItem, .pickleAppend,
            .pickleBuild, .pickleDuplicateKey, .picklePersistentID, .pickleStack, .pickleStackTooDeep,
            .pickleMemoMissing, .pickleMemoTooLarge, .pickleTooManyValues, .pickleNumber, .pickleText,
            .storageDisagrees, .storageMissing, .storageSize, .outsideStorage, .tensorExpanded,
            .storageSharedTooOften, .ggufTruncated, .ggufTooLong, .ggufTooManyKeys, .ggufName, .ggufTextTooLong,
            .ggufTextNotUTF8, .ggufValueType, .ggufBoolean, .ggufTooDeep, .ggufTooManyValues, .ggufAlignment,
            .ggufDuplicateTensor, .ggufRank, .ggufRow, .ggufUnaligned, .ggufMetadata, .ggufShape, .ggufVocabulary:
            "the file is damaged or was made to mislead; obtain it again from its publisher"
        case .ggufMagic: "name a folder, or a file in the format GGUF"
        case .ggufVersion: "convert the model again with a current llama.cpp"
        case .ggufPart: "join the parts with llama-gguf-split --merge"
        case .ggufTensorType, .ggufArchitecture, .ggufPositions, .ggufTokenizer:
            "give the model as a folder that transformers loads, or as a GGUF file of another kind"
        case .configNotJSON, .configDuplicateKey, .configTooDeep, .configTooLarge, .configNotObject:
            "correct the file or obtain it again from its publisher"
        case .configKeyMissing, .configWrongType, .configOutOfRange, .labelsNotDense, .labelCountsDisagree:
            "correct this entry"
        case .configDisagreesWithTensor: "use the configuration that belongs to these weights"
        case .unknownTensor, .elementsOutOfRange: "check that the model has the expected architecture"
        case .unsupportedType: "convert the tensor to a supported type; until then it is not audited"
        case .notQuantized: "ask for steps of quantised tensors alone"
        case .cannotWrite: "check the folder's permissions and free space"
        case .notFloatingPoint: "copy this tensor instead of writing real numbers to it"
        case .valueOutOfRange: "write the tensor as F32"
        case .folderNotEmpty: "name a folder that is new or empty"
        case .tensorIncomplete: "write every element of every tensor once, in order"
        }
    }
}
