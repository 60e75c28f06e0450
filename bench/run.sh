#!/bin/sh
# Times Superpose. Builds first; run it on a quiet machine, from anywhere.
#
#   bench/run.sh kernels [JMH options]      matrix products and float loops of a training step (JMH)
#   bench/run.sh steps [JMH options]        whole training steps, early and late in a run (JMH)
#   bench/run.sh compare PYTHON [options]   whole trainings beside a plain dense PyTorch script, in turn; PYTHON is an
#                                           interpreter with torch, e.g. from: python3 -m venv venv && venv/bin/pip install torch
#                                           `compare PYTHON --help` lists the options
#   bench/run.sh fits [options]             1,000 starts and 4,000 bootstrap refits of Chinchilla's law, cold and warm;
#                                           `fits --help` lists the options, --csv FILE takes real runs
#   bench/run.sh scipy PYTHON               the same on planted runs, then by SciPy; PYTHON is an interpreter with scipy
#   bench/run.sh memory [ROWS WIDTH]        inspects a random BF16 file (2 GiB: 262144 rows of 4096) with -Xmx512m and
#                                           prints the program's peak resident memory and time
#   bench/run.sh gram [ROUNDS]              mean squared overlap and spectrum of a random BF16 file (151936 rows of 4096, a
#                                           large model's unembedding), then all measures but exact pairs of a float32
#                                           one (50257 rows of 768), each beside BLAS alone and beside all pairs
#
# `compare` takes about 25 minutes in full; `--widths 63 --alphas 1 --rounds 1` gives one line in two.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
. "$root/.mvn/find-jdk.sh"
superpose_find_jdk || exit 2
what=${1-}
case "$what" in
kernels | steps | compare | fits | scipy | memory | gram) shift ;;
*)
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
  exit 2
  ;;
esac

(cd "$root" && ./mvnw -q -B -pl bench -am -DskipTests -Dspotless.check.skip=true package) >&2
java() {
  "$JAVA_HOME/bin/java" -XX:+UseParallelGC --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$root/bench/target/superpose-bench.jar:$root/bench/target/lib/*" "$@"
}
# As the launcher starts commands that fit.
short=-XX:Tier4BackEdgeThreshold=1000000
case "$what" in
kernels) java org.openjdk.jmh.Main "KernelBench|ToyKernelsBench" "$@" ;;
steps) java org.openjdk.jmh.Main StepBench "$@" ;;
compare)
  [ $# -ge 1 ] || {
    echo "bench: compare needs the path of a Python interpreter that has torch" >&2
    exit 2
  }
  java dev.superpose.bench.CompareWithPyTorch "$root/bench/pytorch/dense_toy.py" "$@"
  ;;
fits) java $short dev.superpose.bench.FitBench "$@" ;;
scipy)
  [ $# -ge 1 ] || {
    echo "bench: scipy needs the path of a Python interpreter that has scipy" >&2
    exit 2
  }
  folder=$(mktemp -d "${TMPDIR:-/tmp}/superpose-scipy.XXXXXX")
  trap 'rm -rf "$folder"' EXIT
  java dev.superpose.bench.FitBench --write "$folder/runs.csv"
  java $short dev.superpose.bench.FitBench
  "$1" "$root/bench/scipy/chinchilla.py" "$folder/runs.csv"
  ;;
gram)
  folder=$(mktemp -d "${TMPDIR:-/tmp}/superpose-gram.XXXXXX")
  trap 'rm -rf "$folder"' EXIT
  uname -srm
  gram() {
    java -XX:-UseParallelGC -XX:+UseSerialGC -Xmx1200m dev.superpose.bench.GramBench "$@"
  }
  java dev.superpose.bench.LargeModel "$folder/large.safetensors" 151936 4096 BF16
  gram "$folder/large.safetensors" lean "${1:-1}"
  java dev.superpose.bench.LargeModel "$folder/small.safetensors" 50257 768 F32
  gram "$folder/small.safetensors" whole "${1:-1}"
  ;;
memory)
  folder=$(mktemp -d "${TMPDIR:-/tmp}/superpose-memory.XXXXXX")
  trap 'rm -rf "$folder"' EXIT
  java dev.superpose.bench.LargeModel "$folder/large.safetensors" "${1:-262144}" "${2:-4096}"
  ls -l "$folder/large.safetensors"
  "$root/superpose" --version
  SUPERPOSE_JAVA_OPTS=-Xmx512m "$root/superpose" inspect "$folder/large.safetensors" &
  program=$!
  began=$(date +%s)
  # Anonymous memory is the program's own; mapped pages of the file are resident too, but the system can drop them.
  most=0
  while kill -0 "$program" 2>/dev/null; do
    now=$(sed -n 's/^RssAnon:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$program/status" 2>/dev/null || true)
    [ "${now:-0}" -le "$most" ] || most=$now
    sleep 0.2
  done
  wait "$program"
  echo "peak anonymous memory: $((most / 1024)) MiB; seconds: $(($(date +%s) - began))"
  ;;
esac
