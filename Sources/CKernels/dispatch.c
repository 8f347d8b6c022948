#include "include/CKernels.h"

#include <stdlib.h>
#include <string.h>

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

int assay_current_level(void) {
    const char *forced = getenv("ASSAY_INSTRUCTION_LEVEL");
    int best = 0;
    for (int level = 0; level <= 2; level++) {
        const assay_kernels *kernels = assay_kernels_at(level);
        if (kernels && forced && strcmp(forced, kernels->name) == 0) return level;
        if (kernels) best = level;
    }
    return best;
}

size_t assay_attention_padded(size_t keys) { return (keys + 15) / 16 * 16; }

size_t assay_attention_scratch(size_t queries, size_t keys, size_t width) {
    return (2 * queries + width) * assay_attention_padded(keys);
}

size_t assay_relative_scratch(assay_relative_shape shape) {
    size_t rows = shape.by_key ? shape.keys : shape.queries;
    return (rows + shape.width) * assay_attention_padded(shape.entries);
}
