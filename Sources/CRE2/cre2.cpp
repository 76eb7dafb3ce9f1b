#include "cre2.h"

#include <re2/re2.h>

#include <memory>
#include <new>
#include <string>

struct cre2_pattern {
  std::unique_ptr<re2::RE2> expression;
  std::string error;
};

extern "C" cre2_pattern *cre2_compile(const char *pattern, size_t length, int64_t max_memory) {
  try {
    auto result = std::make_unique<cre2_pattern>();
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(max_memory);
    result->expression = std::make_unique<re2::RE2>(re2::StringPiece(pattern, length), options);
    if (!result->expression->ok()) {
      result->error = result->expression->error();
      if (result->error.empty()) result->error = "invalid pattern";
    }
    return result.release();
  } catch (...) {
    return nullptr;
  }
}

extern "C" const char *cre2_error(const cre2_pattern *pattern) {
  return pattern->error.empty() ? nullptr : pattern->error.c_str();
}

extern "C" int cre2_program_size(const cre2_pattern *pattern) {
  return pattern->expression->ok() ? pattern->expression->ProgramSize() : 0;
}

extern "C" int cre2_search(const cre2_pattern *pattern, const char *text, size_t length) {
  try {
    re2::StringPiece subject(text, length);
    return pattern->expression->Match(subject, 0, length, re2::RE2::UNANCHORED, nullptr, 0) ? 1 : 0;
  } catch (...) {
    return -1;
  }
}

extern "C" void cre2_free(cre2_pattern *pattern) { delete pattern; }
