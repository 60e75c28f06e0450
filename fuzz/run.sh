#!/usr/bin/env bash
# Looks for hostile input: fuzz/run.sh [SECONDS] [TARGET]
#
#   SECONDS  for each target (default 60)
#   TARGET   a class, or class::method, or part of one; all that match are run (default all)
#
# SEED (default 1) seeds the fuzzer. What it learns stays in fuzz/target/corpus, so that a later run goes on from
# there. An input that breaks a promise ends its target; it is left in fuzz/target/findings and belongs, once the
# parser is mended, beside the seeds. The exit code is 1 if there was one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=${1:-60}
wanted=${2:-}

# shellcheck source=../.mvn/find-jdk.sh
. .mvn/find-jdk.sh
superpose_find_jdk || exit 2
[ -n "${NO_BUILD:-}" ] || ./mvnw -q -B -pl fuzz -am -DskipTests package

cd fuzz
findings=$PWD/target/findings
mkdir -p "$findings"
report=target/fuzzing.md
printf '| target | executions | seconds | per second | edges | findings |\n|---|---|---|---|---|---|\n' >"$report"
failed=0

# run CLASS METHOD
run() {
  local simple=${1##*.} folder corpus log seeds count=0
  folder=src/test/resources/$(tr . / <<<"${1%.*}")
  corpus=target/corpus/$simple/$2
  log=target/corpus/$simple-$2.log
  seeds=$folder/${simple}Inputs/$2
  mkdir -p "$corpus"
  local options=("-max_total_time=$seconds" "-seed=${SEED:-1}" -timeout=10 -print_final_stats=1
    "-artifact_prefix=$findings/$simple-$2-")
  [ ! -f "dictionaries/$simple.dict" ] || options+=("-dict=dictionaries/$simple.dict")
  "$JAVA_HOME/bin/java" -Xmx512m -XX:+UseSerialGC -XX:MaxJavaStackTraceDepth=64 -XX:+EnableDynamicAgentLoading \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "target/classes:target/test-classes:target/lib/*" com.code_intelligence.jazzer.Jazzer \
    --target_class="$1" --target_method="$2" --instrumentation_includes='dev.superpose.**' \
    --custom_hook_includes='dev.superpose.**' --reproducer_path="$findings" \
    "${options[@]}" "$corpus" "$seeds" >"$log" 2>&1 || count=1
  awk -v target="$simple::$2" -v count="$count" -v seconds="$seconds" '
    /number_of_executed_units/ { executions = $2 }
    /average_exec_per_sec/ { rate = $2 }
    match($0, /cov: [0-9]+/) { edges = substr($0, RSTART + 5, RLENGTH - 5) }
    /^Done / { seconds = $5 }
    END { printf "| %s | %d | %d | %d | %d | %d |\n", target, executions, seconds, rate, edges, count }' \
    "$log" | tee -a "$report"
  if [ "$count" != 0 ]; then
    failed=1
    grep -A 12 -E '^== Java Exception|ERROR: libFuzzer' "$log" || tail -n 20 "$log"
  fi
}

while IFS= read -r target; do
  run "${target%::*}" "${target#*::}"
done < <("$JAVA_HOME/bin/java" -cp "target/classes:target/test-classes:target/lib/*" \
  com.code_intelligence.jazzer.Jazzer --list_fuzz_tests= 2>/dev/null | tr -d '\r' | grep -F -- "$wanted" | sort)

echo "The table is in fuzz/$report."
exit "$failed"
