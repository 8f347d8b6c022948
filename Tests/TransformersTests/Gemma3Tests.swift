import Checkpoints
import Kernels
import StrictJSON
import Tensors
import Testing

@testable import Transformers

/// Gemma 3's config comes in two forms.
@Suite struct Gemma3Tests {
    /// Scores behind a text longer than the window, with the fixture's values under a changed config.
    static func scores(_ change: (inout JSONObject) -> Void) throws -> [Float] {
        let folder = try Fixtures.folder("gemma3-causal")
        var entries = folder.config.json
        change(&entries)
        let causal = try Architectures.makeLanguageModel(ModelConfig(parsing: JSONValue.object(entries).serialized()))
        let source = try LanguageModelSource(folder: folder)
        let model = LanguageModel(
            causal: causal, parameters: try source.parameters(), checkpointNames: source.checkpointNames)
        return onOneThread { model.lastLogits([Array(40..<60)], $0)[0] }
    }

    /// The entries that older versions of transformers wrote.
    static func makeOld(_ entries: inout JSONObject) {
        for key in ["layer_types", "rope_parameters"] { entries[key] = .null }
        entries["sliding_window_pattern"] = .integer(2)
        entries["rope_theta"] = .number(1_000_000)
        entries["rope_local_base_freq"] = .number(10_000)
    }

    @Test func `the older form of the config is the same model`() throws {
        let present = try Self.scores { _ in }
        let old = try Self.scores { Self.makeOld(&$0) }
        #expect(old == present)
        // Each entry is read.
        for (key, value) in [
            ("sliding_window_pattern", JSONValue.integer(3)), ("rope_theta", .number(500)),
            ("rope_local_base_freq", .number(500)), ("query_pre_attn_scalar", .integer(64)),
            ("sliding_window", .integer(6)),
        ] {
            let changed = try Self.scores {
                Self.makeOld(&$0)
                $0[key] = value
            }
            #expect(changed != old, "\(key)")
        }
    }

    @Test func `the older scaling of positions is about layers without a window alone`() throws {
        var scaling = JSONObject()
        scaling["rope_type"] = .string("linear")
        scaling["factor"] = .number(8)
        let old = try Self.scores {
            Self.makeOld(&$0)
            $0["rope_scaling"] = .object(scaling)
        }
        var (full, sliding, both) = (scaling, JSONObject(), JSONObject())
        full["rope_theta"] = .number(1_000_000)
        sliding["rope_theta"] = .number(10_000)
        both["full_attention"] = .object(full)
        both["sliding_attention"] = .object(sliding)
        let present = try Self.scores { $0["rope_parameters"] = .object(both) }
        #expect(old == present)
        #expect(try old != Self.scores { _ in })
    }
}
