import Findings
import Markup
import StrictJSON

@testable import Reports

extension StatedTruth {
    /// As report.sarif says it.
    init(sarif log: JSONValue) throws {
        let run = log["runs"]?.arrayValue?.first
        let properties = run?["properties"]
        let gate = properties?["gate"]
        self.init(
            verdict: properties?["verdict"]?.stringValue.flatMap(Verdict.init),
            exit: run?["invocations"]?.arrayValue?.first?["exitCode"]?.intValue.flatMap(Int32.init(exactly:)),
            gate: try Self.rows(gate?["rules"]), purifiedGate: try Self.rows(gate?["purifiedRules"]),
            codes: run?["results"]?.arrayValue?.compactMap { $0["ruleId"]?.stringValue } ?? [])
    }

    private static func rows(_ rules: JSONValue?) throws -> [Row] {
        (rules?.arrayValue ?? []).map { rule in
            func number(_ value: JSONValue?) -> Double? {
                value?.doubleValue ?? value?.stringValue.flatMap(Double.init)
            }
            let unit = rule["unit"]?.stringValue.flatMap(GateRule.Unit.init) ?? .count
            let interval = rule["interval"].flatMap { interval -> Interval? in
                guard let lower = number(interval["lower"]), let upper = number(interval["upper"]) else { return nil }
                return Interval(lower: lower, upper: upper)
            }
            return Row(
                code: rule["code"]?.stringValue ?? "", state: rule["state"]?.stringValue.flatMap(GateRule.State.init),
                numbers: [
                    NumberText.value(number(rule["value"]), unit: unit), NumberText.interval(interval, unit: unit),
                    NumberText.limits(number(rule["limit"]), pass: number(rule["passLimit"]), unit: unit),
                    rule["n"]?.intValue.map(NumberText.grouped) ?? NumberText.none,
                ])
        }
    }

    /// As junit.xml says it.
    init(junit root: Element) {
        let properties = root.elements.first?.elements.first?.elements ?? []
        func property(_ name: String) -> String? { properties.first { $0["name"] == name }?["value"] }
        func gate(_ subject: String) -> [Row] {
            root.descendants.filter { $0["classname"] == "assay.gate.\(subject)" && $0["name"] != "Gate" }.map { item in
                let lines = (item.elements.first?.textContent ?? "").split(separator: "\n")
                let values = ["state", "value", "interval", "limit", "n"].map { key in
                    lines.last { $0.hasPrefix(key + ": ") }.map { String($0.dropFirst(key.count + 2)) } ?? ""
                }
                return Row(
                    code: String(item["name"]?.prefix(6) ?? ""), state: GateRule.State(rawValue: values[0]),
                    numbers: Array(values.dropFirst()))
            }
        }
        self.init(
            verdict: property("verdict").flatMap(Verdict.init), exit: property("exit").flatMap(Int32.init),
            gate: gate("suspect"), purifiedGate: gate("purified"),
            codes: property("findings")?.split(separator: " ").map(String.init) ?? [])
    }

    /// As bom.cdx.json says it, whose numbers are raw: see `raw`.
    init(cycloneDX bill: JSONValue) {
        let properties = bill["metadata"]?["properties"]?.arrayValue ?? []
        func values(_ prefix: String) -> [(name: String, value: String)] {
            properties.compactMap { property in
                guard let name = property["name"]?.stringValue, name.hasPrefix(prefix) else { return nil }
                return (String(name.dropFirst(prefix.count)), property["value"]?.stringValue ?? "")
            }
        }
        func gate(_ subject: String) -> [Row] {
            values("assay:gate:\(subject):").map { name, value in
                let parts = value.split(separator: ": ", maxSplits: 1).map(String.init)
                return Row(
                    code: name, state: GateRule.State(rawValue: parts.first ?? ""), numbers: Array(parts.dropFirst()))
            }
        }
        self.init(
            verdict: values("assay:verdict").first.flatMap { Verdict(rawValue: $0.value) },
            exit: values("assay:exit").first.flatMap { Int32($0.value) }, gate: gate("suspect"),
            purifiedGate: gate("purified"),
            codes: bill["vulnerabilities"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? [])
    }
}

extension JSONValue {
    subscript(key: String) -> JSONValue? { objectValue?[key] }
}
