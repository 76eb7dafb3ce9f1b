#!/bin/sh
# Builds the fuzzer of CEL at the path given. How to run it is in docs/protocols/cel.md, "Fuzzing".
set -eu
cd "$(dirname "$0")/.."
output=${1:-.build/cel-fuzz}
mkdir -p "$(dirname "$output")"
clang++ -std=c++17 -O1 -g -fsanitize=address -I Sources/CRE2/include -c Sources/CRE2/cre2.cpp -o "$output.cre2.o"
find Sources/CEL -name '*.swift' | sort | xargs swiftc -swift-version 6 -parse-as-library -O -g -sanitize=fuzzer,address \
  -module-name CELFuzz -I Fuzz/CRE2 "$output.cre2.o" -lre2 -lstdc++ Fuzz/CELFuzz.swift -o "$output"
