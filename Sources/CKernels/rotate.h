// Rotary positions (Su et al. 2021), in the order that pairs the two halves of a head.
KERNEL void LEVEL(rotate)(
    float *x, size_t stride, const float *table, const int32_t *positions, size_t rows, size_t heads, size_t width,
    int back
) {
    const size_t half = width / 2;
    const float sign = back ? -1.0f : 1.0f;
    for (size_t r = 0; r < rows; r++) {
        const float *cosine = table + (size_t)positions[r] * width, *sine = cosine + half;
        for (size_t h = 0; h < heads; h++) {
            float *first = x + r * stride + h * width, *second = first + half;
            for (size_t c = 0; c < half; c++) {
                float a = first[c], b = second[c], s = sign * sine[c];
                first[c] = a * cosine[c] - b * s;
                second[c] = b * cosine[c] + a * s;
            }
        }
    }
}
