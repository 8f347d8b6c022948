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
typedef uint32_t u16 __attribute__((vector_size(64)));
typedef uint64_t u64x8 __attribute__((vector_size(64)));
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

// v with its lanes turned by n, so that halves, quarters … come to lie over one another.
#define TURNED(V, N)                                                                                                  \
    __builtin_shufflevector(                                                                                          \
        V, V, (0 + N) % 16, (1 + N) % 16, (2 + N) % 16, (3 + N) % 16, (4 + N) % 16, (5 + N) % 16, (6 + N) % 16,        \
        (7 + N) % 16, (8 + N) % 16, (9 + N) % 16, (10 + N) % 16, (11 + N) % 16, (12 + N) % 16, (13 + N) % 16,          \
        (14 + N) % 16, (15 + N) % 16)

// The sum of all lanes as a tree: one fixed order, whatever the instruction level.
INLINE float sum16(v16 v) {
    v += TURNED(v, 8);
    v += TURNED(v, 4);
    v += TURNED(v, 2);
    v += TURNED(v, 1);
    return v[0];
}
INLINE v16 larger16(v16 a, v16 b) { return select16(a > b, a, b); }
INLINE float max16(v16 v) {
    v = larger16(v, TURNED(v, 8));
    v = larger16(v, TURNED(v, 4));
    v = larger16(v, TURNED(v, 2));
    v = larger16(v, TURNED(v, 1));
    return v[0];
}

// Exchanges the off-diagonal blocks of n × n in rows a and a + n, for a 16 × 16 transpose in four such steps.
#define EXCHANGE(R, A, N)                                                                                             \
    do {                                                                                                              \
        v16 upper = R[A], lower = R[A + N];                                                                           \
        R[A] = __builtin_shufflevector(upper, lower, LANES_##N(0, 16));                                               \
        R[A + N] = __builtin_shufflevector(upper, lower, LANES_##N(N, 16 + N));                                       \
    } while (0)
#define LANES_1(U, L)                                                                                                 \
    U, L, U + 2, L + 2, U + 4, L + 4, U + 6, L + 6, U + 8, L + 8, U + 10, L + 10, U + 12, L + 12, U + 14, L + 14
#define LANES_2(U, L)                                                                                                 \
    U, U + 1, L, L + 1, U + 4, U + 5, L + 4, L + 5, U + 8, U + 9, L + 8, L + 9, U + 12, U + 13, L + 12, L + 13
#define LANES_4(U, L)                                                                                                 \
    U, U + 1, U + 2, U + 3, L, L + 1, L + 2, L + 3, U + 8, U + 9, U + 10, U + 11, L + 8, L + 9, L + 10, L + 11
#define LANES_8(U, L)                                                                                                 \
    U, U + 1, U + 2, U + 3, U + 4, U + 5, U + 6, U + 7, L, L + 1, L + 2, L + 3, L + 4, L + 5, L + 6, L + 7

INLINE void transpose16(v16 r[16]) {
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i += 2) EXCHANGE(r, i, 1);
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i += 1)
        if (!(i & 2)) EXCHANGE(r, i, 2);
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i += 1)
        if (!(i & 4)) EXCHANGE(r, i, 4);
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i += 1) EXCHANGE(r, i, 8);
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
