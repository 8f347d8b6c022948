/// result.json: the result as it is, without time and host.
struct JSONReport: ReportRendering {
    func bytes(of input: ReportInput) -> [UInt8] {
        ResultJSON.bytes(of: input.result)
    }
}
