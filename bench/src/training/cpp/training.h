// One training step, in PyTorch's usual order, and what repeats it.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "mode.h"
#include "net.h"
#include "update.h"
#include "workload.h"

/** A network and its update, with the parameters that PyTorch draws. */
class Trainer {
 public:
  Trainer(const Workload& workload, Mode mode)
      : net(make_net(workload, mode)), update(make_update(workload.rule, mode, net->parameters())) {}

  torch::Tensor step(const torch::Tensor& inputs, const torch::Tensor& labels) {
    torch::Tensor loss = torch::cross_entropy_loss(net->forward(inputs), labels);
    update->zero_grad();
    loss.backward();
    update->step();
    return loss;
  }

  void restart(const Data& data) {
    data.fill(net->parameters());
    update->restart();
  }

 private:
  std::unique_ptr<Net> net;
  std::unique_ptr<Update> update;
};

/** Steps from the parameters and over the batches that all contenders share. */
class Training {
 public:
  Training(const Workload& workload, Mode mode, const std::filesystem::path& folder)
      : data(workload, folder), trainer(workload, mode), batches(data.batches(workload.batch)) {
    restart();
  }

  void restart() {
    trainer.restart(data);
    next = 0;
  }

  float step() {
    const Batch& batch = batches[next];
    next = next + 1 == batches.size() ? 0 : next + 1;
    return trainer.step(batch.inputs, batch.labels).item<float>();
  }

 private:
  Data data;
  Trainer trainer;
  std::vector<Batch> batches;
  size_t next = 0;
};

/** Returns the loss of the first step of a fresh process. */
inline float first_step(const Workload& workload, Mode mode) {
  Trainer trainer(workload, mode);
  torch::Tensor inputs = torch::rand(workload.inputs(workload.batch));
  torch::Tensor labels = torch::randint(workload.widths.back(), {workload.batch}, torch::kLong);
  return trainer.step(inputs, labels).item<float>();
}

/** Trains an epoch of MNIST, kept as bytes; returns the last loss. */
inline float epoch(const Workload& workload, Mode mode, const std::filesystem::path& folder) {
  constexpr int64_t IMAGES_HEAD = 16;
  constexpr int64_t LABELS_HEAD = 8;
  Trainer trainer(workload, mode);
  torch::Tensor images = read_numbers(folder / "train-images-idx3-ubyte", torch::kByte)
                             .slice(0, IMAGES_HEAD)
                             .view({-1, IMAGE * IMAGE});
  torch::Tensor labels = read_numbers(folder / "train-labels-idx1-ubyte", torch::kByte)
                             .slice(0, LABELS_HEAD)
                             .to(torch::kLong);
  torch::Tensor loss;
  for (const torch::Tensor& rows : torch::randperm(labels.size(0)).split(workload.batch)) {
    torch::Tensor inputs = images.index_select(0, rows).to(torch::kFloat).div_(255);
    loss = trainer.step(inputs.view(workload.inputs(-1)), labels.index_select(0, rows));
  }
  return loss.item<float>();
}
