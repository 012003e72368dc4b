// What a program needs on disk to run: itself, and the libraries that it has loaded from libtorch's folder.
#pragma once

#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <link.h>

#include <cstdint>
#include <filesystem>
#include <stdexcept>

namespace disk_size_detail {

struct Sum {
  std::filesystem::path folder;
  uint64_t bytes;
};

inline int add(dl_phdr_info* library, size_t, void* sum) {
  namespace fs = std::filesystem;
  Sum& all = *static_cast<Sum*>(sum);
  fs::path file = fs::weakly_canonical(library->dlpi_name);
  if (file.parent_path() == all.folder) {
    all.bytes += fs::file_size(file);
  }
  return 0;
}

}  // namespace disk_size_detail

/** Returns bytes, without the system's own libraries, as those of Java's and Python's runtime. */
inline uint64_t disk_size() {
  namespace fs = std::filesystem;
  Dl_info torch;
  if (dladdr(reinterpret_cast<void*>(&at::get_num_threads), &torch) == 0) {
    throw std::runtime_error("size: cannot tell where libtorch was loaded from");
  }
  disk_size_detail::Sum sum{fs::canonical(torch.dli_fname).parent_path(),
                            fs::file_size(fs::canonical("/proc/self/exe"))};
  dl_iterate_phdr(disk_size_detail::add, &sum);
  return sum.bytes;
}
