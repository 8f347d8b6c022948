#ifndef ASSAY_CGUARDEDMAP_H
#define ASSAY_CGUARDEDMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A read-only mapping of a file whose faults do not end the process.
///
/// A file can shrink while it is mapped; reading past its new end raises SIGBUS, and no check beforehand can rule that
/// out. Inside a guarded mapping such a fault puts a page of zeros where the file's page was and sets a flag, which
/// the reader looks at after reading. SIGBUS from anywhere else goes to the handler that was there before.
struct assay_guarded_map {
    /// Start of the mapping, page-aligned.
    const void *_Nullable base;
    /// Bytes mapped.
    size_t length;
    /// Row in the table of guarded ranges.
    int32_t slot;
};

/// Maps the first `length` bytes of `descriptor`; `length` must not be 0.
/// Returns 0, or an `errno` value (ENOMEM also when 1024 guarded mappings exist).
int32_t assay_guarded_map_create(int32_t descriptor, size_t length, struct assay_guarded_map *_Nonnull map);

/// Whether any read inside the mapping hit a page that the file no longer backs.
bool assay_guarded_map_faulted(struct assay_guarded_map map);

/// Removes the guard, then the mapping. No thread may be reading from it.
void assay_guarded_map_destroy(struct assay_guarded_map map);

#endif
