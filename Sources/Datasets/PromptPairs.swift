import StrictJSON

/// Reads prompts with their responses from JSON Lines: UTF-8, one object a line.
///
/// A line is `{"prompt": "…", "response": "…"}`, or `{"messages": [{"role": "user", "content": "…"}, …]}` whose last
/// message is the assistant's. A `"context"` is a system prompt that is put in front. Other keys are left aside.
public enum PromptPairs {
    /// The rows of a file.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - file: its name, for errors.
    ///   - limits: how much is accepted; a field is the text of one message.
    ///   - needsResponses: whether a prompt without a response is refused; otherwise its response is empty.
    public static func read(
        bytes: [UInt8], file: String, limits: DatasetLimits = .default, needsResponses: Bool = true
    ) throws(DatasetError) -> [PromptPair] {
        let lines = try DataLines(bytes, file: file, limits: limits).all
        guard !lines.isEmpty else {
            throw DatasetError(.empty, file: file, reason: "the file is empty; give it a prompt and a response a line")
        }
        guard lines.count <= limits.maxRows else {
            throw DatasetError(
                .tooLarge, file: file, reason: "the file has more than \(limits.maxRows) rows; give fewer")
        }
        var pairs: [PromptPair] = []
        for (index, line) in lines.enumerated() {
            let reader = PromptLine(file: file, row: index + 1, limits: limits, needsResponses: needsResponses)
            pairs.append(try reader.pair(line))
        }
        return pairs
    }
}

/// One line of a file of prompts.
private struct PromptLine {
    let file: String
    let row: Int
    let limits: DatasetLimits
    let needsResponses: Bool

    /// Levels and values of one line's JSON; a conversation of 20,000 messages stays below.
    private static let (deepest, mostValues) = (16, 100_000)

    func pair(_ line: ArraySlice<UInt8>) throws(DatasetError) -> PromptPair {
        let object = try object(line)
        var messages = try object["messages"].map { value throws(DatasetError) in try self.messages(value) } ?? []
        var response: String?
        if object["messages"] == nil {
            guard let prompt = object["prompt"] else {
                throw error(.invalidJSON, "the line has neither \"prompt\" nor \"messages\"; give one of them")
            }
            messages = [PromptMessage(.user, try text(prompt, "prompt"))]
            response = try object["response"].map { value throws(DatasetError) in try text(value, "response") }
        } else if object["prompt"] != nil || object["response"] != nil {
            throw error(.invalidJSON, "the line has \"messages\" beside \"prompt\" or \"response\"; give one form")
        } else if messages.last?.role == .assistant {
            response = messages.popLast()?.content
        }
        guard let response = response ?? (needsResponses ? nil : ""), !messages.isEmpty else {
            throw error(.missingResponse, "the prompt has no response; add \"response\" or a last assistant message")
        }
        if let context = object["context"] {
            guard messages.first?.role != .system else {
                throw error(.invalidJSON, "the line has a \"context\" and a system message; give one of them")
            }
            messages.insert(PromptMessage(.system, try text(context, "context")), at: 0)
        }
        return PromptPair(row: row, messages: messages, response: response)
    }

    private func object(_ line: ArraySlice<UInt8>) throws(DatasetError) -> JSONObject {
        guard line.count <= limits.maxLineBytes else {
            throw error(.tooLarge, "a line is longer than \(limits.maxLineBytes) bytes; shorten it")
        }
        guard !line.isEmpty else { throw error(.invalidRow, "the line is blank; remove it") }
        guard String(validating: line, as: UTF8.self) != nil else {
            throw error(.invalidUTF8, "the line is not UTF-8; save the file as UTF-8")
        }
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONValue(
                parsing: Array(line),
                limits: JSONLimits(
                    maxDepth: Self.deepest, maxBytes: limits.maxLineBytes, maxValues: Self.mostValues))
        } catch {
            throw self.error(
                error.kind == .tooDeep || error.kind == .tooLarge ? .tooLarge : .invalidJSON,
                "\(error.description) of the line; correct it")
        }
        guard let object = json.objectValue else {
            throw error(.invalidJSON, "the line is not a JSON object; give {\"prompt\": …, \"response\": …}")
        }
        return object
    }

    private func messages(_ value: JSONValue) throws(DatasetError) -> [PromptMessage] {
        guard let elements = value.arrayValue else {
            throw error(.invalidJSON, "\"messages\" is not a list; give objects with \"role\" and \"content\"")
        }
        var messages: [PromptMessage] = []
        for element in elements {
            guard let role = element.objectValue?["role"]?.stringValue.flatMap(PromptMessage.Role.init),
                let content = element.objectValue?["content"]
            else {
                let roles = PromptMessage.Role.allCases.map(\.rawValue).joined(separator: ", ")
                throw error(.invalidJSON, "a message lacks \"content\" or has a \"role\" that is not one of \(roles)")
            }
            messages.append(PromptMessage(role, try text(content, "content")))
        }
        return messages
    }

    private func text(_ value: JSONValue, _ key: String) throws(DatasetError) -> String {
        guard let text = value.stringValue else { throw error(.invalidJSON, "\"\(key)\" is not a string; give a text") }
        guard text.utf8.count <= limits.maxFieldBytes else {
            throw error(.tooLarge, "\"\(key)\" is longer than \(limits.maxFieldBytes) bytes; shorten it")
        }
        return text
    }

    private func error(_ code: DatasetError.Code, _ reason: String) -> DatasetError {
        DatasetError(code, file: file, row: row, reason: reason)
    }
}
