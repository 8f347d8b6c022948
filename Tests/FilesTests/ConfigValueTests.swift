import Files
import Findings
import Testing

@Suite struct ConfigValueTests {
    private func mapping(_ yaml: String) throws(AuditError) -> ConfigMapping {
        let root = try ConfigValue.root(yaml: yaml, file: "table.yml", example: "samples/table.yml")
        return try ConfigMapping(root, what: "a table", known: ["name", "seeds", "share", "train"])
    }

    @Test func valuesAreReadByTheirType() throws {
        let read = try mapping("name: tiny\nseeds: [1, 2]\nshare: 0.5\ntrain: on")
        #expect(try read.required("name").text() == "tiny")
        #expect(try read.required("seeds").list { value throws(AuditError) in try value.integer(0...9) } == [1, 2])
        #expect(try read.required("share").number(0...1) == 0.5)
        #expect(try read.required("train").isOn())
        #expect(try mapping("name: tiny")["share"] == nil)
    }

    /// Each with the line that the error must name.
    @Test(
        arguments: [
            ("", ""), ("- a", ":1:"), ("name: a\nnames: b", ":2:"), ("name: a\nname: b", ":2:"), ("name: [", ":2:"),
        ])
    func whatIsNoSuchMappingIsRefused(yaml: String, line: String) throws {
        let error = #expect(throws: AuditError.self) { try mapping(yaml) }
        #expect(error?.status == .usage)
        #expect(error?.description.hasPrefix("table.yml" + line) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: ["seeds: 3", "seeds: []", "seeds: [3, 3]", "seeds: [11]", "seeds: [a]"])
    func listsAreChecked(yaml: String) throws {
        let seeds = try mapping(yaml).required("seeds")
        let error = #expect(throws: AuditError.self) {
            try seeds.list { value throws(AuditError) in try value.integer(0...9) }
        }
        #expect(error?.description.contains("\"seeds\"") == true)
    }
}
