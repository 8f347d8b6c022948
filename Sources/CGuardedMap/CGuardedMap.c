#define _GNU_SOURCE
#include "CGuardedMap.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

enum { max_ranges = 1024 };

/// One guarded range. The handler takes `end != 0` as "in use"; `start` is stored before `end`.
struct range {
    _Atomic uintptr_t start;
    _Atomic uintptr_t end;
    atomic_bool taken;
    atomic_bool faulted;
};

static struct range ranges[max_ranges];
static atomic_int used_ranges;
static uintptr_t page_size;
static struct sigaction previous_action;
static int install_error;
static pthread_once_t install_once = PTHREAD_ONCE_INIT;

static void forward(int signal, siginfo_t *info, void *context) {
    if (previous_action.sa_flags & SA_SIGINFO) {
        previous_action.sa_sigaction(signal, info, context);
    } else if (previous_action.sa_handler != SIG_DFL && previous_action.sa_handler != SIG_IGN) {
        previous_action.sa_handler(signal);
    } else {
        struct sigaction by_default = {.sa_handler = SIG_DFL};
        sigaction(signal, &by_default, NULL);
        raise(signal);
    }
}

/// Calls nothing but `mmap`, which on Linux is a bare system call. The flag is raised before the page of zeros appears,
/// so that no other thread can read the zeros and then find the flag down.
static bool replace_page(uintptr_t address) {
    int count = atomic_load(&used_ranges);
    for (int i = 0; i < count; i++) {
        uintptr_t end = atomic_load(&ranges[i].end);
        if (end == 0 || address >= end || address < atomic_load(&ranges[i].start)) continue;
        atomic_store(&ranges[i].faulted, true);
        void *page = (void *)(address & ~(page_size - 1));
        void *zeros = mmap(page, page_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
        return zeros != MAP_FAILED;
    }
    return false;
}

static void handle(int signal, siginfo_t *info, void *context) {
    int saved_errno = errno;
    bool is_fault = info->si_code > 0;
    if (!is_fault || !replace_page((uintptr_t)info->si_addr)) forward(signal, info, context);
    errno = saved_errno;
}

static void install(void) {
    page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
    sigemptyset(&action.sa_mask);
    install_error = sigaction(SIGBUS, &action, &previous_action) == 0 ? 0 : errno;
}

static int32_t take_slot(void) {
    for (int i = 0; i < max_ranges; i++) {
        bool expected = false;
        if (!atomic_compare_exchange_strong(&ranges[i].taken, &expected, true)) continue;
        int count = atomic_load(&used_ranges);
        while (count <= i && !atomic_compare_exchange_weak(&used_ranges, &count, i + 1)) {}
        return i;
    }
    return -1;
}

int32_t assay_guarded_map_create(int32_t descriptor, size_t length, struct assay_guarded_map *map) {
    pthread_once(&install_once, install);
    if (install_error != 0) return install_error;
    if (length == 0 || length > SIZE_MAX - page_size) return EINVAL;
    int32_t slot = take_slot();
    if (slot < 0) return ENOMEM;
    void *base = mmap(NULL, length, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (base == MAP_FAILED) {
        int error = errno;
        atomic_store(&ranges[slot].taken, false);
        return error;
    }
    uintptr_t whole_pages = (length + page_size - 1) & ~(page_size - 1);
    atomic_store(&ranges[slot].faulted, false);
    atomic_store(&ranges[slot].start, (uintptr_t)base);
    atomic_store(&ranges[slot].end, (uintptr_t)base + whole_pages);
    *map = (struct assay_guarded_map){.base = base, .length = length, .slot = slot};
    return 0;
}

bool assay_guarded_map_faulted(struct assay_guarded_map map) {
    if (map.slot < 0 || map.slot >= max_ranges) return false;
    return atomic_load(&ranges[map.slot].faulted);
}

void assay_guarded_map_destroy(struct assay_guarded_map map) {
    if (map.slot < 0 || map.slot >= max_ranges) return;
    atomic_store(&ranges[map.slot].end, 0);
    munmap((void *)map.base, map.length);
    atomic_store(&ranges[map.slot].taken, false);
}
