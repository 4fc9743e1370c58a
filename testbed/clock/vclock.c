/*
 * Gives a process its wall clock from a file: preloaded, it answers time(), gettimeofday(), timespec_get() and
 * clock_gettime() for the CLOCK_REALTIME family from a memory-mapped cell that another process writes. All
 * else stays real: monotonic clocks, timers, the times of files.
 *
 * The cell, named by SHAREDFATE_CLOCK, is 16 bytes: eight of a mark, then the nanoseconds since 1970 as a
 * signed 64-bit number in the machine's own order, aligned, so that a reader sees the old time or the new.
 * A process whose cell cannot be read ends with status 119: one that went by the real time would be a lie.
 * Nothing here allocates or locks: the allocators of some daemons read the clock themselves.
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define BILLION 1000000000LL

struct cell {
  char mark[8];
  int64_t nanoseconds;
};

static const struct cell *shared;
static int (*real_clock_gettime)(clockid_t, struct timespec *);

static void fail(const char *why) {
  static const char opening[] = "sharedfate clock: ";
  ssize_t ignored = write(2, opening, sizeof opening - 1);
  ignored += write(2, why, strlen(why));
  (void)ignored;
  _exit(119);
}

/* Also called by whoever asks for the time before the constructors have run; mapping twice does no harm. */
static const struct cell *map_cell(void) {
  const char *path = getenv("SHAREDFATE_CLOCK");
  if (path == NULL) fail("SHAREDFATE_CLOCK names no file.\n");
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) fail("the file that SHAREDFATE_CLOCK names cannot be opened.\n");
  void *place = mmap(NULL, sizeof(struct cell), PROT_READ, MAP_SHARED, file, 0);
  close(file);
  if (place == MAP_FAILED) fail("the file that SHAREDFATE_CLOCK names cannot be mapped.\n");
  const struct cell *found = place;
  if (memcmp(found->mark, "sfclock1", 8) != 0) fail("the file that SHAREDFATE_CLOCK names is no clock.\n");
  __atomic_store_n(&shared, found, __ATOMIC_RELEASE);
  return found;
}

static int64_t now(void) {
  const struct cell *found = __atomic_load_n(&shared, __ATOMIC_ACQUIRE);
  if (found == NULL) found = map_cell();
  return __atomic_load_n(&found->nanoseconds, __ATOMIC_ACQUIRE);
}

__attribute__((constructor)) static void begin(void) {
  real_clock_gettime = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  (void)now();
}

time_t time(time_t *place) {
  const time_t seconds = (time_t)(now() / BILLION);
  if (place != NULL) *place = seconds;
  return seconds;
}

int gettimeofday(struct timeval *restrict place, void *restrict zone) {
  const int64_t at = now();
  place->tv_sec = (time_t)(at / BILLION);
  place->tv_usec = (suseconds_t)(at % BILLION / 1000);
  if (zone != NULL) memset(zone, 0, sizeof(struct timezone));
  return 0;
}

int timespec_get(struct timespec *place, int base) {
  if (base != TIME_UTC) return 0;
  const int64_t at = now();
  place->tv_sec = (time_t)(at / BILLION);
  place->tv_nsec = (long)(at % BILLION);
  return base;
}

int clock_gettime(clockid_t clock, struct timespec *place) {
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_REALTIME_ALARM) {
    const int64_t at = now();
    place->tv_sec = (time_t)(at / BILLION);
    place->tv_nsec = (long)(at % BILLION);
    return 0;
  }
  /* Before our constructor the fast way is not known yet. */
  if (real_clock_gettime == NULL) return (int)syscall(SYS_clock_gettime, clock, place);
  return real_clock_gettime(clock, place);
}
