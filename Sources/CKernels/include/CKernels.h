// Loops that are neither matrix products nor Swift's strength. Row-major f32; every buffer is the caller's.
#ifndef ASSAY_CKERNELS_H
#define ASSAY_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "delta_sums.h"

typedef struct {
    float learning_rate, beta1, beta2, epsilon, weight_decay;
    // 1 − βᵗ.
    float first_correction, second_correction;
    // Multiplies the gradient first: the clipping factor.
    float gradient_scale;
} assay_adamw_step;

// One head of one sequence. Strides count floats between rows.
typedef struct {
    size_t queries, keys, width;
    size_t q_stride, k_stride, v_stride;
    // Query i stands at start + i and sees the keys from `before` in front of it to `after` behind it; both at least
    // the number of keys: all.
    size_t start, before, after;
    float scale;
    // threshold 0: no dropout.
    uint32_t dropout_threshold;
    float dropout_scale;
    uint64_t dropout_key, dropout_block;
} assay_attention_shape;

// Scores that depend on how far a key is from its query, for one head of one sequence.
typedef struct {
    size_t queries, keys, width;
    // Rows of the table of relative positions.
    size_t entries;
    size_t x_stride, table_stride;
    // x holds the keys instead of the queries.
    int by_key;
    float scale;
} assay_relative_shape;

// Keys rounded up to whole vectors: the row stride of probabilities.
size_t assay_attention_padded(size_t keys);

// Floats of scratch that either direction needs.
size_t assay_attention_scratch(size_t queries, size_t keys, size_t width);
size_t assay_relative_scratch(assay_relative_shape shape);

// Every loop, compiled for one instruction level.
typedef struct {
    // "avx512", "avx2" or "baseline".
    const char *name;

    // y = f(x) and dx = dy · f'(x), element by element; x may equal y, dy may equal dx.
    // gelu is the erf form, gelu_tanh the approximation.
    void (*gelu_forward)(const float *x, float *y, size_t count);
    void (*gelu_backward)(const float *x, const float *dy, float *dx, size_t count);
    void (*gelu_tanh_forward)(const float *x, float *y, size_t count);
    void (*gelu_tanh_backward)(const float *x, const float *dy, float *dx, size_t count);
    void (*relu_forward)(const float *x, float *y, size_t count);
    void (*relu_backward)(const float *x, const float *dy, float *dx, size_t count);
    void (*silu_forward)(const float *x, float *y, size_t count);
    void (*silu_backward)(const float *x, const float *dy, float *dx, size_t count);
    void (*tanh_forward)(const float *x, float *y, size_t count);
    void (*tanh_backward)(const float *x, const float *dy, float *dx, size_t count);

    // sum = x + residual (or x where residual is NULL); y = LayerNorm(sum) · weight + bias (NULL: 0). mean and
    // inverse_deviation hold one number a row, for the backward pass. sum may equal x.
    void (*layer_norm_forward)(
        const float *x, const float *residual, const float *weight, const float *bias, float epsilon, size_t rows,
        size_t columns, float *sum, float *mean, float *inverse_deviation, float *y);

    // dx = ∂/∂sum; dweight and dbias are added to, unless dbias is NULL.
    void (*layer_norm_backward)(
        const float *dy, const float *sum, const float *weight, const float *mean, const float *inverse_deviation,
        size_t rows, size_t columns, float *dx, float *dweight, float *dbias);

    // y = x / √(mean x² + epsilon) · (offset + weight) for each group of columns in each row; x by its stride, y without
    // gaps. inverse holds one number a group, for the backward pass.
    void (*rms_norm_forward)(
        const float *x, size_t stride, const float *weight, float offset, float epsilon, size_t rows, size_t groups,
        size_t columns, float *inverse, float *y);

    // dx, whose stride is that of x, and dweight are added to.
    void (*rms_norm_backward)(
        const float *dy, const float *x, size_t stride, const float *weight, float offset, const float *inverse,
        size_t rows, size_t groups, size_t columns, float *dx, float *dweight);

    // Turns each head's pair (x[c], x[c + width/2]) by the angle of its row's position, in place, or back. The table
    // has for each position the cosines of all pairs, then their sines.
    void (*rotate)(
        float *x, size_t stride, const float *table, const int32_t *positions, size_t rows, size_t heads, size_t width,
        int back);

    // y = a · b, element by element; y may be a or b.
    void (*multiply)(const float *a, const float *b, float *y, size_t count);

    // y += x.
    void (*add)(float *y, const float *x, size_t count);

    // sums[c] += Σ_r x[r, c].
    void (*column_sums)(const float *x, size_t rows, size_t columns, float *sums);

    // Σ x².
    double (*squared_norm)(const float *x, size_t count);

    // y = x · scale where the element's Philox word is at or above threshold, else 0. Element i uses the 64-element
    // block i / 64 of the stream, so that every mask can be drawn again. first_block counts in units of 16 Philox
    // counters a 64-element block.
    void (*dropout)(
        const float *x, float *y, size_t count, uint64_t key, uint64_t first_block, uint32_t threshold, float scale);

    // The nearest bf16 numbers, ties to even.
    void (*round_to_bf16)(const float *x, uint16_t *y, size_t count);

    // One decoupled-weight-decay step (Loshchilov and Hutter 2019), in PyTorch's order of operations.
    void (*adamw)(
        float *parameter, const float *gradient, float *first, float *second, size_t count, assay_adamw_step step);

    // The steps with gradient zero that a range missed: the bits of calling adamw once a step.
    void (*adamw_catch_up)(
        float *parameter, float *first, float *second, size_t count, const assay_adamw_step *steps,
        size_t step_count);

    // probabilities [queries, padded] = softmax(scale · q kᵀ + bias); out [queries, width] = dropout(probabilities) v.
    // bias [queries, padded] may be NULL.
    void (*attention_forward)(
        assay_attention_shape shape, const float *q, const float *k, const float *v, const float *bias,
        float *probabilities, float *out, size_t out_stride, float *scratch);

    // Adds to dq, dk and dv, whose strides are those of q, k and v, and to dbias unless it is NULL.
    void (*attention_backward)(
        assay_attention_shape shape, const float *q, const float *k, const float *v, const float *probabilities,
        const float *dout, size_t dout_stride, float *dq, float *dk, float *dv, float *dbias, float *scratch);

    // bias[i, j] += scale · x[i] · table[index[queries − 1 + j − i]], or x[j] by key; bias has padded rows.
    void (*relative_forward)(
        assay_relative_shape shape, const float *x, const float *table, const int32_t *index, float *bias,
        float *scratch);

    // Adds to dx and dtable, whose strides are those of x and table.
    void (*relative_backward)(
        assay_relative_shape shape, const float *x, const float *table, const int32_t *index, const float *dbias,
        float *dx, float *dtable, float *scratch);
} assay_kernels;

// The table of a level, or NULL where the processor lacks it. Levels: 0 baseline, 1 AVX2, 2 AVX-512.
const assay_kernels *assay_kernels_at(int level);

// The best level of this processor, or the one that ASSAY_INSTRUCTION_LEVEL names (baseline, avx2, avx512).
int assay_current_level(void);

#endif
