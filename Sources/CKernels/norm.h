// Sixteen columns from i on, or as many as the row has.
INLINE size_t width_at(size_t i, size_t columns) { return columns - i < 16 ? columns - i : 16; }
INLINE v16 columns16(const float *row, size_t i, size_t columns) { return load_part(row + i, width_at(i, columns)); }
INLINE void put16(float *row, size_t i, size_t columns, v16 v) { store_part(row + i, v, width_at(i, columns)); }

KERNEL void LEVEL(layer_norm_forward)(
    const float *x, const float *residual, const float *weight, const float *bias, float epsilon, size_t rows,
    size_t columns, float *sum, float *mean, float *inverse_deviation, float *y
) {
    for (size_t r = 0; r < rows; r++) {
        const float *xr = x + r * columns;
        const float *rr = residual ? residual + r * columns : NULL;
        float *sr = sum + r * columns, *yr = y + r * columns;
        v16 total = splat(0);
        for (size_t i = 0; i < columns; i += 16) {
            v16 v = columns16(xr, i, columns);
            if (rr) v += columns16(rr, i, columns);
            put16(sr, i, columns, v);
            total += v;
        }
        float m = sum16(total) / (float)columns;
        v16 squares = splat(0);
        for (size_t i = 0; i < columns; i += 16) {
            v16 d = columns16(sr, i, columns) - splat(m);
            if (i + 16 > columns) {
                v16 kept = splat(0);
                memcpy(&kept, &d, (columns - i) * sizeof(float));
                d = kept;
            }
            squares += d * d;
        }
        float inverse = 1.0f / sqrtf(sum16(squares) / (float)columns + epsilon);
        mean[r] = m;
        inverse_deviation[r] = inverse;
        for (size_t i = 0; i < columns; i += 16) {
            v16 d = (columns16(sr, i, columns) - splat(m)) * splat(inverse);
            v16 w = columns16(weight, i, columns);
            put16(yr, i, columns, bias ? d * w + columns16(bias, i, columns) : d * w);
        }
    }
}

KERNEL void LEVEL(layer_norm_backward)(
    const float *dy, const float *sum, const float *weight, const float *mean, const float *inverse_deviation,
    size_t rows, size_t columns, float *dx, float *dweight, float *dbias
) {
    for (size_t r = 0; r < rows; r++) {
        const float *dyr = dy + r * columns, *sr = sum + r * columns;
        float *dxr = dx + r * columns;
        v16 m = splat(mean[r]), inverse = splat(inverse_deviation[r]);
        v16 g_total = splat(0), gx_total = splat(0);
        for (size_t i = 0; i < columns; i += 16) {
            v16 d = columns16(dyr, i, columns);
            v16 normal = (columns16(sr, i, columns) - m) * inverse;
            v16 g = d * columns16(weight, i, columns);
            put16(dweight, i, columns, columns16(dweight, i, columns) + d * normal);
            if (dbias) put16(dbias, i, columns, columns16(dbias, i, columns) + d);
            g_total += g;
            gx_total += g * normal;
        }
        v16 g_mean = splat(sum16(g_total) / (float)columns), gx_mean = splat(sum16(gx_total) / (float)columns);
        for (size_t i = 0; i < columns; i += 16) {
            v16 normal = (columns16(sr, i, columns) - m) * inverse;
            v16 g = columns16(dyr, i, columns) * columns16(weight, i, columns);
            put16(dxr, i, columns, (g - g_mean - normal * gx_mean) * inverse);
        }
    }
}

KERNEL void LEVEL(rms_norm_forward)(
    const float *x, size_t stride, const float *weight, float offset, float epsilon, size_t rows, size_t groups,
    size_t columns, float *inverse, float *y
) {
    for (size_t r = 0; r < rows; r++)
        for (size_t g = 0; g < groups; g++) {
            const float *xr = x + r * stride + g * columns;
            float *yr = y + (r * groups + g) * columns;
            v16 squares = splat(0);
            for (size_t i = 0; i < columns; i += 16) {
                v16 v = columns16(xr, i, columns);
                squares += v * v;
            }
            float n = 1.0f / sqrtf(sum16(squares) / (float)columns + epsilon);
            inverse[r * groups + g] = n;
            for (size_t i = 0; i < columns; i += 16)
                put16(yr, i, columns, columns16(xr, i, columns) * splat(n) * (columns16(weight, i, columns) + splat(offset)));
        }
}

KERNEL void LEVEL(rms_norm_backward)(
    const float *dy, const float *x, size_t stride, const float *weight, float offset, const float *inverse,
    size_t rows, size_t groups, size_t columns, float *dx, float *dweight
) {
    for (size_t r = 0; r < rows; r++)
        for (size_t g = 0; g < groups; g++) {
            const float *dyr = dy + (r * groups + g) * columns, *xr = x + r * stride + g * columns;
            float *dxr = dx + r * stride + g * columns;
            v16 n = splat(inverse[r * groups + g]), total = splat(0);
            for (size_t i = 0; i < columns; i += 16) {
                v16 d = columns16(dyr, i, columns), normal = columns16(xr, i, columns) * n;
                put16(dweight, i, columns, columns16(dweight, i, columns) + d * normal);
                total += d * (columns16(weight, i, columns) + splat(offset)) * normal;
            }
            v16 mean = splat(sum16(total) / (float)columns);
            for (size_t i = 0; i < columns; i += 16) {
                v16 slope = columns16(dyr, i, columns) * (columns16(weight, i, columns) + splat(offset));
                v16 normal = columns16(xr, i, columns) * n;
                put16(dxr, i, columns, columns16(dxr, i, columns) + (slope - normal * mean) * n);
            }
        }
}
