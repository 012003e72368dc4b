// A worker of `bench/run training` that drives PyTorch from C++; bench/README.md describes the protocol.
//
// Usage: training_worker MODE THREADS, with MODE one of
//   eager     modules and optimizers, as PyTorch's C++ interface has them
//   fused     functions instead of modules; all parameters updated by one fused kernel
//   onednn    the same, in tensors of oneDNN's own layout, so that oneDNN computes the linear layers too
//   script    a TorchScript module, frozen and optimized; inference only

#include <malloc.h>
#include <torch/torch.h>
#include <torch/version.h>

#include <cstdio>
#include <exception>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>

#include "disk_size.h"
#include "inference.h"
#include "mode.h"
#include "training.h"
#include "turns.h"
#include "workload.h"

/** Something that this mode does not do. */
struct Skip : std::runtime_error {
  using std::runtime_error::runtime_error;
};

static std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.7g", value);
  return text;
}

class Worker {
 public:
  Worker(const std::string& name, Mode mode) : name(name), mode(mode) {}

  std::string answer(const std::string& line) {
    std::istringstream words(line);
    std::string request;
    words >> request;
    try {
      return answer(request, words);
    } catch (const Skip& reason) {
      return std::string("skip ") + reason.what();
    }
  }

 private:
  std::string name;
  Mode mode;
  std::unique_ptr<Training> training;
  std::unique_ptr<Inference> inference;

  template <typename Value>
  static Value next(std::istringstream& words) {
    Value value;
    words >> value;
    return value;
  }

  /** A folder comes last and may have spaces. */
  static std::string rest(std::istringstream& words) {
    std::string text;
    std::getline(words >> std::ws, text);
    return text;
  }

  std::string answer(const std::string& request, std::istringstream& words) {
    if (request == "version") {
      return "version PyTorch " TORCH_VERSION " from C++, " + name;
    } else if (request == "train") {
      return train(words);
    } else if (request == "losses") {
      return losses(next<int>(words));
    } else if (request == "infer") {
      return infer(words);
    } else if (request == "outputs") {
      return outputs();
    } else if (request == "run") {
      return run(next<int64_t>(words));
    } else if (request == "latency") {
      c10::InferenceMode guard;
      return latency([this] { inference->step(); }, next<int64_t>(words));
    } else if (request == "callers") {
      int count = next<int>(words);
      return call_at_once(count, next<int64_t>(words));
    } else if (request == "first") {
      const Workload& workload = Workload::named(next<std::string>(words));
      return "done " + number(first_step(workload, trained()));
    } else if (request == "epoch") {
      const Workload& workload = Workload::named(next<std::string>(words));
      return "done " + number(epoch(workload, trained(), rest(words)));
    } else if (request == "size") {
      return "size " + std::to_string(disk_size());
    }
    throw Skip("does not know the request " + request);
  }

  /** Returns the mode, if it is one that trains. */
  Mode trained() const {
    if (mode == Mode::script) {
      throw Skip("script is for inference");
    }
    return mode;
  }

  std::string train(std::istringstream& words) {
    const Workload& workload = Workload::named(next<std::string>(words));
    training = std::make_unique<Training>(workload, trained(), rest(words));
    inference.reset();
    return "ready";
  }

  std::string losses(int steps) {
    if (!training) {
      throw std::logic_error("losses: there is no network in training; ask for train first");
    }
    training->restart();
    std::string text = "losses";
    for (int i = 0; i < steps; i++) {
      text += " " + number(training->step());
    }
    return text;
  }

  std::string infer(std::istringstream& words) {
    if (mode == Mode::fused) {
      throw Skip("its inference is that of eager");
    }
    const Workload& workload = Workload::named(next<std::string>(words));
    int64_t batch = next<int64_t>(words);
    inference = std::make_unique<Inference>(workload, mode, batch, rest(words));
    training.reset();
    return "ready";
  }

  std::string outputs() {
    c10::InferenceMode guard;
    torch::Tensor row = inference->first()[0];
    std::string text = "outputs";
    for (int64_t i = 0; i < row.numel(); i++) {
      text += " " + number(row[i].item<float>());
    }
    return text;
  }

  std::string run(int64_t millis) {
    if (training) {
      training->restart();
      return turn([this] { training->step(); }, millis);
    }
    c10::InferenceMode guard;
    return turn([this] { inference->step(); }, millis);
  }

  std::string call_at_once(int count, int64_t millis) {
    auto make_call = [this] {
      // The guard holds for one thread, so each brings its own.
      auto guard = std::make_shared<c10::InferenceMode>();
      return [guard, own = *inference]() mutable { own.step(); };
    };
    return callers(make_call, count, millis);
  }
};

/**
 * Keeps freed memory for the next step. By default the C library gives large blocks and the top of the heap back to the
 * system at times, and then each step gets its pages anew: some turns took twice as long as others.
 */
static void keep_memory() {
  constexpr int LARGEST = 32 << 20;
  constexpr int NEVER = 1 << 30;
  mallopt(M_MMAP_THRESHOLD, LARGEST);
  mallopt(M_TRIM_THRESHOLD, NEVER);
}

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: training_worker eager|fused|onednn|script THREADS\n";
    return 2;
  }
  try {
    at::set_num_threads(std::stoi(arguments[2]));
    at::set_num_interop_threads(1);
    Mode mode = mode_named(arguments[1]);
    if (mode != Mode::eager) {
      keep_memory();
    }
    Worker worker(arguments[1], mode);
    std::string line;
    while (std::getline(std::cin, line)) {
      std::cout << worker.answer(line) << std::endl;
    }
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << std::endl;
    return 1;
  }
  return 0;
}
