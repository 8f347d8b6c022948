#ifndef ASSAY_ONEDNN_SHIM_H
#define ASSAY_ONEDNN_SHIM_H

#include <oneapi/dnnl/dnnl.h>
#include <stddef.h>
#include <stdint.h>

// <omp.h> is not visible to Swift's clang. The setting is per calling thread.
extern void omp_set_num_threads(int count);

// C[m,n] (+)= A[m,k] · B[k,n] (+ bias[n]), C and bias f32 (oneDNN 2.6).
typedef struct {
    int64_t m, n, k;
    // A is stored [k,m], B is stored [n,k].
    int transposed_a, transposed_b;
    // A and B are bf16 instead of f32.
    int bf16;
    int has_bias;
    // Adds to C instead of replacing it.
    int accumulates;
    // The layout of B; NULL: row after row, as above.
    const dnnl_memory_desc_t *packed;
} assay_product_shape;

// One product of a fixed shape. Never shared between threads: the scratchpad is the caller's.
typedef struct {
    dnnl_primitive_t primitive;
    dnnl_memory_t a, b, bias, c, scratch;
    size_t scratch_bytes;
} assay_product;

static inline void assay_product_destroy(assay_product *product) {
    dnnl_memory_destroy(product->a);
    dnnl_memory_destroy(product->b);
    dnnl_memory_destroy(product->bias);
    dnnl_memory_destroy(product->c);
    dnnl_memory_destroy(product->scratch);
    dnnl_primitive_destroy(product->primitive);
}

static inline dnnl_status_t assay_factor_layout(
    dnnl_memory_desc_t *layout, int64_t rows, int64_t columns, int transposed, int bf16
) {
    dnnl_dims_t dims = {rows, columns}, plain = {columns, 1}, flipped = {1, rows};
    return dnnl_memory_desc_init_by_strides(
        layout, 2, dims, bf16 ? dnnl_bf16 : dnnl_f32, transposed ? flipped : plain);
}

static inline dnnl_status_t assay_product_describe(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, const assay_product_shape *shape, int any_layout
) {
    dnnl_memory_desc_t a, b, bias, c;
    dnnl_dims_t b_dims = {shape->k, shape->n}, bias_dims = {1, shape->n}, c_dims = {shape->m, shape->n};
    assay_factor_layout(&a, shape->m, shape->k, shape->transposed_a, shape->bf16);
    if (any_layout)
        dnnl_memory_desc_init_by_tag(&b, 2, b_dims, shape->bf16 ? dnnl_bf16 : dnnl_f32, dnnl_format_tag_any);
    else if (shape->packed) b = *shape->packed;
    else assay_factor_layout(&b, shape->k, shape->n, shape->transposed_b, shape->bf16);
    dnnl_memory_desc_init_by_tag(&bias, 2, bias_dims, dnnl_f32, dnnl_ab);
    dnnl_memory_desc_init_by_tag(&c, 2, c_dims, dnnl_f32, dnnl_ab);

    dnnl_matmul_desc_t desc;
    dnnl_primitive_attr_t attributes = NULL;
    dnnl_post_ops_t sum = NULL;
    dnnl_status_t status = dnnl_matmul_desc_init(&desc, &a, &b, shape->has_bias ? &bias : NULL, &c);
    if (status == dnnl_success) status = dnnl_primitive_attr_create(&attributes);
    if (status == dnnl_success)
        status = dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user);
    if (status == dnnl_success && shape->accumulates) {
        status = dnnl_post_ops_create(&sum);
        if (status == dnnl_success) status = dnnl_post_ops_append_sum(sum, 1);
        if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(attributes, sum);
        if (sum) dnnl_post_ops_destroy(sum);
    }
    if (status == dnnl_success) status = dnnl_primitive_desc_create(result, &desc, attributes, engine, NULL);
    if (attributes) dnnl_primitive_attr_destroy(attributes);
    return status;
}

static inline dnnl_status_t assay_product_memory(
    dnnl_memory_t *memory, dnnl_primitive_desc_t desc, dnnl_query_t query, dnnl_engine_t engine
) {
    return dnnl_memory_create(memory, dnnl_primitive_desc_query_md(desc, query, 0), engine, DNNL_MEMORY_NONE);
}

static inline dnnl_status_t assay_product_create(
    assay_product *product, dnnl_engine_t engine, const assay_product_shape *shape
) {
    dnnl_primitive_desc_t desc = NULL;
    *product = (assay_product){0};
    dnnl_status_t status = assay_product_describe(&desc, engine, shape, 0);
    if (status != dnnl_success) return status;
    status = dnnl_primitive_create(&product->primitive, desc);
    if (status == dnnl_success) status = assay_product_memory(&product->a, desc, dnnl_query_src_md, engine);
    if (status == dnnl_success) status = assay_product_memory(&product->b, desc, dnnl_query_weights_md, engine);
    if (status == dnnl_success && shape->has_bias) {
        const dnnl_memory_desc_t *bias = dnnl_primitive_desc_query_md(desc, dnnl_query_weights_md, 1);
        status = dnnl_memory_create(&product->bias, bias, engine, DNNL_MEMORY_NONE);
    }
    if (status == dnnl_success) status = assay_product_memory(&product->c, desc, dnnl_query_dst_md, engine);
    if (status == dnnl_success) status = assay_product_memory(&product->scratch, desc, dnnl_query_scratchpad_md, engine);
    if (status == dnnl_success)
        product->scratch_bytes =
            dnnl_memory_desc_get_size(dnnl_primitive_desc_query_md(desc, dnnl_query_scratchpad_md, 0));
    dnnl_primitive_desc_destroy(desc);
    if (status != dnnl_success) assay_product_destroy(product);
    return status;
}

static inline dnnl_status_t assay_product_execute(
    const assay_product *product, dnnl_stream_t stream, const void *a, const void *b, const float *bias, float *c,
    void *scratch
) {
    dnnl_memory_set_data_handle(product->a, (void *)a);
    dnnl_memory_set_data_handle(product->b, (void *)b);
    dnnl_memory_set_data_handle(product->c, c);
    dnnl_memory_set_data_handle(product->scratch, scratch);
    if (product->bias) dnnl_memory_set_data_handle(product->bias, (void *)bias);
    const dnnl_exec_arg_t arguments[] = {
        {DNNL_ARG_SRC, product->a},           {DNNL_ARG_WEIGHTS, product->b}, {DNNL_ARG_DST, product->c},
        {DNNL_ARG_SCRATCHPAD, product->scratch}, {DNNL_ARG_BIAS, product->bias},
    };
    return dnnl_primitive_execute(product->primitive, stream, product->bias ? 5 : 4, arguments);
}

// The layout of B that is fastest for products of this kind.
static inline dnnl_status_t assay_packed_layout(
    dnnl_memory_desc_t *layout, dnnl_engine_t engine, const assay_product_shape *shape
) {
    dnnl_primitive_desc_t desc = NULL;
    dnnl_status_t status = assay_product_describe(&desc, engine, shape, 1);
    if (status != dnnl_success) return status;
    *layout = *dnnl_primitive_desc_query_md(desc, dnnl_query_weights_md, 0);
    dnnl_primitive_desc_destroy(desc);
    return dnnl_success;
}

// Writes an f32 matrix, stored [n,k] or untransposed [k,n], as the factor B[k,n] of that layout.
static inline dnnl_status_t assay_pack(
    dnnl_engine_t engine, dnnl_stream_t stream, const dnnl_memory_desc_t *layout, int64_t n, int64_t k, int transposed,
    const float *matrix, void *packed
) {
    dnnl_memory_desc_t plain;
    dnnl_memory_t from = NULL, to = NULL;
    dnnl_primitive_desc_t desc = NULL;
    dnnl_primitive_t reorder = NULL;
    dnnl_status_t status = assay_factor_layout(&plain, k, n, transposed, 0);
    if (status == dnnl_success) status = dnnl_memory_create(&from, &plain, engine, (void *)matrix);
    if (status == dnnl_success) status = dnnl_memory_create(&to, layout, engine, packed);
    if (status == dnnl_success) status = dnnl_reorder_primitive_desc_create(&desc, &plain, engine, layout, engine, NULL);
    if (status == dnnl_success) status = dnnl_primitive_create(&reorder, desc);
    if (status == dnnl_success) {
        const dnnl_exec_arg_t arguments[] = {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}};
        status = dnnl_primitive_execute(reorder, stream, 2, arguments);
    }
    if (reorder) dnnl_primitive_destroy(reorder);
    if (desc) dnnl_primitive_desc_destroy(desc);
    if (from) dnnl_memory_destroy(from);
    if (to) dnnl_memory_destroy(to);
    return status;
}

#endif
