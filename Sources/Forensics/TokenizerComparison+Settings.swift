import StrictJSON

extension TokenizerComparison {
    /// Fields of tokenizer_config.json that do not change the ids of a text.
    static let configBookkeeping: Set<String> = [
        "backend", "clean_up_tokenization_spaces", "is_local", "local_files_only", "max_length", "model_input_names",
        "model_max_length", "model_type", "name_or_path", "pad_to_multiple_of", "pad_token_type_id", "padding_side",
        "processor_class", "special_tokens_map_file", "stride", "tokenizer_class", "tokenizer_file",
        "truncation_side", "truncation_strategy",
    ]

    /// What an absent field of tokenizer_config.json means.
    private static let defaults: [String: JSONValue] = [
        "do_basic_tokenize": .bool(true), "do_lower_case": .bool(true), "tokenize_chinese_chars": .bool(true),
    ]

    /// The settings of one file that differ, fields prefixed with its name.
    ///
    /// A file that one model lacks is bookkeeping: what it would change shows in the vocabulary and in the encodings.
    static func settings(
        _ suspect: [UInt8]?, _ base: [UInt8]?, file: String, prepare: (JSONObject) -> JSONObject,
        bookkeeping: Set<String>
    ) -> [SettingDifference] {
        if suspect == base { return [] }
        guard let suspect, let base else {
            return [
                SettingDifference(
                    .tokenizerSetting, field: file, suspect: suspect.map { _ in "present" },
                    base: base.map { _ in "present" },
                    material: false)
            ]
        }
        let values = (try? JSONValue(parsing: suspect), try? JSONValue(parsing: base))
        guard let a = values.0?.objectValue, let b = values.1?.objectValue else {
            func state(_ value: JSONValue?) -> String { value?.objectValue == nil ? "not a JSON object" : "readable" }
            return [
                SettingDifference(
                    .tokenizerSetting, field: file, suspect: state(values.0), base: state(values.1), material: true)
            ]
        }
        let walk = SettingWalk(
            subject: .tokenizerSetting, prefix: file + ": ", defaults: defaults,
            isMaterial: { !bookkeeping.contains($0) })
        return walk.differences(suspect: prepare(a), base: prepare(b))
    }

    /// tokenizer.json without its vocabulary and merges, which are compared one by one, with added tokens by their content
    /// and the parts of sequences by their place.
    static func pipeline(_ json: JSONObject) -> JSONObject {
        var result = json
        if var model = json["model"]?.objectValue {
            model["vocab"] = nil
            model["merges"] = nil
            result["model"] = .object(model)
        }
        for (component, parts) in [
            ("normalizer", "normalizers"), ("pre_tokenizer", "pretokenizers"), ("post_processor", "processors"),
        ] {
            guard var sequence = json[component]?.objectValue, let list = sequence[parts]?.arrayValue else { continue }
            var byPlace = JSONObject()
            for (place, part) in list.enumerated() { byPlace["\(place)"] = part }
            sequence[parts] = .object(byPlace)
            result[component] = .object(sequence)
        }
        if let tokens = json["added_tokens"]?.arrayValue {
            var byContent = JSONObject()
            for token in tokens {
                guard let content = token.objectValue?["content"]?.stringValue else { continue }
                byContent[content] = token
            }
            result["added_tokens"] = .object(byContent)
        }
        return result
    }
}
