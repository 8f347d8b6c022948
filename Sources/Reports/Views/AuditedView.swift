import Findings

/// The inputs by content, the models side by side and every setting.
struct AuditedView: SectionView {
    var hasBase: Bool
    var models: [Fact]
    var files: [File]
    var hasData: Bool
    var data: [Setting]
    var settings: [Setting]
    var hasRun: Bool
    var run: [Setting]
    var tool: String

    /// One property of both models.
    struct Fact: Decodable {
        var property: String
        var suspect: String
        var base: String
    }

    struct File: Decodable {
        var role: String
        var name: CodeSpan
        var size: String
        var sha256: CodeSpan
    }

    struct Setting: Decodable {
        var name: String
        var value: String
    }

    init(_ result: AuditResult, run record: RunRecord?) {
        tool = "\(result.tool.name) \(result.tool.version)"
        hasBase = result.base != nil
        models = Self.facts(suspect: result.suspect, base: result.base, task: result.task)
        files =
            Self.files(result.suspect, role: "suspect") + (result.base.map { Self.files($0, role: "base") } ?? [])
            + (result.data.map { [Self.file($0.file, role: "data")] } ?? [])
        hasData = result.data != nil
        data = result.data.map { Self.data($0, result) } ?? []
        settings = Self.settings(result.settings, of: result.kind)
        hasRun = record != nil
        run = record.map(Self.run) ?? []
    }

    private static func facts(
        suspect: ModelSummary, base: ModelSummary?, task: AuditResult.Task?
    ) -> [Fact] {
        func fact(_ property: String, _ value: (ModelSummary) -> String) -> Fact {
            Fact(property: property, suspect: value(suspect), base: base.map(value) ?? NumberText.none)
        }
        return [
            fact("Folder") { VisibleText.clipped($0.name, to: 80) },
            fact("Digest of all files") { VisibleText.clipped($0.sha256, to: 64) },
            fact("Architecture") { VisibleText.clipped($0.architecture, to: 80) },
            fact("Parameters") { NumberText.grouped($0.parameterCount) },
            fact("Tensors") { NumberText.grouped($0.tensorCount) },
            fact(task == .continuation ? "Patterns looked for" : "Labels") { model in
                guard !model.labels.isEmpty else { return "none" }
                let named = model.labels.prefix(12).enumerated().map {
                    "\($0.offset) \(VisibleText.clipped($0.element, to: 40))"
                }
                return named.joined(separator: ", ")
                    + (model.labels.count > 12 ? " and \(model.labels.count - 12) more" : "")
            },
        ]
    }

    private static func files(_ model: ModelSummary, role: String) -> [File] {
        model.files.map { file($0, role: role) }
    }

    private static func file(_ digest: FileDigest, role: String) -> File {
        File(
            role: role, name: CodeSpan(digest.name), size: NumberText.bytes(digest.size),
            sha256: CodeSpan(digest.sha256))
    }

    private static func data(_ data: DataSummary, _ result: AuditResult) -> [Setting] {
        let shown = data.perLabel.prefix(12).enumerated().map {
            "\(NumberText.grouped($0.element)) \(VisibleText.clipped(Wording.label($0.offset, of: result), to: 40))"
        }
        let more = data.perLabel.count > 12 ? " and \(data.perLabel.count - 12) more" : ""
        let parts = [
            (data.discover, "to discover triggers on"),
            (
                data.confirm,
                "others to judge them on, in \(data.folds) parts: no honest or purified model is asked about a text that it "
                    + "learnt from"
            ),
        ]
        return [
            Setting(name: "File", value: VisibleText.clipped(data.file.name, to: 80)),
            Setting(name: "Rows", value: NumberText.grouped(data.rows)),
            Setting(name: "Duplicates removed", value: NumberText.grouped(data.duplicatesRemoved)),
        ]
            + (result.task == .continuation
                ? [] : [Setting(name: "By label", value: shown.joined(separator: ", ") + more)]) + [
                Setting(
                    name: "Split", value: parts.map { "\(NumberText.grouped($0.0)) \($0.1)" }.joined(separator: ", ")),
                Setting(
                    name: "Set aside",
                    value: "\(NumberText.grouped(data.setAside)) probe texts, for the candidates that they hold already"
                ),
            ]
    }

    /// The settings that decide the numbers of a result of this kind.
    private static func settings(_ settings: Settings, of kind: AuditResult.Kind) -> [Setting] {
        let policy = Setting(name: "Policy", value: VisibleText.clipped(settings.policy, to: 80))
        let frequencies = Setting(name: "Token frequencies", value: settings.frequencySource)
        switch kind {
        case .audit: return probing(settings) + [frequencies, policy]
        case .diff: return [frequencies, policy]
        case .scan: return [policy]
        }
    }

    private static func probing(_ settings: Settings) -> [Setting] {
        [
            Setting(name: "Seed", value: String(settings.seed)),
            Setting(name: "Longest text", value: "\(settings.maxLength) tokens"),
            Setting(name: "Precision", value: settings.precision),
            Setting(name: "Fine-tuning", value: tuning(settings)),
            Setting(name: "Embedding purification (E-PUR)", value: settings.epur ? "on" : "off"),
        ]
    }

    private static func tuning(_ settings: Settings) -> String {
        "\(settings.epochs) epochs, learning rate \(NumberText.short(settings.learningRate)), "
            + "batches of \(settings.batchSize)"
    }

    private static func run(_ record: RunRecord) -> [Setting] {
        let total = [
            Setting(name: "Started", value: NumberText.date(record.started)),
            Setting(name: "Wall time", value: NumberText.duration(record.seconds)),
            Setting(name: "Peak memory", value: NumberText.bytes(record.peakMemoryBytes)),
            Setting(name: "Threads", value: String(record.threads)),
            Setting(name: "Processor", value: VisibleText.clipped(record.processor, to: 80)),
        ]
        let stages = record.stages.map { stage in
            Setting(
                name: "Stage: " + stage.name,
                value: NumberText.duration(stage.seconds) + (stage.cached ? " (loaded from the work folder)" : ""))
        }
        return total + stages
    }
}
