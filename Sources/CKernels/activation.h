// Φ(x) and e^{-x²/2}; erf by Abramowitz & Stegun 7.1.26, absolute error below 1.5e-7.
INLINE v16 normal_cdf(v16 x, v16 *gaussian) {
    i16 sign = (i16)x & (int32_t)0x80000000;
    v16 z = (v16)((i16)x & 0x7fffffff) * splat(0.70710678118654752f);
    v16 t = splat(1.0f) / (splat(1.0f) + splat(0.3275911f) * z);
    v16 p = splat(1.061405429f);
    p = p * t + splat(-1.453152027f);
    p = p * t + splat(1.421413741f);
    p = p * t + splat(-0.284496736f);
    p = p * t + splat(0.254829592f);
    *gaussian = exp16(-z * z);
    v16 erf = splat(1.0f) - p * t * *gaussian;
    erf = (v16)((i16)erf ^ sign);
    return splat(0.5f) * (splat(1.0f) + erf);
}

INLINE v16 gelu(v16 x) {
    v16 gaussian;
    return x * normal_cdf(x, &gaussian);
}

INLINE v16 gelu_slope(v16 x) {
    v16 gaussian;
    v16 cdf = normal_cdf(x, &gaussian);
    return cdf + x * splat(0.39894228040143268f) * gaussian;
}

// tanh(x) = 1 − 2 / (e^{2x} + 1); for small |x| the odd series, where the difference cancels.
INLINE v16 tanh16(v16 x) {
    v16 far = splat(1.0f) - splat(2.0f) / (exp16(x + x) + splat(1.0f));
    v16 s = x * x;
    v16 near = x * (splat(1.0f) + s * (splat(-0.333333333f) + s * (splat(0.133333333f) - s * splat(0.053968254f))));
    return select16(s < splat(0.02f), near, far);
}

INLINE v16 gelu_tanh_inner(v16 x) {
    return splat(0.79788456080286536f) * (x + splat(0.044715f) * x * x * x);
}
INLINE v16 gelu_tanh(v16 x) { return splat(0.5f) * x * (splat(1.0f) + tanh16(gelu_tanh_inner(x))); }
INLINE v16 gelu_tanh_slope(v16 x) {
    v16 t = tanh16(gelu_tanh_inner(x));
    v16 inner_slope = splat(0.79788456080286536f) * (splat(1.0f) + splat(3 * 0.044715f) * x * x);
    return splat(0.5f) * (splat(1.0f) + t) + splat(0.5f) * x * (splat(1.0f) - t * t) * inner_slope;
}

INLINE v16 relu(v16 x) { return select16(x > splat(0), x, splat(0)); }
INLINE v16 relu_slope(v16 x) { return select16(x > splat(0), splat(1.0f), splat(0)); }

INLINE v16 silu(v16 x) { return x / (splat(1.0f) + exp16(-x)); }
INLINE v16 silu_slope(v16 x) {
    v16 s = splat(1.0f) / (splat(1.0f) + exp16(-x));
    return s * (splat(1.0f) + x * (splat(1.0f) - s));
}

INLINE v16 tanh_slope(v16 x) {
    v16 t = tanh16(x);
    return splat(1.0f) - t * t;
}

#define ACTIVATION(NAME, VALUE, SLOPE)                                                                              \
    KERNEL void LEVEL(NAME##_forward)(const float *x, float *y, size_t count) {                                \
        size_t i = 0;                                                                                               \
        for (; i + 16 <= count; i += 16) store(y + i, VALUE(load(x + i)));                                          \
        if (i < count) store_part(y + i, VALUE(load_part(x + i, count - i)), count - i);                            \
    }                                                                                                               \
    KERNEL void LEVEL(NAME##_backward)(const float *x, const float *dy, float *dx, size_t count) {             \
        size_t i = 0;                                                                                               \
        for (; i + 16 <= count; i += 16) store(dx + i, load(dy + i) * SLOPE(load(x + i)));                          \
        if (i < count) {                                                                                            \
            size_t rest = count - i;                                                                                \
            store_part(dx + i, load_part(dy + i, rest) * SLOPE(load_part(x + i, rest)), rest);                      \
        }                                                                                                           \
    }

ACTIVATION(gelu, gelu, gelu_slope)
ACTIVATION(gelu_tanh, gelu_tanh, gelu_tanh_slope)
ACTIVATION(relu, relu, relu_slope)
ACTIVATION(silu, silu, silu_slope)
ACTIVATION(tanh, tanh16, tanh_slope)
