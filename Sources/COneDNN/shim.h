#ifndef ASSAY_ONEDNN_SHIM_H
#define ASSAY_ONEDNN_SHIM_H

#include <oneapi/dnnl/dnnl.h>
#include <stddef.h>
#include <stdint.h>

// <omp.h> is not visible to Swift's clang. The setting is per calling thread.
extern void omp_set_num_threads(int count);

// One f32 product C[m,n] = A[m,k] · Bᵀ + bias, B stored [n,k], of fixed shape (oneDNN 2.6).
// Never shared between threads: the scratchpad is the caller's.
typedef struct {
    dnnl_primitive_t primitive;
    dnnl_memory_t a, b, bias, c, scratch;
    size_t scratch_bytes;
} assay_linear;

static inline void assay_linear_destroy(assay_linear *product) {
    dnnl_memory_destroy(product->a);
    dnnl_memory_destroy(product->b);
    dnnl_memory_destroy(product->bias);
    dnnl_memory_destroy(product->c);
    dnnl_memory_destroy(product->scratch);
    dnnl_primitive_destroy(product->primitive);
}

static inline dnnl_status_t assay_linear_create(
    assay_linear *product, dnnl_engine_t engine, int64_t m, int64_t n, int64_t k
) {
    dnnl_memory_desc_t a, b, bias, c;
    dnnl_dims_t a_dims = {m, k}, b_dims = {k, n}, b_strides = {1, k}, bias_dims = {1, n}, c_dims = {m, n};
    dnnl_memory_desc_init_by_tag(&a, 2, a_dims, dnnl_f32, dnnl_ab);
    dnnl_memory_desc_init_by_strides(&b, 2, b_dims, dnnl_f32, b_strides);
    dnnl_memory_desc_init_by_tag(&bias, 2, bias_dims, dnnl_f32, dnnl_ab);
    dnnl_memory_desc_init_by_tag(&c, 2, c_dims, dnnl_f32, dnnl_ab);

    dnnl_matmul_desc_t desc;
    dnnl_primitive_attr_t attributes = NULL;
    dnnl_primitive_desc_t primitive_desc = NULL;
    *product = (assay_linear){0};
    dnnl_status_t status = dnnl_matmul_desc_init(&desc, &a, &b, &bias, &c);
    if (status == dnnl_success) status = dnnl_primitive_attr_create(&attributes);
    if (status == dnnl_success)
        status = dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user);
    if (status == dnnl_success) status = dnnl_primitive_desc_create(&primitive_desc, &desc, attributes, engine, NULL);
    if (status == dnnl_success) status = dnnl_primitive_create(&product->primitive, primitive_desc);
    if (status == dnnl_success) {
        const dnnl_memory_desc_t *scratch =
            dnnl_primitive_desc_query_md(primitive_desc, dnnl_query_scratchpad_md, 0);
        product->scratch_bytes = dnnl_memory_desc_get_size(scratch);
        status = dnnl_memory_create(&product->scratch, scratch, engine, DNNL_MEMORY_NONE);
    }
    if (status == dnnl_success) status = dnnl_memory_create(&product->a, &a, engine, DNNL_MEMORY_NONE);
    if (status == dnnl_success) status = dnnl_memory_create(&product->b, &b, engine, DNNL_MEMORY_NONE);
    if (status == dnnl_success) status = dnnl_memory_create(&product->bias, &bias, engine, DNNL_MEMORY_NONE);
    if (status == dnnl_success) status = dnnl_memory_create(&product->c, &c, engine, DNNL_MEMORY_NONE);
    if (primitive_desc) dnnl_primitive_desc_destroy(primitive_desc);
    if (attributes) dnnl_primitive_attr_destroy(attributes);
    if (status != dnnl_success) assay_linear_destroy(product);
    return status;
}

static inline dnnl_status_t assay_linear_execute(
    const assay_linear *product, dnnl_stream_t stream, const float *a, const float *b, const float *bias, float *c,
    void *scratch
) {
    dnnl_memory_set_data_handle(product->a, (void *)a);
    dnnl_memory_set_data_handle(product->b, (void *)b);
    dnnl_memory_set_data_handle(product->bias, (void *)bias);
    dnnl_memory_set_data_handle(product->c, c);
    dnnl_memory_set_data_handle(product->scratch, scratch);
    const dnnl_exec_arg_t arguments[] = {
        {DNNL_ARG_SRC, product->a},   {DNNL_ARG_WEIGHTS, product->b}, {DNNL_ARG_BIAS, product->bias},
        {DNNL_ARG_DST, product->c},   {DNNL_ARG_SCRATCHPAD, product->scratch},
    };
    return dnnl_primitive_execute(product->primitive, stream, 5, arguments);
}

#endif
