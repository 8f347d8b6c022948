// swift-tools-version: 6.1
import PackageDescription

/// One row of the table of targets: a module and the modules of this package that it may import.
struct Module {
    let name: String
    let imports: [String]
    var products: [Target.Dependency] = []
    var isTest = false
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// Imports go one way: a module names only modules above it.
let modules: [Module] = [
    Module(name: "Tensors", imports: []),
    Module(name: "StrictJSON", imports: []),
    Module(name: "Findings", imports: []),
    Module(name: "Kernels", imports: ["Tensors", "COneDNN", "CKernels"]),
    Module(name: "Checkpoints", imports: ["Tensors", "StrictJSON", "CGuardedMap"], products: [crypto]),
    Module(name: "Files", imports: ["Checkpoints", "Findings"], products: [yams]),
    Module(name: "Tokenizers", imports: ["StrictJSON"]),
    Module(name: "ChatTemplates", imports: ["StrictJSON"]),
    Module(name: "Datasets", imports: ["Tensors", "StrictJSON"]),
    Module(name: "Sentences", imports: ["Tensors", "StrictJSON"]),
    Module(name: "Statistics", imports: ["CKernels"]),
    Module(name: "Transformers", imports: ["Tensors", "Kernels", "Checkpoints", "Tokenizers", "StrictJSON"]),
    Module(name: "Forensics", imports: ["Tensors", "Checkpoints", "Tokenizers", "Statistics", "StrictJSON"]),
    Module(name: "Remedies", imports: ["Tensors", "Statistics"]),
    Module(name: "Probes", imports: ["Tensors", "Kernels", "Tokenizers", "Transformers", "Datasets"]),
    Module(name: "Evidence", imports: ["Probes", "Statistics", "Findings"]),
    Module(
        name: "Lab",
        imports: [
            "Tensors", "StrictJSON", "Kernels", "Checkpoints", "Tokenizers", "Datasets", "Transformers", "Sentences",
        ]),
    Module(
        name: "Audit",
        imports: [
            "Tensors", "StrictJSON", "Checkpoints", "Tokenizers", "ChatTemplates", "Datasets", "Transformers",
            "Statistics", "Forensics", "Kernels", "Remedies", "Probes", "Evidence", "Findings", "Files",
        ]),
    Module(name: "Markup", imports: ["CCmarkGFM", "CLibXML2"]),
    Module(
        name: "Experiments",
        imports: [
            "Tensors", "Checkpoints", "Tokenizers", "Datasets", "Transformers", "Statistics", "Kernels", "Findings",
            "Files", "Sentences", "Lab", "Audit", "ReportTemplates", "Markup",
        ]),
    Module(name: "Reports", imports: ["Findings", "Markup", "ReportTemplates"], products: [crypto, mustache]),
]

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Test targets: `Tests/<name>`, with the modules each may import.
let tests: [Module] = [
    Module(name: "TensorsTests", imports: ["Tensors"]),
    Module(name: "StrictJSONTests", imports: ["StrictJSON"]),
    Module(name: "FindingsTests", imports: ["Findings"]),
    Module(name: "KernelsTests", imports: ["Kernels", "CKernels", "Tensors"]),
    Module(
        name: "CheckpointsTests", imports: ["Checkpoints", "Tensors", "StrictJSON", "CGuardedMap", "Tokenizers"]),
    Module(name: "FilesTests", imports: ["Files", "Findings"]),
    Module(name: "TokenizersTests", imports: ["Tokenizers", "StrictJSON"]),
    Module(name: "ChatTemplatesTests", imports: ["ChatTemplates", "StrictJSON"]),
    Module(name: "DatasetsTests", imports: ["Datasets", "Tensors"]),
    Module(name: "SentencesTests", imports: ["Sentences", "StrictJSON"]),
    Module(name: "StatisticsTests", imports: ["Statistics"]),
    Module(
        name: "TransformersTests",
        imports: ["Transformers", "Tensors", "Kernels", "Checkpoints", "Tokenizers", "StrictJSON"]),
    Module(
        name: "ForensicsTests",
        imports: ["Forensics", "Tensors", "Checkpoints", "Tokenizers", "Statistics", "StrictJSON"]),
    Module(name: "RemediesTests", imports: ["Remedies", "Tensors"]),
    Module(
        name: "LabTests",
        imports: [
            "Lab", "Tensors", "StrictJSON", "Kernels", "Checkpoints", "Tokenizers", "Datasets", "Transformers",
            "Sentences",
        ]),
    Module(
        name: "ProbesTests",
        imports: ["Probes", "Datasets", "Tokenizers", "Transformers", "Kernels", "Checkpoints"]),
    Module(name: "EvidenceTests", imports: ["Evidence", "Probes", "Statistics", "Findings"]),
    Module(
        name: "AuditTests",
        imports: [
            "Evidence", "Audit", "Probes", "Findings", "Datasets", "Tokenizers", "Tensors", "Kernels", "Checkpoints",
            "StrictJSON", "Transformers", "Statistics", "Files", "Forensics",
        ]),
    Module(
        name: "ExperimentsTests",
        imports: ["Experiments", "Audit", "Findings", "Files", "Lab", "Kernels", "Checkpoints"]),
    Module(name: "MarkupTests", imports: ["Markup"]),
    Module(name: "ReportsTests", imports: ["Reports", "Findings", "Markup", "ReportTemplates", "StrictJSON"]),
    Module(name: "EndToEndTests", imports: ["Findings", "Checkpoints", "Tensors"]),
]

var targets: [Target] = [
    .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
    .systemLibrary(
        name: "CCmarkGFM", pkgConfig: "libcmark-gfm",
        providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .target(name: "CGuardedMap"),
    .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3", "-fno-math-errno"])]),
    .target(
        name: "ReportTemplates", path: "templates",
        resources: [
            "audited.mustache",
            "before-after.mustache",
            "changes.mustache",
            "coverage.mustache",
            "embeddings.mustache",
            "findings.mustache",
            "report.css",
            "reproduce.mustache",
            "triggers.mustache",
            "verdict.mustache",
            "weights.mustache",
        ].map { .embedInCode($0) }, swiftSettings: swiftSettings),
    .executableTarget(
        name: "assay", dependencies: modules.map { .byName(name: $0.name) } + [argumentParser],
        swiftSettings: swiftSettings),
]
targets.append(
    .executableTarget(
        name: "Benchmarks",
        dependencies: [
            "COneDNN", "Tensors", "StrictJSON", "Kernels", "Checkpoints", "Tokenizers", "Datasets", "Statistics",
            "Transformers", "Forensics", "Probes", "Sentences", "Audit", "Markup", "Reports", argumentParser,
        ], path: "Tests/Benchmarks", exclude: ["peer"], swiftSettings: swiftSettings))
targets.append(
    .executableTarget(
        name: "CheckpointVerdicts", dependencies: ["Checkpoints"], path: "Tests/CheckpointVerdicts",
        swiftSettings: swiftSettings))
for module in modules {
    targets.append(
        .target(
            name: module.name, dependencies: module.imports.map { .byName(name: $0) } + module.products,
            swiftSettings: swiftSettings))
}
for test in tests {
    targets.append(
        .testTarget(
            name: test.name, dependencies: test.imports.map { .byName(name: $0) },
            swiftSettings: swiftSettings))
}

let package = Package(
    name: "assay",
    products: [.executable(name: "assay", targets: ["assay"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: targets
)
