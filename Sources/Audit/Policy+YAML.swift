import Findings
import Yams

extension Policy {
    /// Reads a policy file; what it does not mention keeps its default.
    ///
    /// - Parameters:
    ///   - text: YAML, a mapping of names to numbers.
    ///   - file: name of the file, for errors.
    /// - Throws: `AuditError` with the line of an unknown key, a wrong type or an impossible limit.
    public init(yaml text: String, file: String) throws {
        self.init()
        name = file
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw AuditError(usage: "\(file): not valid YAML (\(error)); see the README for an example")
        }
        guard let root else { return }
        guard let mapping = root.mapping else {
            throw AuditError(usage: "\(file): a policy is a mapping of names to limits; see the README for an example")
        }
        var seen = Set<String>()
        for (key, value) in mapping {
            let place = "\(file):\(key.mark?.line ?? 1)"
            let name = key.string ?? ""
            guard let field = Self.fields.first(where: { $0.key == name }) else {
                let known = Self.fields.map(\.key).joined(separator: ", ")
                throw AuditError(usage: "\(place): unknown key \"\(name)\"; a policy may have: \(known)")
            }
            guard seen.insert(name).inserted else {
                throw AuditError(usage: "\(place): \"\(name)\" is given twice; keep one of them")
            }
            guard let number = value.float, field.range.contains(number),
                field.isCount ? number == number.rounded() : true
            else {
                let kind = field.isCount ? "a whole number" : "a number"
                let (low, high) = (field.range.lowerBound, field.range.upperBound)
                throw AuditError(usage: "\(place): \"\(name)\" must be \(kind) from \(low) to \(high)")
            }
            field.set(&self, number)
        }
    }

    private struct Field: Sendable {
        let key: String
        let range: ClosedRange<Double>
        let isCount: Bool
        let set: @Sendable (inout Policy, Double) -> Void

        init(
            _ key: String, _ range: ClosedRange<Double> = 0...1, isCount: Bool = false,
            _ set: @escaping @Sendable (inout Policy, Double) -> Void
        ) {
            self.key = key
            self.range = range
            self.isCount = isCount
            self.set = set
        }
    }

    private static let fields: [Field] = [
        Field("known-trigger-effect") { $0.knownTriggerEffect = $1 },
        Field("discovered-trigger-excess") { $0.discoveredTriggerExcess = $1 },
        Field("discovered-trigger-doubt") { $0.discoveredTriggerDoubt = $1 },
        Field("accuracy-loss") { $0.accuracyLoss = $1 },
        Field("remedy-tolerance") { $0.remedyTolerance = $1 },
        Field("unmatched-tensors", 0...1_000_000, isCount: true) { $0.unmatchedTensors = Int($1) },
        Field("tokenizer-differences", 0...1_000_000, isCount: true) { $0.tokenizerDifferences = Int($1) },
        Field("minimum-probes", 1...1_000_000, isCount: true) { $0.minimumProbes = Int($1) },
        Field("minimum-base-cosine") { $0.minimumBaseCosine = $1 },
    ]
}
