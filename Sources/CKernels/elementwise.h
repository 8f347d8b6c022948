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

INLINE void philox_round(uint32_t c[4][16], uint32_t k0, uint32_t k1) {
    for (int l = 0; l < 16; l++) {
        uint64_t p0 = (uint64_t)0xD2511F53u * c[0][l], p1 = (uint64_t)0xCD9E8D57u * c[2][l];
        uint32_t n0 = (uint32_t)(p1 >> 32) ^ c[1][l] ^ k0, n2 = (uint32_t)(p0 >> 32) ^ c[3][l] ^ k1;
        c[1][l] = (uint32_t)p1;
        c[3][l] = (uint32_t)p0;
        c[0][l] = n0;
        c[2][l] = n2;
    }
}

// Philox4x32-10 in sixteen lanes: 64 words a call, word w of lane l decides element 16·w + l of its block of 64.
KERNEL void LEVEL(dropout)(
    const float *x, float *y, size_t count, uint64_t key, uint64_t first_block, uint32_t threshold, float scale
) {
    for (size_t start = 0; start < count; start += 64) {
        uint32_t c[4][16];
        uint64_t block = first_block + start / 4;
        for (int l = 0; l < 16; l++) {
            c[0][l] = (uint32_t)(block + l);
            c[1][l] = (uint32_t)((block + l) >> 32);
            c[2][l] = 0;
            c[3][l] = 0;
        }
        uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
        for (int round = 0; round < 10; round++) {
            philox_round(c, k0, k1);
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }
        const uint32_t *words = &c[0][0];
        size_t n = count - start < 64 ? count - start : 64;
        for (size_t i = 0; i < n; i++) y[start + i] = words[i] < threshold ? 0.0f : x[start + i] * scale;
    }
}
