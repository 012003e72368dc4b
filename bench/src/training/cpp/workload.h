// The networks of bench/README.md and the numbers that all contenders start from.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

constexpr int64_t IMAGE = 28;
constexpr int64_t KERNEL = 5;
constexpr int64_t POOL = 2;

/** How parameters are updated. */
struct Rule {
  bool adam;
  double rate;
  double momentum = 0;
  double weight_decay = 0;
};

struct Workload {
  std::string name;
  std::vector<int64_t> widths;
  int64_t batch;
  Rule rule;
  std::vector<int64_t> channels = {};

  /** Returns the network of a name; null if it has other layers than these. */
  static const Workload* named(const std::string& name) {
    static const std::vector<Workload> ALL = {
        {"M1", {784, 256, 128, 10}, 64, {false, 0.1, 0.9, 5e-4}},
        {"M2", {784, 256, 128, 10}, 128, {true, 1e-3}},
        {"M3", {784, 1024, 1024, 10}, 256, {false, 0.1}},
        {"M4", {512, 128, 10}, 64, {true, 1e-3}, {1, 16, 32}},
        {"M5", {2, 20, 10, 5, 2}, 32, {false, 0.02, 0, 5e-4}},
    };
    for (const Workload& workload : ALL) {
      if (workload.name == name) {
        return &workload;
      }
    }
    return nullptr;
  }

  /** Returns the shape of a batch of so many samples; -1 for as many as there are. */
  std::vector<int64_t> inputs(int64_t samples) const {
    return channels.empty() ? std::vector<int64_t>{samples, widths.front()}
                            : std::vector<int64_t>{samples, 1, IMAGE, IMAGE};
  }
};

/** Reads numbers of one type, without a head; the file stays as it is. */
inline torch::Tensor read_numbers(const std::filesystem::path& file, torch::ScalarType type) {
  int64_t bytes = static_cast<int64_t>(std::filesystem::file_size(file));
  int64_t count = bytes / static_cast<int64_t>(torch::elementSize(type));
  return torch::from_file(file.string(), false, count, type).clone();
}

struct Batch {
  torch::Tensor inputs;
  torch::Tensor labels;
};

/** First parameters, samples and labels. */
class Data {
 public:
  Data(const Workload& workload, const std::filesystem::path& folder)
      : parameters(read_numbers(folder / "parameters.f32", torch::kFloat)),
        inputs(read_numbers(folder / "inputs.f32", torch::kFloat).view(workload.inputs(-1))),
        labels(read_numbers(folder / "labels.i32", torch::kInt).to(torch::kLong)) {}

  void fill(const std::vector<torch::Tensor>& tensors) const {
    torch::NoGradGuard no_grad;
    int64_t first = 0;
    for (torch::Tensor tensor : tensors) {
      tensor.copy_(parameters.slice(0, first, first + tensor.numel()).view(tensor.sizes()));
      first += tensor.numel();
    }
  }

  std::vector<Batch> batches(int64_t size) const {
    std::vector<Batch> all;
    for (int64_t i = 0; i + size <= labels.size(0); i += size) {
      all.push_back({inputs.slice(0, i, i + size), labels.slice(0, i, i + size)});
    }
    return all;
  }

 private:
  torch::Tensor parameters;
  torch::Tensor inputs;
  torch::Tensor labels;
};
