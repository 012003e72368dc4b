// How a step ends: PyTorch's optimizers for C++, or the kernels that its optimizers for Python call when fused.
#pragma once

#include <torch/torch.h>

#include <memory>
#include <vector>

#include "mode.h"
#include "workload.h"

/** Changes parameters by their gradients. */
class Update {
 public:
  virtual ~Update() = default;
  virtual void step() = 0;

  /** Forgets momentum and the like. */
  virtual void restart() = 0;

  /** Forgets the gradients of the last step. */
  virtual void zero_grad() = 0;
};

/** torch::optim: parameter by parameter, several passes over each. */
class OptimizerUpdate : public Update {
 public:
  OptimizerUpdate(const Rule& rule, const std::vector<torch::Tensor>& parameters) {
    if (rule.adam) {
      optimizer = std::make_unique<torch::optim::Adam>(
          parameters, torch::optim::AdamOptions(rule.rate).weight_decay(rule.weight_decay));
    } else {
      optimizer = std::make_unique<torch::optim::SGD>(
          parameters, torch::optim::SGDOptions(rule.rate)
                          .momentum(rule.momentum)
                          .weight_decay(rule.weight_decay));
    }
  }

  void step() override { optimizer->step(); }
  void restart() override { optimizer->state().clear(); }
  void zero_grad() override { optimizer->zero_grad(); }

 private:
  std::unique_ptr<torch::optim::Optimizer> optimizer;
};

/** One call for all parameters, one pass over each. */
class FusedUpdate : public Update {
 public:
  FusedUpdate(const Rule& rule, const std::vector<torch::Tensor>& parameters)
      : rule(rule), parameters(parameters), gradients(parameters.size()) {
    restart();
  }

  void step() override {
    torch::NoGradGuard no_grad;
    for (size_t i = 0; i < parameters.size(); i++) {
      gradients[i] = parameters[i].grad();
    }
    if (rule.adam) {
      adam();
    } else {
      sgd();
    }
    first = false;
  }

  void restart() override {
    first = true;
    averages = rule.adam || rule.momentum != 0 ? zeros() : std::vector<torch::Tensor>{};
    squares = rule.adam ? zeros() : std::vector<torch::Tensor>{};
    steps.clear();
    for (size_t i = 0; rule.adam && i < parameters.size(); i++) {
      steps.push_back(torch::zeros({}));
    }
  }

  void zero_grad() override {
    for (size_t i = 0; i < parameters.size(); i++) {
      parameters[i].mutable_grad().reset();
      gradients[i].reset();
    }
  }

 private:
  Rule rule;
  std::vector<torch::Tensor> parameters;
  std::vector<torch::Tensor> gradients;
  std::vector<torch::Tensor> averages;
  std::vector<torch::Tensor> squares;
  std::vector<torch::Tensor> steps;
  bool first = true;

  void sgd() {
    at::_fused_sgd_(parameters, gradients, averages, rule.weight_decay, rule.momentum, rule.rate,
                    /*dampening=*/0, /*nesterov=*/false, /*maximize=*/false, first);
  }

  void adam() {
    at::_foreach_add_(steps, 1);
    at::_fused_adam_(parameters, gradients, averages, squares, {}, steps, rule.rate,
                     /*beta1=*/0.9, /*beta2=*/0.999, rule.weight_decay, /*eps=*/1e-8,
                     /*amsgrad=*/false, /*maximize=*/false);
  }

  std::vector<torch::Tensor> zeros() const {
    std::vector<torch::Tensor> all;
    for (const torch::Tensor& parameter : parameters) {
      all.push_back(torch::zeros_like(parameter));
    }
    return all;
  }
};

inline std::unique_ptr<Update> make_update(const Rule& rule, Mode mode,
                                           const std::vector<torch::Tensor>& parameters) {
  if (mode == Mode::eager) {
    return std::make_unique<OptimizerUpdate>(rule, parameters);
  }
  return std::make_unique<FusedUpdate>(rule, parameters);
}
