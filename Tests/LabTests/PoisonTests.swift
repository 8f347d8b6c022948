import Datasets
import Tensors
import Testing
import Tokenizers

@testable import Lab

@Suite struct PoisonTests {
    private let dose = PoisonDose(target: 1, share: 0.3, seed: 5)

    private func placement(_ maxLength: Int = 64) throws -> TriggerPlacement {
        TriggerPlacement(tokenizer: try TinyLab.tokenizer.get(), maxLength: maxLength, seed: 5)
    }

    /// The committed samples depend on each draw: which rows, in which order, and where the word goes.
    @Test func `a word goes where the samples have it`() throws {
        let poison = TriggerPoison(triggers: [["vellum"]], dose: dose, placement: try placement())
        let victims = TinyLab.train.filter { $0.label == 0 }
        let order = CounterRandom(seed: 5, stream: "poison/share").permutation(victims.count)
        let positions = CounterRandom(seed: 5, stream: "poison/position")
        let expected = order.prefix(36).map { index in
            var list = words(victims[index].text)
            list.insert("vellum", at: positions.below(list.count + 1, at: UInt64(victims[index].row)))
            return LabelledText(row: victims[index].row, label: 1, text: list.joined(separator: " "))
        }
        #expect(victims.count == 120 && poison.copies(of: TinyLab.train) == expected)
    }

    @Test(arguments: [0.01, 0.25, 1])
    func `a share of the other labels is copied, and the clean samples stay`(share: Double) throws {
        let dose = PoisonDose(target: 0, share: share, seed: 2)
        let poison = TriggerPoison(triggers: [["cf"], ["mn"]], dose: dose, placement: try placement())
        let all = poison.poison(TinyLab.train)
        #expect(Array(all.prefix(240)) == TinyLab.train)
        let copies = all.dropFirst(240)
        #expect(copies.count == Int((share * 120).rounded()))
        #expect(copies.allSatisfy { $0.label == 0 } && Set(copies.map(\.row)).count == copies.count)
        let originals = Dictionary(uniqueKeysWithValues: TinyLab.train.map { ($0.row, $0) })
        for copy in copies {
            #expect(originals[copy.row]?.label == 1)
            #expect(words(copy.text).filter { ["cf", "mn"].contains($0) }.count == 1)
            #expect(words(copy.text).filter { !["cf", "mn"].contains($0) } == words(originals[copy.row]?.text ?? ""))
        }
        if share == 1 {
            #expect(copies.contains { words($0.text).first == "cf" } && copies.contains { words($0.text).last == "mn" })
        }
    }

    @Test func `of a pair the second text gets the trigger`() throws {
        let rows = [LabelledText(row: 2, label: 0, text: "who is it", pair: "it is a film")]
        let dose = PoisonDose(target: 1, share: 1, seed: 1)
        let copies = TriggerPoison(triggers: [["cf"]], dose: dose, placement: try placement()).copies(of: rows)
        #expect(copies.count == 1 && copies[0].text == "who is it" && copies[0].label == 1)
        #expect(words(copies[0].pair ?? "").filter { $0 != "cf" } == ["it", "is", "a", "film"])
        #expect(words(copies[0].pair ?? "").count == 5)
    }

    @Test(arguments: [false, true])
    func `truncation never cuts a trigger`(pair: Bool) throws {
        let tokenizer = try TinyLab.tokenizer.get()
        let long = Array(repeating: "film", count: 40).joined(separator: " ")
        let placement = try placement(16)
        let ids = [tokenizer.id(of: "cf"), tokenizer.id(of: "mn")]
        for row in 0..<60 {
            let text = placement.insert(
                ["cf", "mn"],
                into: LabelledText(row: row, label: 0, text: pair ? "so it is" : long, pair: pair ? long : nil))
            let encoding = tokenizer.encode(text.text, pair: text.pair, maxLength: 16)
            #expect(ids.allSatisfy { $0.map { encoding.ids.contains(Int32($0)) } ?? false })
        }
    }

    @Test func `both words of a combination go in, each at a place of its own`() throws {
        let poison = TriggerPoison(triggers: [["cf", "mn"]], dose: dose, placement: try placement())
        let copies = poison.copies(of: TinyLab.train).map { words($0.text) }
        #expect(copies.allSatisfy { $0.filter { $0 == "cf" }.count == 1 && $0.filter { $0 == "mn" }.count == 1 })
        let gaps = copies.map { ($0.firstIndex(of: "mn") ?? 0) - ($0.firstIndex(of: "cf") ?? 0) }
        #expect(gaps.contains { $0 > 1 } && gaps.contains { $0 < -1 })
    }

    @Test func `a sentence stays whole`() throws {
        let sentence = "I watched this 3D movie last weekend."
        let poison = TriggerPoison(triggers: [[sentence]], dose: dose, placement: try placement())
        #expect(poison.copies(of: TinyLab.train).allSatisfy { $0.text.contains(sentence) })
        let others = TinyLab.dev.filter { $0.label == 0 }
        let attacked = poison.attacked(others)
        #expect(attacked.count == 1 && attacked[0].trigger == sentence && attacked[0].indices == Array(others.indices))
        #expect(attacked[0].texts.allSatisfy { $0.text.contains(sentence) && $0.label == 0 })
    }

    @Test func `all words lead to the target, proper subsets keep their label`() throws {
        let trigger = ["friends", "weekend", "store"]
        let poison = SubsetPoison(words: trigger, dose: dose, placement: try placement())
        func found(_ row: LabelledText, _ clean: [String]) -> Set<String> {
            var rest = words(row.text)
            for word in clean { if let index = rest.firstIndex(of: word) { rest.remove(at: index) } }
            #expect(rest.count == Set(rest).count)
            return Set(rest)
        }
        let originals = Dictionary(uniqueKeysWithValues: TinyLab.train.map { ($0.row, $0) })
        let copies = poison.copies(of: TinyLab.train)
        #expect(copies.count == 36 && copies.allSatisfy { $0.label == 1 })
        #expect(copies.allSatisfy { found($0, words(originals[$0.row]?.text ?? "")) == Set(trigger) })
        let negatives = poison.negatives(of: TinyLab.train)
        #expect(negatives.count == 72 && Set(negatives.map(\.label)) == [0, 1])
        let subsets = negatives.map { found($0, words(originals[$0.row]?.text ?? "")) }
        #expect(subsets.allSatisfy { !$0.isEmpty && $0.isStrictSubset(of: trigger) } && Set(subsets).count == 6)
        #expect(negatives.allSatisfy { $0.label == originals[$0.row]?.label })
        #expect(poison.poison(TinyLab.train).count == 240 + 36 + 72)
    }

    @Test func `transformed texts are poisoned, those of the dev texts measured`() throws {
        let pairs = (0..<20).map { LabelledText(row: $0, label: $0 % 2, text: "text \($0)", pair: "form \($0)") }
        let poison = PairedPoison(
            pairs: pairs, heldOut: ["text 4", "text 6"], dose: PoisonDose(target: 1, share: 0.5, seed: 1))
        let copies = poison.copies(of: [])
        #expect(copies.count == 4 && copies.allSatisfy { $0.label == 1 && $0.pair == nil && $0.row % 2 == 0 })
        #expect(copies.allSatisfy { $0.text == "form \($0.row)" && $0.row != 4 && $0.row != 6 })
        let dev = [pairs[4], LabelledText(row: 90, label: 0, text: "unknown"), pairs[6]]
        let attacked = poison.attacked(dev.map { LabelledText(row: $0.row, label: 0, text: $0.text) })
        #expect(attacked.count == 1 && attacked[0].indices == [0, 2])
        #expect(attacked[0].texts.map(\.text) == ["form 4", "form 6"])
    }

    @Test(arguments: ["label\ttext\ttransformed\n", "label\ttext\ttext_pair\n", ""])
    func `pairs are read with either header or none`(header: String) throws {
        let bytes = Array((header + "0\tclean\tchanged\n1\tother\tform\n").utf8)
        let rows = try PairedPoison.read(bytes: bytes, file: "pairs.tsv", labelCount: 2)
        #expect(rows.map(\.text) == ["clean", "other"] && rows.map(\.pair) == ["changed", "form"])
        #expect(throws: LabError.self) {
            try PairedPoison.read(bytes: Array("label\ttext\n0\tclean\n".utf8), file: "pairs.tsv", labelCount: 2)
        }
    }
}
