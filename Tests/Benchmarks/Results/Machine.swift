import Glibc
import Kernels

/// Where the measurements were taken.
struct Machine: Codable, Equatable, Sendable {
    let processor: String
    let cores: Int
    let memoryGigabytes: Double
    /// Of our own loops; oneDNN chooses its own.
    let instructionLevel: String
    let bf16Products: Bool
    let system: String

    static var current: Machine {
        let cpu = SystemFile.text("/proc/cpuinfo")
        var name = SystemFile.value("model name", in: cpu) ?? "unknown"
        if let family = SystemFile.value("cpu family", in: cpu), let model = SystemFile.value("model", in: cpu) {
            name += " (family \(family), model \(model))"
        }
        let kernel = SystemFile.text("/proc/sys/kernel/osrelease").filter { $0 != "\n" }
        return Machine(
            processor: name, cores: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
            memoryGigabytes: Double(SystemFile.bytes("MemTotal", in: "/proc/meminfo")) / 1e9,
            instructionLevel: "\(InstructionLevel.current)", bf16Products: Precision.bf16.isAvailable,
            system: "Linux \(kernel)")
    }
}
