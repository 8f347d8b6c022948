// Sums over two tensors side by side, for comparing weights.
#ifndef ASSAY_DELTA_SUMS_H
#define ASSAY_DELTA_SUMS_H

#include <stddef.h>

// d = suspect − base. All in double, each sum in eight lanes that are joined at the end.
typedef struct {
    // Σ d², Σ d·base, Σ base², Σ suspect², max |d|.
    double delta_squared, delta_dot_base, base_squared, suspect_squared, max_absolute;
    // Elements that differ; NaN differs from everything.
    size_t changed;
} assay_delta_sums;

typedef assay_delta_sums (*assay_delta_loop)(const float *suspect, const float *base, size_t count);

// The loop of an instruction level as in assay_kernels_at, or NULL where the processor lacks it. Every level gives the
// same bits.
assay_delta_loop assay_delta_loop_at(int level);

#endif
