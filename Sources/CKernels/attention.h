// C[rows, 16·V] (+)= A · B for up to ROWS rows, as many as the registers hold; A by strides, so that a transposed A
// costs nothing.
#define TILE(V)                                                                                                     \
    INLINE void tile_##V(                                                                                           \
        size_t rows, size_t inner, const float *a, size_t a_row, size_t a_column, const float *b, size_t b_row,     \
        float *c, size_t c_row, int accumulate                                                                      \
    ) {                                                                                                             \
        v16 sums[ROWS][V];                                                                                          \
        size_t at[ROWS];                                                                                            \
        for (size_t r = 0; r < ROWS; r++) {                                                                         \
            at[r] = (r < rows ? r : rows - 1) * a_row;                                                              \
            for (int v = 0; v < V; v++) sums[r][v] = splat(0);                                                      \
        }                                                                                                           \
        for (size_t k = 0; k < inner; k++) {                                                                        \
            v16 line[V];                                                                                            \
            for (int v = 0; v < V; v++) line[v] = load(b + k * b_row + 16 * v);                                     \
            for (size_t r = 0; r < ROWS; r++) {                                                                     \
                v16 x = splat(a[at[r] + k * a_column]);                                                             \
                for (int v = 0; v < V; v++) sums[r][v] += x * line[v];                                              \
            }                                                                                                       \
        }                                                                                                           \
        for (size_t r = 0; r < rows; r++)                                                                           \
            for (int v = 0; v < V; v++) {                                                                           \
                float *p = c + r * c_row + 16 * v;                                                                  \
                store(p, accumulate ? load(p) + sums[r][v] : sums[r][v]);                                           \
            }                                                                                                       \
    }
TILE(1)
TILE(2)
TILE(4)

// C[m,n] (+)= A[m,k] · B[k,n]; the rows of B and C are contiguous.
INLINE void product(
    size_t m, size_t n, size_t k, const float *a, size_t a_row, size_t a_column, const float *b, size_t b_row, float *c,
    size_t c_row, int accumulate
) {
    for (size_t i = 0; i < m; i += ROWS) {
        size_t rows = m - i < ROWS ? m - i : ROWS, j = 0;
        const float *ai = a + i * a_row;
        float *ci = c + i * c_row;
        for (; j + 64 <= n; j += 64) tile_4(rows, k, ai, a_row, a_column, b + j, b_row, ci + j, c_row, accumulate);
        for (; j + 32 <= n; j += 32) tile_2(rows, k, ai, a_row, a_column, b + j, b_row, ci + j, c_row, accumulate);
        for (; j + 16 <= n; j += 16) tile_1(rows, k, ai, a_row, a_column, b + j, b_row, ci + j, c_row, accumulate);
        for (; j < n; j++)
            for (size_t r = 0; r < rows; r++) {
                float s = 0;
                for (size_t l = 0; l < k; l++) s += ai[r * a_row + l * a_column] * b[l * b_row + j];
                ci[r * c_row + j] = accumulate ? ci[r * c_row + j] + s : s;
            }
    }
}

// out[columns][padded], zero in the padding.
INLINE void transpose(const float *x, size_t stride, size_t rows, size_t columns, size_t padded, float *out) {
    for (size_t r = 0; r < padded; r += 16)
        for (size_t c = 0; c < columns; c += 16) {
            size_t height = rows - r < 16 ? rows - r : 16, width = columns - c < 16 ? columns - c : 16;
            v16 block[16];
            for (size_t i = 0; i < 16; i++)
                block[i] = i < height ? load_part(x + (r + i) * stride + c, width) : splat(0);
            transpose16(block);
            for (size_t i = 0; i < width; i++) store(out + (c + i) * padded + r, block[i]);
        }
}

// softmax(scale · row) over the keys, zero in the padding.
INLINE void softmax(float *row, size_t keys, size_t padded, float scale) {
    const i16 lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const i16 inside = lanes < (int32_t)(keys + 16 - padded);
    const v16 lowest = splat(-3.0e38f);
    v16 last = select16(inside, load(row + padded - 16), lowest), highest = last, total = splat(0);
    store(row + padded - 16, last);
    for (size_t j = 0; j + 16 < padded; j += 16) highest = larger16(load(row + j), highest);
    v16 top = splat(max16(highest) * scale);
    for (size_t j = 0; j < padded; j += 16) {
        v16 e = exp16(load(row + j) * splat(scale) - top);
        if (j + 16 == padded) e = select16(inside, e, splat(0));
        store(row + j, e);
        total += e;
    }
    v16 inverse = splat(1.0f / sum16(total));
    for (size_t j = 0; j < padded; j += 16) store(row + j, load(row + j) * inverse);
}

// softmax(scale · row + bias) over the keys from first to last, the last excluded; zero elsewhere.
INLINE void softmax_part(float *row, size_t padded, size_t first, size_t last, float scale, const float *bias) {
    const i16 lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const size_t begin = first / 16 * 16;
    v16 highest = splat(-3.0e38f), total = splat(0);
    for (size_t j = 0; j < begin; j += 16) store(row + j, splat(0));
    for (size_t j = begin; j < last; j += 16) {
        i16 at = lanes + (int32_t)j;
        v16 score = load(row + j) * splat(scale);
        if (bias) score += load(bias + j);
        score = select16((at >= (int32_t)first) & (at < (int32_t)last), score, splat(-3.0e38f));
        store(row + j, score);
        highest = larger16(score, highest);
    }
    v16 top = splat(max16(highest));
    for (size_t j = begin; j < last; j += 16) {
        i16 at = lanes + (int32_t)j;
        v16 e = select16((at >= (int32_t)first) & (at < (int32_t)last), exp16(load(row + j) - top), splat(0));
        store(row + j, e);
        total += e;
    }
    v16 inverse = splat(1.0f / sum16(total));
    for (size_t j = begin; j < padded; j += 16) store(row + j, j < last ? load(row + j) * inverse : splat(0));
}

// The softmax of query i over the keys that it sees.
INLINE void softmax_query(const assay_attention_shape *shape, size_t i, size_t padded, float *row, const float *bias) {
    const size_t at = shape->start + i;
    const size_t first = at > shape->before ? at - shape->before : 0;
    const size_t last = shape->after >= shape->keys || at + shape->after >= shape->keys ? shape->keys : at + shape->after + 1;
    if (!bias && first == 0 && last == shape->keys) softmax(row, shape->keys, padded, shape->scale);
    else softmax_part(row, padded, first, last, shape->scale, bias ? bias + i * padded : NULL);
}

KERNEL void LEVEL(attention_forward)(
    assay_attention_shape shape, const float *q, const float *k, const float *v, const float *bias,
    float *probabilities, float *out, size_t out_stride, float *scratch
) {
    const size_t padded = assay_attention_padded(shape.keys);
    float *keys_t = scratch, *dropped = scratch + shape.width * padded;
    transpose(k, shape.k_stride, shape.keys, shape.width, padded, keys_t);
    product(
        shape.queries, padded, shape.width, q, shape.q_stride, 1, keys_t, padded, probabilities, padded, 0);
    for (size_t i = 0; i < shape.queries; i++) softmax_query(&shape, i, padded, probabilities + i * padded, bias);
    const float *weights = probabilities;
    if (shape.dropout_threshold) {
        LEVEL(dropout)(
            probabilities, dropped, shape.queries * padded, shape.dropout_key, shape.dropout_block,
            shape.dropout_threshold, shape.dropout_scale);
        weights = dropped;
    }
    product(shape.queries, shape.width, shape.keys, weights, padded, 1, v, shape.v_stride, out, out_stride, 0);
}

KERNEL void LEVEL(attention_backward)(
    assay_attention_shape shape, const float *q, const float *k, const float *v, const float *probabilities,
    const float *dout, size_t dout_stride, float *dq, float *dk, float *dv, float *dbias, float *scratch
) {
    const size_t padded = assay_attention_padded(shape.keys);
    float *values_t = scratch, *scores = scratch + shape.width * padded;
    float *dropped = scores + shape.queries * padded;
    const float *weights = probabilities;
    if (shape.dropout_threshold) {
        LEVEL(dropout)(
            probabilities, dropped, shape.queries * padded, shape.dropout_key, shape.dropout_block,
            shape.dropout_threshold, shape.dropout_scale);
        weights = dropped;
    }
    product(shape.keys, shape.width, shape.queries, weights, 1, padded, dout, dout_stride, dv, shape.v_stride, 1);
    transpose(v, shape.v_stride, shape.keys, shape.width, padded, values_t);
    product(shape.queries, padded, shape.width, dout, dout_stride, 1, values_t, padded, scores, padded, 0);
    if (shape.dropout_threshold)
        LEVEL(dropout)(
            scores, scores, shape.queries * padded, shape.dropout_key, shape.dropout_block, shape.dropout_threshold,
            shape.dropout_scale);
    for (size_t i = 0; i < shape.queries; i++) {
        const float *p = probabilities + i * padded;
        float *s = scores + i * padded;
        v16 total = splat(0);
        for (size_t j = 0; j < padded; j += 16) total += load(p + j) * load(s + j);
        v16 mean = splat(sum16(total));
        for (size_t j = 0; j < padded; j += 16) {
            v16 slope = load(p + j) * (load(s + j) - mean);
            store(s + j, slope * splat(shape.scale));
            if (dbias) store(dbias + i * padded + j, load(dbias + i * padded + j) + slope);
        }
    }
    product(shape.queries, shape.width, shape.keys, scores, padded, 1, k, shape.k_stride, dq, shape.q_stride, 1);
    product(shape.keys, shape.width, shape.queries, scores, 1, padded, q, shape.q_stride, dk, shape.k_stride, 1);
}
