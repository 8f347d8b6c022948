import Findings
import Statistics

extension ProbeSummary {
    /// Holm's correction over the confirmed family, on each model by itself.
    static func adjust(_ triggers: inout [TriggerResult]) {
        for model in ModelRole.allCases {
            let places = triggers.indices.compactMap { index in
                triggers[index].measurements.firstIndex { $0.model == model && $0.pValue != nil }.map { (index, $0) }
            }
            let adjusted = holm(places.map { triggers[$0.0].measurements[$0.1].pValue ?? 1 })
            for (place, value) in zip(places, adjusted) { triggers[place.0].measurements[place.1].pValue = value }
        }
    }
}
