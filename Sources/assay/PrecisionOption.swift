public import ArgumentParser
public import Kernels

extension Precision: ExpressibleByArgument {}

/// `--precision`, shared by the commands that run a model.
struct PrecisionOption: ParsableArguments {
    @Option(
        help: "Matrix products: f32, or bf16, which changes rates slightly; faster on AMD, slower on Intel without AMX."
    )
    var precision = Precision.f32

    func validate() throws {
        if !precision.isAvailable {
            throw ValidationError("--precision bf16 needs a processor with AVX512_BF16; use --precision f32")
        }
    }
}
