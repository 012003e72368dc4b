// Networks that answer: those that train, or a TorchScript module that is made without Python.
#pragma once

#include <torch/script.h>
#include <torch/torch.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "mode.h"
#include "net.h"
#include "workload.h"

using Forward = std::function<torch::Tensor(const torch::Tensor&)>;

/** Writes the network as a TorchScript module with the same parameters, and lets PyTorch rewrite it. */
inline torch::jit::Module scripted(const Workload& workload,
                                   const std::vector<torch::Tensor>& parameters) {
  torch::jit::Module module("Net");
  std::string body = "def forward(self, x):\n";
  for (size_t i = 0; i < parameters.size(); i += 2) {
    std::string layer = std::to_string(i / 2);
    module.register_parameter("weight" + layer, parameters[i], false);
    module.register_parameter("bias" + layer, parameters[i + 1], false);
    bool convolution = parameters[i].dim() == 4;
    bool flat = !convolution && i == 2 * (workload.channels.size() - 1);
    bool last = i + 2 == parameters.size();
    body += flat ? "  x = torch.flatten(x, 1)\n" : "";
    body += std::string("  x = torch.") + (convolution ? "conv2d" : "linear") + "(x, self.weight" +
            layer + ", self.bias" + layer + ")\n";
    body += last ? "" : "  x = torch.relu(x)\n";
    body += convolution ? "  x = torch.max_pool2d(x, " + std::to_string(POOL) + ")\n" : "";
  }
  module.define(body + "  return x\n");
  module.eval();
  torch::jit::Module frozen = torch::jit::freeze(module);
  return torch::jit::optimize_for_inference(frozen);
}

/** A network with its batches; a copy shares both and goes through the batches by itself. */
class Inference {
 public:
  Inference(const Workload& workload, Mode mode, int64_t batch,
            const std::filesystem::path& folder) {
    torch::NoGradGuard no_grad;
    Data data(workload, folder);
    std::shared_ptr<Net> net = make_net(workload, mode);
    data.fill(net->parameters());
    for (const Batch& one : data.batches(batch)) {
      batches.push_back(one.inputs);
    }
    if (mode == Mode::script) {
      torch::jit::Module module = scripted(workload, net->parameters());
      forward = [module](const torch::Tensor& inputs) mutable {
        return module.forward({inputs}).toTensor();
      };
    } else {
      net->freeze();
      forward = [net](const torch::Tensor& inputs) { return net->forward(inputs); };
    }
  }

  torch::Tensor first() const { return forward(batches.front()); }

  torch::Tensor step() {
    const torch::Tensor& inputs = batches[next];
    next = next + 1 == batches.size() ? 0 : next + 1;
    return forward(inputs);
  }

 private:
  Forward forward;
  std::vector<torch::Tensor> batches;
  size_t next = 0;
};
