#!/usr/bin/env bash
# Builds Drawdown, tests it, and shows it.
#
#   ./build.sh          builds dist/, to be loaded unpacked        needs Rust
#   ./build.sh test     runs every check and test                  needs Rust, Python, Node and Chromium;
#                                                                  with Firefox ESR, in Firefox too
#   ./build.sh steady N runs the browser tests N times: alone, on  needs Rust, Node, Debian's Chromium and faketime
#                       a busy machine, and with another date
#   ./build.sh firefox  runs the tests of the extension in Firefox needs Rust, Node and Firefox ESR
#   ./build.sh monkey [SEED] [ROUNDS]
#                       lets a monkey use the extension (500       needs Rust, Node and Chromium;
#                       rounds), with what a seed chooses          with Firefox ESR, in Firefox too
#   ./build.sh demo     shows it with a simulated account          needs Rust, Node and Chromium
#   ./build.sh screens  takes pictures of every state              needs Rust, Node and Chromium
#   ./build.sh bench    measures the pages with seven accounts     needs Rust, Node and Chromium
#   ./build.sh package  writes the packages for the stores and    needs Rust and Node
#                       the release notes to target/package
#   ./build.sh lint-package
#                       checks the package with Mozilla's linter   needs Rust and Node
#   ./build.sh update COMMIT
#                       updates the build of an older commit to    needs git, Rust, Node and Chromium
#                       this one, and checks that all is kept
#   ./build.sh focus    checks exports with the FOCUS validator    needs Rust, Node, Chromium and
#                                                                  Python 3.12
#   ./build.sh sizes-of-providers
#                       prints what each provider weighs           needs Rust and Python
#   ./build.sh provider NAME [ORIGIN]
#                       writes the skeleton of a new provider      needs Python
#   ./build.sh deny     checks licenses, advisories, duplicates    needs Rust and github.com
#                       and sources of all crates
#   ./build.sh fuzz [SECONDS]
#                       fuzzes each boundary for so long (60)      needs Rust and a C++ compiler
#   ./build.sh mutants K/N
#                       tests shard K of N of the mutants of the   needs Rust
#                       core, from 0/N to N-1/N
#
# What is missing is installed, each with a line that says so, or explained. Nothing is installed into the system but by
# apt where root allows it; the rest goes to ~/.cargo, ~/.rustup and ~/.cache/drawdown.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# The most that the module may weigh, in bytes.
readonly MOST_WASM=2414000 MOST_WASM_GZIP=975500
readonly TOOLS="${XDG_CACHE_HOME:-$HOME/.cache}/drawdown"
readonly TARGET=wasm32-unknown-unknown
# The versions of Cargo's tools that not every command needs.
readonly CARGO_DENY=0.20.2 CARGO_FUZZ=0.13.2 CARGO_MUTANTS=27.1.0 CARGO_NEXTEST=0.9.151 GECKODRIVER_VERSION=0.37.1

say() { printf '%s\n' "$*" >&2; }
fail() { trap - ERR; say "build.sh: $*"; exit 1; }
trap 'say "build.sh: stopped in line $LINENO"' ERR
has() { command -v "$1" >/dev/null 2>&1; }

# Runs a command or an exported function, and ends it with all that it started after so many seconds.
within() {
  local seconds=$1
  shift
  if [ "$(type -t "$1")" = function ]; then
    timeout --kill-after=30 "$seconds" bash -euo pipefail -c '"$@"' "$1" "$@" || took_too_long $? "$1" "$seconds"
  else
    timeout --kill-after=30 "$seconds" "$@" || took_too_long $? "$1" "$seconds"
  fi
}
took_too_long() {
  case $1 in 124 | 137) say "build.sh: $2 was ended after $3 s" ;; esac
  return "$1"
}

. tests/tools/install.sh
. tests/tools/rare.sh

# ---- building

# The version of the extension: the one in Cargo.toml.
version() { sed -n '/^\[package\]$/,/^$/s/^version = "\(.*\)"$/\1/p' Cargo.toml; }

# The flags that take the paths of this machine out of the module. The last one that matches holds. Where the source of
# Rust's library is installed, its paths become the ones that the library has elsewhere.
remap_paths() {
  local rust commit
  rust=$(rustc --print sysroot)
  commit=$(rustc -vV | sed -n 's/^commit-hash: //p')
  printf -- '--remap-path-prefix=%s ' "$PWD=drawdown" "${CARGO_HOME:-$HOME/.cargo}=cargo" "$rust=rust" \
    "$rust/lib/rustlib/src/rust=/rustc/$commit"
}

build() {
  # Without the caller's variables that would change the bytes. As a cdylib alone: together with the rlib, Cargo does not
  # optimise across crates, whatever `lto` says, and the module weighs a sixth more.
  (
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_RUSTFLAGS "${!CARGO_PROFILE_@}"
    export CARGO_INCREMENTAL=0
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$(remap_paths)
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS
    cargo rustc -q --release --locked --lib --crate-type cdylib --target "$TARGET" --target-dir target/dist
  )
  rm -rf dist
  mkdir dist
  "$BINDGEN/wasm-bindgen" --target web --no-typescript --remove-name-section --remove-producers-section \
    --experimental-reset-state-function --out-dir dist --out-name drawdown "target/dist/$TARGET/release/drawdown.wasm"
  cp -R extension/. dist/
  rm -r dist/icons/source dist/store
  sed "s/\"VERSION\"/\"$(version)\"/" manifest.json > dist/manifest.json
}

# ---- testing

# The most seconds that the tests of the extension may take on a busy machine.
readonly BROWSER_SECONDS=1200 FIREFOX_SECONDS=900
# The seed and the rounds of the monkey in the tests.
readonly MONKEY_SEED=1 MONKEY_ROUNDS=30

# Runs a step of the tests: its name, the most seconds that it may take on a busy machine, and the command.
STEPS=()
step() {
  local name=$1 began=$SECONDS
  shift
  say "== $name"
  within "$@" || fail "$name failed"
  STEPS+=("$(printf '%5d s  %s' $((SECONDS - began)) "$name")")
}

lint_wasm() { cargo clippy -q --locked --target "$TARGET" --lib --test web -- -D warnings; }
docs() { RUSTDOCFLAGS="-D warnings" cargo doc -q --locked --no-deps; }

test_web() {
  local binary
  binary=$(cargo test -q --locked --target "$TARGET" --test web --no-run --message-format=json |
    sed -n 's/.*"executable":"\([^"]*web-[^"]*\.wasm\)".*/\1/p')
  (cd tests/browser && node wasm.mjs "$BINDGEN/wasm-bindgen-test-runner" "$binary")
}

test_browser() { (cd tests/browser && node --test --test-concurrency=1 --test-reporter=spec .); }

test_firefox() { (cd tests/firefox && node --test --test-concurrency=1 --test-reporter=spec .); }

# Takes the seed, the rounds and the browsers.
monkey() { node tests/monkey/main.mjs "$@"; }

# What `within` runs in a shell of its own.
export TARGET BINDGEN
export -f build version remap_paths lint_wasm docs test_web test_browser test_firefox monkey

sizes() {
  local raw gzip zip lines
  raw=$(wc -c < dist/drawdown_bg.wasm)
  gzip=$(gzip -9 -c dist/drawdown_bg.wasm | wc -c)
  node tests/browser/package.mjs > /dev/null
  zip=$(wc -c < target/package/drawdown-chrome-"$(version)".zip)
  lines=$(cat extension/*.js | wc -l)
  say ""
  say "$(printf '%8d bytes  module, of %d' "$raw" "$MOST_WASM")"
  say "$(printf '%8d bytes  module, gzip, of %d' "$gzip" "$MOST_WASM_GZIP")"
  say "$(printf '%8d bytes  vocabulary, gzip' "$(gzip -9 -c dist/*.vocabulary | wc -c)")"
  say "$(printf '%8d bytes  package' "$zip")"
  say "$(printf '%8d lines  JavaScript' "$lines")"
  say ""
  printf '%s\n' "${STEPS[@]}" >&2
  [ "$raw" -le "$MOST_WASM" ] || fail "the module is over its budget; raise it only with a reason in the commit"
  [ "$gzip" -le "$MOST_WASM_GZIP" ] || fail "the module is over its gzip budget; raise it only with a reason in the commit"
}

test_all() {
  step "format" 120 cargo fmt --check
  step "lints" 900 cargo clippy -q --locked --all-targets -- -D warnings
  step "lints, wasm" 900 lint_wasm
  step "documentation" 900 docs
  step "native tests" 1200 cargo test -q --locked
  step "extension" 1200 build
  step "tests in a page" 900 test_web
  step "tests of the extension" "$BROWSER_SECONDS" test_browser
  step "monkey" "$FIREFOX_SECONDS" monkey "$MONKEY_SEED" "$MONKEY_ROUNDS" chromium
  if [ -z "$NO_FIREFOX" ]; then
    step "tests in Firefox" "$FIREFOX_SECONDS" test_firefox
    step "monkey in Firefox" "$FIREFOX_SECONDS" monkey "$MONKEY_SEED" "$MONKEY_ROUNDS" firefox
  else
    say "== tests in Firefox: skipped, $NO_FIREFOX"
  fi
  sizes
  say ""
  say "all passed in $SECONDS s${NO_FIREFOX:+, without the tests in Firefox}"
}

case "${1:-build}" in
  build)
    need_rust
    need_bindgen
    build
    say "dist/ is built. To use it: open chrome://extensions, turn on Developer mode, press Load unpacked, choose $PWD/dist."
    ;;
  test)
    need_rust
    need_bindgen
    need_python
    need_node
    need_chromium
    need_firefox
    [ -z "$NO_FIREFOX" ] || [ -z "${CI:-}" ] || fail "$NO_FIREFOX"
    test_all
    ;;
  steady)
    need_rust
    need_bindgen
    need_node
    need_chromium
    write_ahead
    build
    steady "${2:-3}"
    ;;
  firefox)
    need_rust
    need_bindgen
    need_node
    need_firefox
    [ -z "$NO_FIREFOX" ] || fail "$NO_FIREFOX"
    build
    within "$FIREFOX_SECONDS" test_firefox
    ;;
  monkey)
    need_rust
    need_bindgen
    need_node
    need_chromium
    need_firefox
    build
    if [ -z "$NO_FIREFOX" ]; then
      monkey "${2:-$RANDOM}" "${3:-500}" chromium firefox
    else
      say "in Chromium only: $NO_FIREFOX"
      monkey "${2:-$RANDOM}" "${3:-500}" chromium
    fi
    ;;
  demo | screens)
    need_rust
    need_bindgen
    need_node
    need_chromium
    build
    node "tests/browser/$1.mjs"
    ;;
  bench)
    need_rust
    need_bindgen
    need_node
    need_chromium
    build
    node tests/browser/bench.mjs
    node tests/browser/speed.mjs
    node tests/browser/costs.mjs
    mkdir -p target/speed
    cargo run -q --release --locked --example history -- target/speed
    node tests/browser/history.mjs target/speed
    node tests/browser/large.mjs
    ;;
  update)
    [ $# = 2 ] || fail "usage: ./build.sh update COMMIT, such as the tag of the last release"
    need_rust
    need_bindgen
    need_node
    need_chromium
    build
    test_update "$2"
    ;;
  package | lint-package)
    need_rust
    need_bindgen
    need_node
    [ "$1" = package ] || need_web_ext
    build
    node tests/browser/package.mjs
    [ "$1" = package ] || lint_package
    ;;
  focus)
    need_rust
    need_bindgen
    need_node
    need_chromium
    need_focus
    build
    check_focus
    ;;
  sizes-of-providers)
    need_rust
    need_bindgen
    need_python
    build
    python3 tests/provider_sizes.py "target/dist/$TARGET/release/drawdown.wasm"
    ;;
  deny)
    need_rust
    need_tool cargo-deny "$CARGO_DENY"
    check_deny
    ;;
  fuzz)
    need_rust
    has c++ || { can_apt && apt_install g++; } || fail "no C++ compiler: install the package g++"
    need_tool cargo-fuzz "$CARGO_FUZZ"
    fuzz "${2:-60}"
    ;;
  mutants)
    [ $# = 2 ] || fail "usage: ./build.sh mutants K/N, such as 0/40"
    need_rust
    need_python
    need_tool cargo-mutants "$CARGO_MUTANTS"
    need_tool cargo-nextest "$CARGO_NEXTEST"
    mutants "$2"
    ;;
  provider)
    [ $# = 2 ] || [ $# = 3 ] || fail "usage: ./build.sh provider NAME [ORIGIN], such as acme https://api.acme.com"
    need_python
    python3 tests/new_provider.py "${@:2}" || exit 1
    ;;
  *)
    fail "usage: ./build.sh [build | test | steady N | firefox | monkey [SEED] [ROUNDS] | demo | screens | bench | package | lint-package | update COMMIT | focus | sizes-of-providers | provider NAME [ORIGIN] | deny | fuzz [SECONDS] | mutants K/N]"
    ;;
esac
