#!/usr/bin/env bash
# Builds Drawdown, tests it, and shows it.
#
#   ./build.sh          builds dist/, to be loaded unpacked        needs Rust
#   ./build.sh test     runs every check and test                  needs Rust, Python, Node and Chromium;
#                                                                  with Firefox ESR, in Firefox too
#   ./build.sh steady N runs the browser tests N times: alone, on  needs Rust, Node, Debian's Chromium and faketime
#                       a busy machine, and with another date
#   ./build.sh firefox  runs the tests of the extension in Firefox needs Rust, Node and Firefox ESR
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
readonly MOST_WASM=2385000 MOST_WASM_GZIP=960000
readonly TOOLS="${XDG_CACHE_HOME:-$HOME/.cache}/drawdown"
readonly TARGET=wasm32-unknown-unknown
# The versions of Cargo's tools that not every command needs.
readonly CARGO_DENY=0.20.2 CARGO_FUZZ=0.13.2 CARGO_MUTANTS=27.1.0 GECKODRIVER_VERSION=0.37.1

say() { printf '%s\n' "$*" >&2; }
fail() { trap - ERR; say "build.sh: $*"; exit 1; }
trap 'say "build.sh: stopped in line $LINENO"' ERR
has() { command -v "$1" >/dev/null 2>&1; }

# Runs a command or a function of this file, and ends it with all that it started after so many seconds.
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

# ---- what is needed

# Runs apt-get where the machine has it and root allows it.
can_apt() { has apt-get && { [ "$(id -u)" = 0 ] || { has sudo && sudo -n true 2>/dev/null; }; }; }
apt_install() {
  local as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  say "installing $* by apt"
  "${as_root[@]}" apt-get update -qq >/dev/null
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_rust() {
  has cargo || export PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
  has cc || { can_apt && apt_install gcc libc6-dev; } || fail "no C compiler: install the package gcc"
  if ! has rustup; then
    has curl || { can_apt && apt_install curl ca-certificates; } || fail "no curl: install the package curl"
    say "installing Rust by rustup"
    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y -q --no-modify-path --profile minimal --default-toolchain none
    export PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
  fi
  local channel
  channel=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
  if ! rustup toolchain list | grep -q "^$channel"; then
    say "installing Rust $channel"
    rustup toolchain install "$channel" --profile minimal
  fi
  if ! rustup target list --installed --toolchain "$channel" | grep -qx "$TARGET"; then
    say "installing Rust's target $TARGET"
    rustup target add --toolchain "$channel" "$TARGET"
  fi
  local component
  for component in rustfmt clippy; do
    rustup component list --installed --toolchain "$channel" | grep -q "^$component" && continue
    say "installing $component"
    rustup component add --toolchain "$channel" "$component"
  done
}

# wasm-bindgen's program must have the version of its library.
need_bindgen() {
  local version
  version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"/\1/p}' Cargo.lock)
  BINDGEN="$TOOLS/wasm-bindgen-$version/bin"
  if has wasm-bindgen && [ "$(wasm-bindgen --version)" = "wasm-bindgen $version" ]; then
    BINDGEN=$(dirname "$(command -v wasm-bindgen)")
  elif [ ! -x "$BINDGEN/wasm-bindgen" ]; then
    say "installing wasm-bindgen $version (a few minutes, once)"
    # With the dependencies that it was released with, where the registry has them all.
    cargo install -q wasm-bindgen-cli --version "$version" --locked --root "$TOOLS/wasm-bindgen-$version" ||
      cargo install -q wasm-bindgen-cli --version "$version" --root "$TOOLS/wasm-bindgen-$version"
  fi
}

# A program of crates.io in this version, under its own folder. Sets PATH.
need_tool() {
  local name=$1 version=$2 root="$TOOLS/$1-$2"
  if [ ! -x "$root/bin/$name" ]; then
    say "installing $name $version (some minutes, once)"
    cargo install -q --locked "$name" --version "$version" --root "$root"
  fi
  export PATH="$root/bin:$PATH"
}

need_python() {
  has python3 || { can_apt && apt_install python3; } || fail "no python3: install the package python3"
}

# The validator of FOCUS files. It runs on Python 3.12 only, and leaves a log where it runs, so it stays under target/.
readonly FOCUS_VALIDATOR=2.2.1 FOCUS=target/focus-validator
need_focus() {
  [ ! -e "$FOCUS/complete" ] || return 0
  local python
  python=$(python_312) || fail "no Python 3.12: install the package python3.12, or name one by PYTHON312=/path"
  say "installing focus-validator $FOCUS_VALIDATOR by pip"
  "$python" -m venv --clear "$FOCUS"
  "$FOCUS/bin/pip" install -q "focus-validator==$FOCUS_VALIDATOR" 'pyarrow<22'
  touch "$FOCUS/complete"
}
python_312() {
  local found
  for found in "${PYTHON312:-}" python3.12 "$HOME"/.pyenv/versions/3.12.*/bin/python3; do
    if has "$found" && "$found" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 12))' 2>/dev/null; then
      printf '%s\n' "$found"
      return
    fi
  done
  return 1
}

need_node() {
  local major
  export PATH="$PATH:$TOOLS/node/bin"
  major=$({ node --version 2>/dev/null || true; } | sed 's/^v\([0-9]*\).*/\1/')
  if [ "${major:-0}" -lt 20 ]; then
    export PATH="$TOOLS/node/bin:$PATH"
    [ -x "$TOOLS/node/bin/node" ] || install_node
  fi
  local lock=tests/browser/node_modules/.package-lock.json
  if [ ! -e "$lock" ] || [ tests/browser/package-lock.json -nt "$lock" ]; then
    say "installing the browser tests' packages by npm"
    # npm empties the folder first. Through a link, that would be the folder of another checkout.
    [ ! -L tests/browser/node_modules ] || rm tests/browser/node_modules
    npm ci --prefix tests/browser --no-audit --no-fund --loglevel=error
    touch "$lock"
  fi
}

# Mozilla's linter of extensions.
readonly WEB_EXT_VERSION=10.7.0
readonly WEB_EXT="$TOOLS/web-ext-$WEB_EXT_VERSION"
need_web_ext() {
  [ ! -x "$WEB_EXT/node_modules/.bin/web-ext" ] || return 0
  say "installing web-ext $WEB_EXT_VERSION by npm"
  npm install --prefix "$WEB_EXT" --no-audit --no-fund --loglevel=error "web-ext@$WEB_EXT_VERSION" >&2
}

# The newest Node 20 of nodejs.org, checked against its list of sums.
install_node() {
  local arch name from="${NODEJS_ORG_MIRROR:-https://nodejs.org/dist}/latest-v20.x"
  case "$(uname -m)" in
    x86_64) arch=x64 ;;
    aarch64) arch=arm64 ;;
    *) fail "no Node 20: install it from nodejs.org" ;;
  esac
  say "installing Node 20 into $TOOLS/node"
  mkdir -p "$TOOLS/node"
  local sums
  sums=$(curl -sSfL "$from/SHASUMS256.txt") || fail "no Node 20, and nodejs.org cannot be reached: install it"
  name=$(printf '%s\n' "$sums" | sed -n "s/^.*  \(node-v20[^ ]*-linux-$arch\.tar\.gz\)$/\1/p")
  curl -sSfL "$from/$name" -o "$TOOLS/$name"
  (cd "$TOOLS" && printf '%s\n' "$sums" | grep "  $name\$" | sha256sum --check --quiet)
  tar -xzf "$TOOLS/$name" -C "$TOOLS/node" --strip-components=1
  rm "$TOOLS/$name"
}

# A Chromium that is no snap: a snap cannot read a profile in /tmp. Branded Chrome no longer loads an extension by flag.
need_chromium() {
  local found
  if [ -n "${CHROMIUM:-}" ]; then
    [ -x "$CHROMIUM" ] || fail "CHROMIUM names $CHROMIUM, which cannot be run"
    return
  fi
  if installed_chromium; then return; fi
  found=$(downloaded_chromium)
  if [ ! -x "$found" ] && can_apt && grep -qx 'ID=debian' /etc/os-release; then
    apt_install chromium fonts-dejavu-core
    installed_chromium && return
  fi
  if [ ! -x "$found" ]; then
    say "downloading Chromium by Playwright"
    node tests/browser/node_modules/playwright-core/cli.js install chromium >&2 ||
      fail "no Chromium: install the package chromium, or name one by CHROMIUM=/path"
    can_apt && node tests/browser/node_modules/playwright-core/cli.js install-deps chromium >&2
    found=$(downloaded_chromium)
  fi
  [ -x "$found" ] || fail "no Chromium: install the package chromium, or name one by CHROMIUM=/path"
  export CHROMIUM="$found"
}
installed_chromium() {
  local found
  found=$(command -v chromium) || return 1
  case "$(readlink -f "$found")" in */snap*) return 1 ;; esac
  export CHROMIUM="$found"
}
downloaded_chromium() {
  (cd tests/browser && node -e 'import("playwright-core").then(({ chromium }) => console.log(chromium.executablePath()))')
}

# Firefox ESR and geckodriver. The tests install the package as a user would, unsigned, and only the ESR can allow that.
# What cannot be had here is named in NO_FIREFOX: whoever needs Firefox decides what follows.
NO_FIREFOX=
need_firefox() {
  if [ -n "${FIREFOX:-}" ]; then
    [ -x "$FIREFOX" ] || fail "FIREFOX names $FIREFOX, which cannot be run"
  elif ! installed_firefox; then
    # Ubuntu has no such package, and its package firefox is a snap.
    if can_apt && grep -qx 'ID=debian' /etc/os-release; then
      apt_install firefox-esr || true
    else
      download_firefox || true
    fi
    installed_firefox || { NO_FIREFOX="no Firefox ESR: install the package firefox-esr, or name one by FIREFOX=/path"; return; }
  fi
  local driver=geckodriver-$GECKODRIVER_VERSION
  (need_tool geckodriver "$GECKODRIVER_VERSION") || true
  export GECKODRIVER="$TOOLS/$driver/bin/geckodriver"
  [ -x "$GECKODRIVER" ] || NO_FIREFOX="no geckodriver: cargo install geckodriver --version $GECKODRIVER_VERSION failed"
}
# An ESR that is no snap, and no older than the manifest allows.
installed_firefox() {
  local found version least
  least=$(sed -n 's/.*"strict_min_version": "\([0-9]*\).*/\1/p' manifest.json)
  for found in firefox-esr firefox "$TOOLS/firefox/firefox"; do
    found=$(command -v "$found") || continue
    case "$(readlink -f "$found")" in */snap*) continue ;; esac
    version=$({ "$found" --version 2>/dev/null || true; } | sed -n 's/^Mozilla Firefox \([0-9]*\)[0-9.]*esr$/\1/p')
    [ "${version:-0}" -ge "$least" ] || continue
    export FIREFOX="$found"
    return 0
  done
  return 1
}
# The newest ESR of mozilla.org, checked against its list of sums.
download_firefox() {
  local arch name sums version from="${MOZILLA_MIRROR:-https://ftp.mozilla.org}/pub/firefox/releases"
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) arch=linux-x86_64 ;;
    Linux-aarch64) arch=linux-aarch64 ;;
    *) return 1 ;;
  esac
  has xz || { can_apt && apt_install xz-utils; } || return 1
  version=$(curl -sSfL --max-time 60 "$from/" | grep -o '[0-9]*\.[0-9.]*esr' | sort -Vu | tail -1)
  [ -n "$version" ] || return 1
  say "downloading Firefox $version into $TOOLS/firefox"
  mkdir -p "$TOOLS"
  name=firefox-$version.tar.xz
  sums=$(curl -sSfL --max-time 60 "$from/$version/SHA256SUMS") || return 1
  curl -sSfL "$from/$version/$arch/en-US/$name" -o "$TOOLS/$name" || return 1
  (cd "$TOOLS" && printf '%s\n' "$sums" | sed -n "s#  $arch/en-US/\($name\)\$#  \1#p" | sha256sum --check --quiet) || return 1
  rm -rf "$TOOLS/firefox"
  tar -xJf "$TOOLS/$name" -C "$TOOLS"
  rm "$TOOLS/$name"
  # It cannot even tell its version without the libraries of the system that it needs. Playwright knows their packages.
  "$TOOLS/firefox/firefox" --version >/dev/null 2>&1 ||
    { can_apt && node tests/browser/node_modules/playwright-core/cli.js install-deps firefox >&2; }
}

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
  # Without the caller's variables that would change the bytes. As a cdylib alone: with the rlib beside it Cargo does not
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

# What `within` runs in a shell of its own.
export TARGET BINDGEN
export -f build version remap_paths lint_wasm docs test_web test_browser test_firefox

# Runs the browser tests N times, in turn alone, beside four busy loops, and in a browser whose date is months ahead.
steady() {
  local runs=$1 run green=0 kind log
  mkdir -p target/steady
  for run in $(seq "$runs"); do
    kind=${STEADY[$(((run - 1) % ${#STEADY[@]}))]}
    log=target/steady/$run-$kind.log
    if "$kind" within "$BROWSER_SECONDS" test_browser > "$log" 2>&1; then
      green=$((green + 1))
      say "run $run of $runs, $kind: green"
    else
      say "run $run of $runs, $kind: failed, see $log"
    fi
  done
  say "$green of $runs green"
  [ "$green" = "$runs" ]
}
readonly STEADY=(alone busy ahead)
alone() { "$@"; }
busy() {
  local loops=() status=0
  for _ in 1 2 3 4; do
    while :; do :; done &
    loops+=($!)
  done
  "$@" || status=$?
  kill "${loops[@]}"
  wait "${loops[@]}" 2>/dev/null || true
  return "$status"
}
ahead() { CHROMIUM="$PWD/target/steady/chromium-ahead" "$@"; }

# Writes the program that `ahead` runs: the browser itself, not Debian's script around it, with a library that shifts its
# clock. The library does not survive the zygote, and hangs the browser when it shifts the monotonic clock.
write_ahead() {
  local library binary=$CHROMIUM
  library=$(faketime_library)
  if [ -z "$library" ]; then
    can_apt && apt_install faketime
    library=$(faketime_library)
  fi
  [ -n "$library" ] || fail "no faketime: install the package faketime"
  [ "$(head -c 2 "$binary")" != '#!' ] || binary=/usr/lib/chromium/chromium
  [ -x "$binary" ] || fail "no program of Chromium itself: name one by CHROMIUM=/path"
  mkdir -p target/steady
  printf '#!/bin/sh\nLD_PRELOAD=%s FAKETIME=+100d NO_FAKE_STAT=1 exec %s --no-zygote "$@"\n' "$library" "$binary" > target/steady/chromium-ahead
  chmod +x target/steady/chromium-ahead
}
faketime_library() { find /usr/lib -name libfaketimeMT.so.1 -print -quit 2>/dev/null; }

# Writes exports as FOCUS files, that of the demo's month among them, and checks each. The validator reads its rules from where it runs, and ends with 0 whatever
# it finds, so its report is read. InvoiceId-C-005-C is one side of an OR, and there are no invoices; no other failure is
# tolerated.
check_focus() {
  local file name failed root=$PWD status=0
  rm -f target/focus/*.csv
  cargo test -q --locked --test it focus_files_have_the_columns >&2
  env -u DISPLAY -u WAYLAND_DISPLAY node tests/browser/demo.mjs >&2
  cp target/demo/focus.csv target/focus/demo.csv
  for file in target/focus/*.csv; do
    name=target/focus/$(basename "$file" .csv)
    (cd "$FOCUS/lib/python3.12/site-packages" && "$root/$FOCUS/bin/python" -m focus_validator.main --data-file "$root/$file" \
      --block-download --validate-version 1.2.0.1) > "$name.report" 2>&1 || fail "the validator did not run: see $name.report"
    say "$file: $(grep '^Total: .*Fail: ' "$name.report" || fail "the validator says nothing: see $name.report")"
    failed=$(sed -n 's/^❌ \([^:]*\): FAIL.*/\1/p' "$name.report" | grep -vx InvoiceId-C-005-C || true)
    [ -z "$failed" ] || { say "$failed"; status=1; }
  done
  [ "$status" = 0 ] || fail "a file breaks rules of FOCUS: see target/focus/*.report"
}

# Builds an older commit in a folder of its own, once, and updates it to this build.
test_update() {
  local old
  old=$PWD/target/old/$(git rev-parse --short "$1^{commit}")
  if [ ! -e "$old/dist/manifest.json" ]; then
    say "building $1"
    rm -rf "$old"
    mkdir -p "$old"
    git archive "$1" | tar -x -C "$old"
    (unset CARGO_TARGET_DIR && "$old/build.sh")
  fi
  (cd tests/browser && OLD_BUILD="$old/dist" node --test --test-reporter=spec update.test.mjs)
}

# The linter's errors fail, and so does each warning that tests/browser/lint-warnings.json does not explain.
lint_package() {
  local report=target/package/lint.json
  "$WEB_EXT/node_modules/.bin/web-ext" lint --source-dir target/package/drawdown-firefox-"$(version)".zip --output json > "$report" || true
  node tests/browser/lint.mjs "$report" tests/browser/lint-warnings.json
}

# The advisories are a repository on github.com. Without it the other checks run, and the command fails all the same.
check_deny() {
  cargo deny --locked check bans licenses sources || fail "cargo-deny found something: see deny.toml"
  cargo deny --locked check advisories || fail "an advisory holds, or github.com/rustsec/advisory-db cannot be reached"
}

# Fuzzes each boundary in turn: the committed corpus first, then what earlier runs found, kept under target/. An input that
# panics, takes 25 s or takes over 64 MB ends the command and is named. How memory is counted: tests/fuzz/src/lib.rs.
fuzz() {
  local seconds=$1 target found status=0
  for target in tests/fuzz/fuzz_targets/*.rs; do
    target=$(basename "$target" .rs)
    found=target/fuzz-found/$target
    mkdir -p "$found"
    say "== $target, $seconds s"
    cargo fuzz run --fuzz-dir tests/fuzz --target-dir target/fuzz -s none "$target" "$found" "tests/fuzz/corpus/$target" -- \
      -max_total_time="$seconds" -timeout=25 -rss_limit_mb=2048 -max_len=65536 -dict=tests/fuzz/words.dict \
      > "$found.log" 2>&1 || { tail -30 "$found.log" >&2; status=1; }
    grep -E '^Done' "$found.log" >&2 || true
    grep '^most memory' "$found.log" | tail -1 >&2 || true
  done
  [ "$status" = 0 ] || fail "an input breaks a boundary: reduce it by cargo fuzz tmin, fix the product, and keep it in tests/fuzz/corpus"
}

# The modules whose mutants are tested.
readonly MUTATED=(src/money.rs 'src/books/ledger*' 'src/books/ledger/**' 'src/books/forecast*' 'src/books/forecast/**'
  'src/books/statement*' 'src/books/statement/**' 'src/vault*' 'src/vault/**' src/store.rs 'src/store/**')

# Tests one shard. Each survivor must be in tests/mutants.txt, as often as it survives and without its place in the file.
mutants() {
  local shard=$1 files=() file status=0 out=target/mutants/mutants.out new caught missed
  for file in "${MUTATED[@]}"; do files+=(-f "$file"); done
  mkdir -p target/mutants
  CARGO_PROFILE_DEV_DEBUG=0 cargo mutants --shard "$shard" --output target/mutants --cargo-arg=--test=it "${files[@]}" \
    --minimum-test-timeout 300 -- --locked || status=$?
  # 2: some survive. 3: some ran into the time-out, which catches them.
  case $status in 0 | 2 | 3) ;; *) fail "cargo-mutants failed: see $out" ;; esac
  without_place "$out/missed.txt" > "$out/missed.sorted"
  cat "$out/caught.txt" "$out/timeout.txt" > "$out/all-caught.txt"
  without_place "$out/all-caught.txt" > "$out/caught.sorted"
  grep -v -e '^#' -e '^$' tests/mutants.txt | sort > "$out/listed.sorted" || true
  caught=$(wc -l < "$out/caught.sorted") missed=$(wc -l < "$out/missed.sorted")
  say "shard $shard: $caught of $((caught + missed)) caught, $((caught * 100 / (caught + missed > 0 ? caught + missed : 1))) %"
  new=$(comm -23 "$out/missed.sorted" "$out/listed.sorted")
  [ -z "$new" ] || fail "survivors that tests/mutants.txt does not list:
$new"
}
without_place() { sed -E 's/^([^:]*):[0-9]+:[0-9]+: /\1: /' "$1" | sort; }

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
  if [ -z "$NO_FIREFOX" ]; then
    step "tests in Firefox" "$FIREFOX_SECONDS" test_firefox
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
    mutants "$2"
    ;;
  provider)
    [ $# = 2 ] || [ $# = 3 ] || fail "usage: ./build.sh provider NAME [ORIGIN], such as acme https://api.acme.com"
    need_python
    python3 tests/new_provider.py "${@:2}" || exit 1
    ;;
  *)
    fail "usage: ./build.sh [build | test | steady N | firefox | demo | screens | bench | package | lint-package | update COMMIT | focus | sizes-of-providers | provider NAME [ORIGIN] | deny | fuzz [SECONDS] | mutants K/N]"
    ;;
esac
