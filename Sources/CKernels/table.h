// The body of one level's file: every loop, then the table that names them.
#include "vector.h"

#include "activation.h"
#include "elementwise.h"
#include "norm.h"
#include "rotate.h"
// Uses dropout.
#include "attention.h"
// Uses attention's products.
#include "relative.h"

const assay_kernels LEVEL(table) = {
    .name = LEVEL_NAME,
    .gelu_forward = LEVEL(gelu_forward),
    .gelu_backward = LEVEL(gelu_backward),
    .gelu_tanh_forward = LEVEL(gelu_tanh_forward),
    .gelu_tanh_backward = LEVEL(gelu_tanh_backward),
    .relu_forward = LEVEL(relu_forward),
    .relu_backward = LEVEL(relu_backward),
    .silu_forward = LEVEL(silu_forward),
    .silu_backward = LEVEL(silu_backward),
    .tanh_forward = LEVEL(tanh_forward),
    .tanh_backward = LEVEL(tanh_backward),
    .layer_norm_forward = LEVEL(layer_norm_forward),
    .layer_norm_backward = LEVEL(layer_norm_backward),
    .rms_norm_forward = LEVEL(rms_norm_forward),
    .rms_norm_backward = LEVEL(rms_norm_backward),
    .rotate = LEVEL(rotate),
    .multiply = LEVEL(multiply),
    .add = LEVEL(add),
    .column_sums = LEVEL(column_sums),
    .squared_norm = LEVEL(squared_norm),
    .dropout = LEVEL(dropout),
    .round_to_bf16 = LEVEL(round_to_bf16),
    .adamw = LEVEL(adamw),
    .adamw_catch_up = LEVEL(adamw_catch_up),
    .attention_forward = LEVEL(attention_forward),
    .attention_backward = LEVEL(attention_backward),
    .relative_forward = LEVEL(relative_forward),
    .relative_backward = LEVEL(relative_backward),
};
