#!/bin/sh
# Builds the fuzzing program: only the modules that it needs, instrumented. Usage: build.sh OUTPUT-FOLDER
set -eu
out=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$out/CGuardedMap"
flags="-swift-version 6 -O -g -wmo -parse-as-library -enable-testing -sanitize=fuzzer -I $out -I $out/CGuardedMap
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
    -enable-upcoming-feature MemberImportVisibility"

printf 'module CGuardedMap { header "%s" export * }\n' "$root/Sources/CGuardedMap/include/CGuardedMap.h" \
    >"$out/CGuardedMap/module.modulemap"
clang -O1 -g -I "$root/Sources/CGuardedMap/include" -c "$root/Sources/CGuardedMap/CGuardedMap.c" -o "$out/CGuardedMap.o"

module() { # NAME FOLDER
    # shellcheck disable=SC2046,SC2086
    swiftc $flags -module-name "$1" -emit-module -emit-module-path "$out/$1.swiftmodule" -c -o "$out/$1.o" \
        $(find "$2" -name '*.swift' | sort)
}
module Crypto "$root/Tests/Fuzz/Crypto"
for name in Tensors StrictJSON Tokenizers Checkpoints; do module $name "$root/Sources/$name"; done
# shellcheck disable=SC2086
swiftc $flags -module-name Fuzz -o "$out/fuzz" "$root/Tests/Fuzz/Fuzz.swift" "$out"/*.o
