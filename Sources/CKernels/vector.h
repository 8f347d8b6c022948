// Sixteen floats at a time, lowered to what each instruction level has, and the functions that C lacks for them.
#ifndef ASSAY_VECTOR_H
#define ASSAY_VECTOR_H

#include <stddef.h>
#include <stdint.h>

#pragma clang diagnostic ignored "-Wpsabi"

#define KERNEL static
#define INLINE static inline __attribute__((always_inline))

typedef float v16 __attribute__((vector_size(64)));
typedef int32_t i16 __attribute__((vector_size(64)));
typedef float v16u __attribute__((vector_size(64), aligned(4)));

INLINE v16 load(const float *p) { return *(const v16u *)p; }
INLINE void store(float *p, v16 v) { *(v16u *)p = v; }
INLINE v16 splat(float x) { return (v16){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }
INLINE v16 select16(i16 mask, v16 a, v16 b) { return (v16)((mask & (i16)a) | (~mask & (i16)b)); }

// The first n floats, the rest 0.
INLINE v16 load_part(const float *p, size_t n) {
    if (n == 16) return load(p);
    v16 v = splat(0);
    memcpy(&v, p, n * sizeof(float));
    return v;
}
INLINE void store_part(float *p, v16 v, size_t n) {
    if (n == 16) store(p, v);
    else memcpy(p, &v, n * sizeof(float));
}

// Sums in one fixed order, whatever the instruction level.
INLINE float sum16(v16 v) {
    float s = 0;
    for (int i = 0; i < 16; i++) s += v[i];
    return s;
}
INLINE float max16(v16 v) {
    float m = v[0];
    for (int i = 1; i < 16; i++) m = v[i] > m ? v[i] : m;
    return m;
}

// eˣ to about 1 ulp: range reduction by ln 2 in two parts, then a polynomial of degree 6.
INLINE v16 exp16(v16 x) {
    x = select16(x < splat(-87.3f), splat(-87.3f), x);
    x = select16(x > splat(88.3f), splat(88.3f), x);
    const v16 magic = splat(12582912.0f);
    v16 n = x * splat(1.44269504088896341f) + magic;
    i16 exponent = ((i16)n - (i16)magic) << 23;
    n = n - magic;
    v16 r = x - n * splat(0.693359375f);
    r = r - n * splat(-2.12194440e-4f);
    v16 p = splat(1.9875691500e-4f);
    p = p * r + splat(1.3981999507e-3f);
    p = p * r + splat(8.3334519073e-3f);
    p = p * r + splat(4.1665795894e-2f);
    p = p * r + splat(1.6666665459e-1f);
    p = p * r + splat(5.0000001201e-1f);
    p = p * r * r + r + splat(1.0f);
    return (v16)((i16)p + exponent);
}

#endif
