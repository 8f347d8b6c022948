#include "include/CKernels.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
#define LEVEL(NAME) NAME##_avx512
#define LEVEL_NAME "avx512"
#define ROWS 8
#include "table.h"
#pragma clang attribute pop
#endif
