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
#include <map>
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
    static const std::map<std::string, std::string (Worker::*)(std::istringstream&)> ANSWERS = {
        {"version", &Worker::version}, {"train", &Worker::train},
        {"losses", &Worker::losses},   {"infer", &Worker::infer},
        {"outputs", &Worker::outputs}, {"run", &Worker::run},
        {"latency", &Worker::latency}, {"callers", &Worker::call_at_once},
        {"first", &Worker::first},     {"epoch", &Worker::one_epoch},
        {"size", &Worker::size},
    };
    std::istringstream words(line);
    std::string request = next<std::string>(words);
    auto found = ANSWERS.find(request);
    if (found == ANSWERS.end()) {
      return "skip does not know the request " + request;
    }
    try {
      return (this->*found->second)(words);
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
    Value value{};
    words >> value;
    return value;
  }

  /** A folder comes last and may have spaces. */
  static std::string rest(std::istringstream& words) {
    std::string text;
    std::getline(words >> std::ws, text);
    return text;
  }

  /** Returns the mode, if it is one that trains. */
  Mode training_mode() const {
    if (mode == Mode::script) {
      throw Skip("script is for inference");
    }
    return mode;
  }

  template <typename Subject>
  static Subject& asked_for(const std::unique_ptr<Subject>& subject, const char* request) {
    if (!subject) {
      throw std::logic_error(std::string("there is no network yet; ask for ") + request + " first");
    }
    return *subject;
  }

  std::string version(std::istringstream&) {
    return "version PyTorch " TORCH_VERSION " from C++, " + name;
  }

  /** Returns the network that a request names, if this worker has its layers. */
  static const Workload& network(std::istringstream& words) {
    const Workload* named = Workload::named(next<std::string>(words));
    if (named == nullptr) {
      throw Skip("this worker has linear layers, convolutions and pooling alone");
    }
    return *named;
  }

  std::string train(std::istringstream& words) {
    const Workload& workload = network(words);
    training = std::make_unique<Training>(workload, training_mode(), rest(words));
    inference.reset();
    return "ready";
  }

  std::string losses(std::istringstream& words) {
    int steps = next<int>(words);
    Training& subject = asked_for(training, "train");
    subject.restart();
    std::string text = "losses";
    for (int i = 0; i < steps; i++) {
      text += " " + number(subject.step());
    }
    return text;
  }

  std::string infer(std::istringstream& words) {
    if (mode == Mode::fused) {
      throw Skip("its inference is that of eager");
    }
    const Workload& workload = network(words);
    int64_t batch = next<int64_t>(words);
    inference = std::make_unique<Inference>(workload, mode, batch, rest(words));
    training.reset();
    return "ready";
  }

  std::string outputs(std::istringstream&) {
    c10::InferenceMode guard;
    torch::Tensor row = asked_for(inference, "infer").first()[0];
    std::string text = "outputs";
    for (int64_t i = 0; i < row.numel(); i++) {
      text += " " + number(row[i].item<float>());
    }
    return text;
  }

  std::string run(std::istringstream& words) {
    int64_t millis = next<int64_t>(words);
    if (training) {
      training->restart();
      return turn([this] { training->step(); }, millis);
    }
    c10::InferenceMode guard;
    Inference& subject = asked_for(inference, "train or infer");
    return turn([&subject] { subject.step(); }, millis);
  }

  std::string latency(std::istringstream& words) {
    c10::InferenceMode guard;
    Inference& subject = asked_for(inference, "infer");
    return latencies([&subject] { subject.step(); }, next<int64_t>(words));
  }

  std::string call_at_once(std::istringstream& words) {
    int count = next<int>(words);
    const Inference& subject = asked_for(inference, "infer");
    auto make_call = [&subject] {
      // The guard holds for one thread, so each brings its own.
      auto guard = std::make_shared<c10::InferenceMode>();
      return [guard, own = subject]() mutable { own.step(); };
    };
    return callers(make_call, count, next<int64_t>(words));
  }

  std::string first(std::istringstream& words) {
    const Workload& workload = network(words);
    return "done " + number(first_step(workload, training_mode()));
  }

  std::string one_epoch(std::istringstream& words) {
    const Workload& workload = network(words);
    return "done " + number(epoch(workload, training_mode(), rest(words)));
  }

  std::string size(std::istringstream&) { return "size " + std::to_string(disk_size()); }
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
