// The forward pass of a network: as modules, or as functions of its parameters.
#pragma once

#include <torch/torch.h>

#include <memory>
#include <utility>
#include <vector>

#include "mode.h"
#include "workload.h"

class Net {
 public:
  virtual ~Net() = default;
  virtual torch::Tensor forward(const torch::Tensor& inputs) = 0;

  /** Returns weight and bias of each layer in order. */
  virtual std::vector<torch::Tensor> parameters() const = 0;

  /** Prepares for inference; parameters stay as they are from now on. */
  virtual void freeze() = 0;
};

inline torch::nn::Sequential make_modules(const Workload& workload) {
  torch::nn::Sequential layers;
  for (size_t i = 1; i < workload.channels.size(); i++) {
    layers->push_back(
        torch::nn::Conv2d(workload.channels[i - 1], workload.channels[i], KERNEL));
    layers->push_back(torch::nn::ReLU());
    layers->push_back(torch::nn::MaxPool2d(POOL));
  }
  if (!workload.channels.empty()) {
    layers->push_back(torch::nn::Flatten());
  }
  for (size_t i = 1; i < workload.widths.size(); i++) {
    layers->push_back(torch::nn::Linear(workload.widths[i - 1], workload.widths[i]));
    if (i + 1 < workload.widths.size()) {
      layers->push_back(torch::nn::ReLU());
    }
  }
  return layers;
}

/** PyTorch's modules, one after another. */
class ModuleNet : public Net {
 public:
  explicit ModuleNet(const Workload& workload) : layers(make_modules(workload)) {}

  torch::Tensor forward(const torch::Tensor& inputs) override { return layers->forward(inputs); }
  std::vector<torch::Tensor> parameters() const override { return layers->parameters(); }
  void freeze() override { layers->eval(); }

 private:
  torch::nn::Sequential layers;
};

/** Functions, with ReLU in place; the modules only draw the parameters. */
class FunctionNet : public Net {
 public:
  FunctionNet(const Workload& workload, bool onednn)
      : weights(make_modules(workload)->parameters()),
        onednn(onednn),
        // Each layer has a weight and a bias; the first number of channels is the image's.
        linear(workload.channels.empty() ? 0 : 2 * (workload.channels.size() - 1)) {}

  torch::Tensor forward(const torch::Tensor& inputs) override {
    torch::Tensor x = onednn ? inputs.to_mkldnn() : inputs;
    for (size_t i = 0; i < weights.size(); i += 2) {
      const torch::Tensor& weight = weights[i];
      const torch::Tensor& bias = weights[i + 1];
      if (x.dim() == 4 && i == linear) {
        x = x.flatten(1);
      }
      x = i < linear ? torch::conv2d(x, weight, bias) : torch::linear(x, weight, bias);
      if (i + 2 < weights.size()) {
        torch::relu_(x);
      }
      if (i < linear) {
        x = torch::max_pool2d(x, POOL, POOL);
      }
    }
    return onednn ? x.to_dense() : x;
  }

  std::vector<torch::Tensor> parameters() const override { return weights; }

  void freeze() override {
    for (torch::Tensor& weight : weights) {
      weight = onednn ? weight.detach().to_mkldnn() : weight.detach();
    }
  }

 private:
  std::vector<torch::Tensor> weights;
  bool onednn;
  size_t linear;
};

inline std::unique_ptr<Net> make_net(const Workload& workload, Mode mode) {
  if (mode == Mode::fused || mode == Mode::onednn) {
    return std::make_unique<FunctionNet>(workload, mode == Mode::onednn);
  }
  return std::make_unique<ModuleNet>(workload);
}
