"""A Llama of one layer with weights of 0, as PyPI's gguf 0.19.0 writes it.

usage: make_gguf_model.py Tests/Fixtures/gguf/llama.gguf
"""
import sys

import gguf
import numpy as np

writer = gguf.GGUFWriter(sys.argv[1], "llama")
writer.add_block_count(1)
writer.add_context_length(64)
writer.add_embedding_length(32)
writer.add_feed_forward_length(32)
writer.add_head_count(2)
writer.add_head_count_kv(1)
writer.add_layer_norm_rms_eps(1e-5)
writer.add_rope_dimension_count(16)
writer.add_tokenizer_model("gpt2")
writer.add_tokenizer_pre("smollm")
writer.add_token_list(["<|end|>", "a", "b", "ab"])
writer.add_token_types([3, 1, 1, 1])
writer.add_token_merges(["a b"])
writer.add_eos_token_id(0)
rows = {"attn_q": 32, "attn_k": 16, "attn_v": 16, "attn_output": 32, "ffn_gate": 32, "ffn_up": 32, "ffn_down": 32}
for name, count in rows.items():
    kind = gguf.GGMLQuantizationType.Q4_1 if name == "ffn_up" else gguf.GGMLQuantizationType.Q8_0
    blocks = gguf.quantize(np.zeros((count, 32), np.float32), kind)
    writer.add_tensor(f"blk.0.{name}.weight", blocks, raw_dtype=kind)
writer.add_tensor("token_embd.weight", np.zeros((4, 32), np.float32))
for name in ["output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"]:
    writer.add_tensor(f"{name}.weight", np.zeros(32, np.float32))
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
