# The commands of build.sh that are run rarely: steady, focus, update, lint-package, deny, fuzz and mutants. build.sh reads
# this file.

# Runs the browser tests N times, alternating: alone, with four busy loops, and in a browser with a date months ahead.
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

# Writes exports as FOCUS files, that of the demo's month among them, and checks each. The validator reads its rules from
# where it runs, and ends with 0 whatever it finds, so its report is read. InvoiceId-C-005-C is one side of an OR, and there
# are no invoices; no other failure is tolerated.
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

# Builds an older commit in its own folder, once, and updates it to this build.
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

# The modules with tested mutants.
readonly MUTATED=(src/money.rs 'src/books/ledger*' 'src/books/ledger/**' 'src/books/forecast*' 'src/books/forecast/**'
  'src/books/statement*' 'src/books/statement/**' 'src/vault*' 'src/vault/**' src/store.rs 'src/store/**')

# Tests one shard. The first test that fails ends the run of a mutant, so the long ones come last (tests/tools/nextest.toml).
# Each survivor must be in tests/mutants.txt, as often as it survives and without its place in the file.
mutants() {
  local shard=$1 files=() file status=0 out=target/mutants/mutants.out new caught missed
  for file in "${MUTATED[@]}"; do files+=(-f "$file"); done
  mkdir -p target/mutants
  cargo mutants --shard "$shard" --output target/mutants --profile mutants --jobs 2 "${files[@]}" --minimum-test-timeout 300 \
    --test-tool nextest --cargo-arg=--test=it --cargo-arg=--locked -- --config-file "$PWD/tests/tools/nextest.toml" || status=$?
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
