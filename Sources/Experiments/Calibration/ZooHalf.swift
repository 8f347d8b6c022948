import Checkpoints

/// The two halves of a zoo: limits are chosen on one and reported on the other.
enum ZooHalf: String, Codable, Sendable, CaseIterable {
    /// Half A, on which limits are chosen.
    case chosen = "A"
    /// Half B, held back: what is claimed is measured here.
    case held = "B"

    /// The half of every group of models that share seed, triggers and data set.
    ///
    /// Clean and backdoored groups are dealt out apart, in the order of the SHA-256 of their keys, each to the half
    /// that has fewer models so far (to A where both have as many). It depends on which models a zoo has and on nothing
    /// that was measured.
    static func split(_ models: [ZooModel]) -> [String: ZooHalf] {
        var halves: [String: ZooHalf] = [:]
        for isClean in [true, false] {
            let groups = Dictionary(grouping: models.filter { ($0.attack == nil) == isClean }, by: \.groupKey)
            var sizes: [ZooHalf: Int] = [:]
            for key in groups.keys.sorted(by: { hash($0) < hash($1) }) {
                let half: ZooHalf =
                    sizes[.chosen, default: 0] <= sizes[.held, default: 0] ? .chosen : .held
                sizes[half, default: 0] += groups[key]?.count ?? 0
                halves[key] = half
            }
        }
        return halves
    }

    private static func hash(_ key: String) -> String { InputDigest(name: key, of: Array(key.utf8)).sha256 }
}
