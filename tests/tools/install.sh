# The tools that the commands of build.sh need. Each function finds a tool, or installs it and prints a line, or prints what is
# missing. build.sh reads this file.

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
# NO_FIREFOX names what is not available here; the caller decides how to continue.
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
