#include "include/delta_sums.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#pragma clang diagnostic ignored "-Wpsabi"

typedef float f32x8 __attribute__((vector_size(32)));
typedef float f32x8u __attribute__((vector_size(32), aligned(4)));
typedef int32_t i32x8 __attribute__((vector_size(32)));
typedef double f64x8 __attribute__((vector_size(64)));
typedef int64_t i64x8 __attribute__((vector_size(64)));

typedef struct {
    f64x8 delta_squared, delta_dot_base, base_squared, suspect_squared, largest_square;
    i32x8 changed;
} delta_lanes;

#define LEVEL(NAME) NAME##_baseline
#include "delta_sums.h"
#undef LEVEL

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define LEVEL(NAME) NAME##_avx2
#include "delta_sums.h"
#undef LEVEL
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("arch=x86-64-v4,no-prefer-256-bit"))), apply_to = function)
#define LEVEL(NAME) NAME##_avx512
#include "delta_sums.h"
#undef LEVEL
#pragma clang attribute pop
#endif

assay_delta_loop assay_delta_loop_at(int level) {
#if defined(__x86_64__)
    if (level == 2) return __builtin_cpu_supports("x86-64-v4") ? delta_sums_avx512 : NULL;
    if (level == 1) return __builtin_cpu_supports("x86-64-v3") ? delta_sums_avx2 : NULL;
#endif
    return level == 0 ? delta_sums_baseline : NULL;
}
