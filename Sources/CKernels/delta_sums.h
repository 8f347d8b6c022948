// One level's loop. No rounded product is fused with its sum, so that every level gives the same bits.
static inline double LEVEL(sum8)(const f64x8 *v) {
    const f64x8 x = *v;
    return ((x[0] + x[1]) + (x[2] + x[3])) + ((x[4] + x[5]) + (x[6] + x[7]));
}

static inline __attribute__((always_inline)) void LEVEL(add8)(
    delta_lanes *lanes, const float *suspect, const float *base
) {
#pragma clang fp contract(off)
    const f32x8 s = *(const f32x8u *)suspect, b = *(const f32x8u *)base;
    const f64x8 wide_s = __builtin_convertvector(s, f64x8), wide_b = __builtin_convertvector(b, f64x8);
    const f64x8 d = wide_s - wide_b;
    const f64x8 square = d * d;
    lanes->delta_squared += square;
    lanes->delta_dot_base += d * wide_b;
    {
        // The square of a float is exact in double, so that fusing it with the sum changes nothing.
#pragma clang fp contract(on)
        lanes->base_squared += wide_b * wide_b;
        lanes->suspect_squared += wide_s * wide_s;
    }
    const i64x8 greater = square > lanes->largest_square;
    lanes->largest_square = (f64x8)((greater & (i64x8)square) | (~greater & (i64x8)lanes->largest_square));
    lanes->changed -= s != b;
}

static assay_delta_sums LEVEL(delta_sums)(const float *suspect, const float *base, size_t count) {
    delta_lanes lanes = {0};
    const size_t whole = count / 8 * 8;
    for (size_t i = 0; i < whole; i += 8) LEVEL(add8)(&lanes, suspect + i, base + i);
    if (whole < count) {
        // Zeros add nothing.
        float s[8] = {0}, b[8] = {0};
        memcpy(s, suspect + whole, (count - whole) * sizeof(float));
        memcpy(b, base + whole, (count - whole) * sizeof(float));
        LEVEL(add8)(&lanes, s, b);
    }
    assay_delta_sums sums = {
        .delta_squared = LEVEL(sum8)(&lanes.delta_squared),
        .delta_dot_base = LEVEL(sum8)(&lanes.delta_dot_base),
        .base_squared = LEVEL(sum8)(&lanes.base_squared),
        .suspect_squared = LEVEL(sum8)(&lanes.suspect_squared),
    };
    for (int lane = 0; lane < 8; lane++) {
        // The root of a rounded square is exact where neither over- nor underflows, as with squares of floats.
        const double magnitude = sqrt(lanes.largest_square[lane]);
        if (magnitude > sums.max_absolute) sums.max_absolute = magnitude;
        sums.changed += (uint32_t)lanes.changed[lane];
    }
    return sums;
}
