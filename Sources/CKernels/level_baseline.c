#include "include/CKernels.h"

#include <math.h>
#include <string.h>

#define LEVEL(NAME) NAME##_baseline
#define LEVEL_NAME "baseline"
#define ROWS 2
#include "table.h"
