// The yardstick of the agenda: the same hold model on std::priority_queue. An entry has 16 bytes (time, number of
// insertion, id), and ties leave in order of insertion. For each line on standard input it runs one round and prints
// the CPU nanoseconds an event and a hash of the ids in the order they left, so that the caller's own rounds can come
// between. Usage: hold <pending> <events a round> <file of 65,536 delays, little-endian doubles of whole milliseconds>

#include <sys/resource.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <queue>
#include <utility>
#include <vector>

struct Entry {
  int64_t time;
  uint32_t insertion;
  uint32_t id;
};

struct Later {
  bool operator()(const Entry& left, const Entry& right) const {
    if (left.time != right.time) return left.time > right.time;
    return static_cast<int32_t>(left.insertion - right.insertion) > 0;
  }
};

static double cpu_ns() {
  rusage use;
  getrusage(RUSAGE_SELF, &use);
  const double seconds = static_cast<double>(use.ru_utime.tv_sec + use.ru_stime.tv_sec);
  return seconds * 1e9 + static_cast<double>(use.ru_utime.tv_usec + use.ru_stime.tv_usec) * 1e3;
}

int main(int count, char** words) {
  if (count != 4) return 2;
  const uint32_t pending = static_cast<uint32_t>(std::strtoul(words[1], nullptr, 10));
  const uint64_t events = std::strtoull(words[2], nullptr, 10);
  constexpr uint32_t table = 65536;
  std::vector<double> read(table);
  FILE* file = std::fopen(words[3], "rb");
  if (file == nullptr || std::fread(read.data(), sizeof(double), table, file) != table) return 2;
  std::fclose(file);
  const std::vector<int64_t> delays(read.begin(), read.end());

  std::vector<Entry> room;
  room.reserve(pending + 1);
  std::priority_queue<Entry, std::vector<Entry>, Later> queue(Later{}, std::move(room));
  uint32_t insertion = 0;
  for (uint32_t id = 0; id < pending; ++id, ++insertion) queue.push({delays[insertion % table], insertion, id});

  uint32_t hash = 0;
  char line[16];
  while (std::fgets(line, sizeof line, stdin) != nullptr) {
    const double start = cpu_ns();
    for (uint64_t step = 0; step < events; ++step, ++insertion) {
      const Entry next = queue.top();
      queue.pop();
      hash = hash * 31 + next.id;
      queue.push({next.time + delays[insertion % table], insertion, next.id});
    }
    std::printf("%.3f %u\n", (cpu_ns() - start) / static_cast<double>(events), hash);
    std::fflush(stdout);
  }
}
