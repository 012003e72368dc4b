// The ways to use PyTorch from C++ that are measured.
#pragma once

#include <stdexcept>
#include <string>

enum class Mode { eager, fused, onednn, script };

inline Mode mode_named(const std::string& name) {
  if (name == "eager") {
    return Mode::eager;
  } else if (name == "fused") {
    return Mode::fused;
  } else if (name == "onednn") {
    return Mode::onednn;
  } else if (name == "script") {
    return Mode::script;
  }
  throw std::invalid_argument("mode: is '" + name +
                              "'; it must be one of eager, fused, onednn, script");
}
