#include "include/CKernels.h"

extern const assay_kernels table_baseline;
#if defined(__x86_64__)
extern const assay_kernels table_avx2, table_avx512;
#endif

const assay_kernels *assay_kernels_at(int level) {
#if defined(__x86_64__)
    if (level == 2) return __builtin_cpu_supports("x86-64-v4") ? &table_avx512 : NULL;
    if (level == 1) return __builtin_cpu_supports("x86-64-v3") ? &table_avx2 : NULL;
#endif
    return level == 0 ? &table_baseline : NULL;
}

size_t assay_attention_padded(size_t keys) { return (keys + 15) / 16 * 16; }

size_t assay_attention_scratch(size_t queries, size_t keys, size_t width) {
    return (2 * queries + width) * assay_attention_padded(keys);
}
