import Testing

@Suite struct CommandLineTests {
    @Test func theVersionIsPrinted() throws {
        let outcome = try Binary.run("--version")
        #expect(outcome.status == 0)
        #expect(outcome.out == "0.1.0\n")
    }
}
