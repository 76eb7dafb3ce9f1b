// Settings of libapt that hold for one call.
#pragma once

#include "session.hpp"

namespace capt {

/// Sets an option for as long as it lives.
class OptionOverride {
  std::string const name, before;

public:
  OptionOverride(char const *name, std::string const &value) : name(name), before(_config->Find(name)) {
    _config->Set(name, value);
  }
  ~OptionOverride() { _config->Set(name, before); }
  OptionOverride(OptionOverride const &) = delete;
  OptionOverride &operator=(OptionOverride const &) = delete;
};

}  // namespace capt
