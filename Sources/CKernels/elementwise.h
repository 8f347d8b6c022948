KERNEL void LEVEL(multiply)(const float *a, const float *b, float *y, size_t count) {
    for (size_t i = 0; i < count; i++) y[i] = a[i] * b[i];
}

KERNEL void LEVEL(add)(float *y, const float *x, size_t count) {
    for (size_t i = 0; i < count; i++) y[i] += x[i];
}

KERNEL void LEVEL(column_sums)(const float *x, size_t rows, size_t columns, float *sums) {
    for (size_t r = 0; r < rows; r++) {
        const float *row = x + r * columns;
        for (size_t c = 0; c < columns; c++) sums[c] += row[c];
    }
}

// Blocks of 4096 in float lanes, added up in double: error does not grow with the length.
KERNEL double LEVEL(squared_norm)(const float *x, size_t count) {
    double total = 0;
    for (size_t start = 0; start < count; start += 4096) {
        size_t n = count - start < 4096 ? count - start : 4096, i = 0;
        v16 sums = splat(0);
        for (; i + 16 <= n; i += 16) {
            v16 v = load(x + start + i);
            sums += v * v;
        }
        if (i < n) {
            v16 v = load_part(x + start + i, n - i);
            sums += v * v;
        }
        total += (double)sum16(sums);
    }
    return total;
}

// PyTorch's order of operations. Written with intrinsic-free vectors, so that catching up gives the same bits.
INLINE void adamw16(v16 *parameter, v16 gradient, v16 *first, v16 *second, const assay_adamw_step *step) {
    const float keep = 1.0f - step->learning_rate * step->weight_decay;
    const float rate = step->learning_rate / step->first_correction;
    const float root = 1.0f / sqrtf(step->second_correction);
    v16 g = gradient * splat(step->gradient_scale);
    *first = splat(step->beta1) * *first + splat(1.0f - step->beta1) * g;
    *second = splat(step->beta2) * *second + splat(1.0f - step->beta2) * g * g;
    v16 deviation = __builtin_elementwise_sqrt(*second) * splat(root) + splat(step->epsilon);
    *parameter = *parameter * splat(keep) - splat(rate) * *first / deviation;
}

KERNEL void LEVEL(adamw)(
    float *parameter, const float *gradient, float *first, float *second, size_t count, assay_adamw_step step
) {
    for (size_t i = 0; i < count; i += 16) {
        size_t n = count - i < 16 ? count - i : 16;
        v16 p = load_part(parameter + i, n), m = load_part(first + i, n), v = load_part(second + i, n);
        adamw16(&p, load_part(gradient + i, n), &m, &v, &step);
        store_part(parameter + i, p, n);
        store_part(first + i, m, n);
        store_part(second + i, v, n);
    }
}

KERNEL void LEVEL(adamw_catch_up)(
    float *parameter, float *first, float *second, size_t count, const assay_adamw_step *steps, size_t step_count
) {
    for (size_t i = 0; i < count; i += 16) {
        size_t n = count - i < 16 ? count - i : 16;
        v16 p = load_part(parameter + i, n), m = load_part(first + i, n), v = load_part(second + i, n);
        for (size_t t = 0; t < step_count; t++) adamw16(&p, splat(0), &m, &v, &steps[t]);
        store_part(parameter + i, p, n);
        store_part(first + i, m, n);
        store_part(second + i, v, n);
    }
}

// The low and the high halves of x · m, lane by lane: even and odd lanes are multiplied as 64-bit numbers.
INLINE void multiply_wide(u16 x, uint32_t m, u16 *low, u16 *high) {
    const u64x8 mask = (u64x8){} + 0xffffffffu;
    u64x8 pairs = (u64x8)x, even = (pairs & mask) * m, odd = (pairs >> 32) * m;
    *low = (u16)((even & mask) | (odd << 32));
    *high = (u16)((even >> 32) | (odd & ~mask));
}

INLINE void philox_round(u16 c[4], uint32_t k0, uint32_t k1) {
    u16 low0, high0, low1, high1;
    multiply_wide(c[0], 0xD2511F53u, &low0, &high0);
    multiply_wide(c[2], 0xCD9E8D57u, &low1, &high1);
    c[0] = high1 ^ c[1] ^ k0;
    c[1] = low1;
    c[2] = high0 ^ c[3] ^ k1;
    c[3] = low0;
}

// Philox4x32-10 in sixteen lanes: 64 words a call, word w of lane l decides element 16·w + l of its block of 64.
KERNEL void LEVEL(dropout)(
    const float *x, float *y, size_t count, uint64_t key, uint64_t first_block, uint32_t threshold, float scale
) {
    for (size_t start = 0; start < count; start += 64) {
        uint64_t block = first_block + start / 4;
        const u16 lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        u16 counter = lanes + (uint32_t)block;
        // A lane smaller than the first has carried into the counter's second word.
        u16 carry = (u16)(counter < (u16){} + (uint32_t)block);
        u16 c[4] = {counter, (u16){} + (uint32_t)(block >> 32) - carry, (u16){}, (u16){}};
        uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
        for (int round = 0; round < 10; round++) {
            philox_round(c, k0, k1);
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }
        size_t n = count - start < 64 ? count - start : 64;
        for (size_t i = 0; i < n; i += 16) {
            size_t width = n - i < 16 ? n - i : 16;
            v16 kept = load_part(x + start + i, width) * splat(scale);
            i16 dropped = (i16)(c[i / 16] < (u16){} + threshold);
            store_part(y + start + i, select16(dropped, splat(0), kept), width);
        }
    }
}

// Round to nearest, ties to even; NaN stays NaN.
KERNEL void LEVEL(round_to_bf16)(const float *x, uint16_t *y, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, x + i, 4);
        uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1)) >> 16;
        y[i] = (bits & 0x7fffffffu) > 0x7f800000u ? (uint16_t)((bits >> 16) | 0x40) : (uint16_t)rounded;
    }
}
