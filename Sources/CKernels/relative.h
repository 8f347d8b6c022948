// Attention scores by relative position: each row of x against every row of a table, then each pair's own entry.
INLINE size_t relative_row(const assay_relative_shape *shape, size_t i, size_t j) { return shape->by_key ? j : i; }

KERNEL void LEVEL(relative_forward)(
    assay_relative_shape shape, const float *x, const float *table, const int32_t *index, float *bias, float *scratch
) {
    const size_t rows = shape.by_key ? shape.keys : shape.queries;
    const size_t padded = assay_attention_padded(shape.keys), width = assay_attention_padded(shape.entries);
    float *table_t = scratch, *scores = scratch + shape.width * width;
    transpose(table, shape.table_stride, shape.entries, shape.width, width, table_t);
    product(rows, width, shape.width, x, shape.x_stride, 1, table_t, width, scores, width, 0);
    for (size_t i = 0; i < shape.queries; i++) {
        const int32_t *entry = index + shape.queries - 1 - i;
        for (size_t j = 0; j < shape.keys; j++)
            bias[i * padded + j] += shape.scale * scores[relative_row(&shape, i, j) * width + entry[j]];
    }
}

KERNEL void LEVEL(relative_backward)(
    assay_relative_shape shape, const float *x, const float *table, const int32_t *index, const float *dbias, float *dx,
    float *dtable, float *scratch
) {
    const size_t rows = shape.by_key ? shape.keys : shape.queries;
    const size_t padded = assay_attention_padded(shape.keys), width = assay_attention_padded(shape.entries);
    float *slopes = scratch;
    memset(slopes, 0, rows * width * sizeof(float));
    for (size_t i = 0; i < shape.queries; i++) {
        const int32_t *entry = index + shape.queries - 1 - i;
        for (size_t j = 0; j < shape.keys; j++)
            slopes[relative_row(&shape, i, j) * width + entry[j]] += shape.scale * dbias[i * padded + j];
    }
    product(rows, shape.width, shape.entries, slopes, width, 1, table, shape.table_stride, dx, shape.x_stride, 1);
    product(shape.entries, shape.width, rows, slopes, 1, width, x, shape.x_stride, dtable, shape.table_stride, 1);
}
