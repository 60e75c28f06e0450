#!/bin/sh
# Times Superpose. Builds first; run it on a quiet machine, from anywhere.
#
#   bench/run.sh kernels [JMH options]      matrix products at the shapes of a training step (JMH)
#   bench/run.sh steps [JMH options]        whole training steps, early and late in a run (JMH)
#   bench/run.sh compare PYTHON [options]   whole trainings beside a plain dense PyTorch script, in turn; PYTHON is an
#                                           interpreter with torch, e.g. from: python3 -m venv venv && venv/bin/pip \
#                                           install torch --index-url https://download.pytorch.org/whl/cpu
#                                           `compare PYTHON --help` lists the options
#
# `compare` takes about 25 minutes in full; `--widths 63 --alphas 1 --rounds 1` gives one line in two.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
. "$root/.mvn/find-jdk.sh"
superpose_find_jdk || exit 2
what=${1-}
case "$what" in
kernels | steps | compare) shift ;;
*)
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
  exit 2
  ;;
esac

(cd "$root" && ./mvnw -q -B -pl bench -am -DskipTests -Dspotless.check.skip=true package) >&2
java() {
  "$JAVA_HOME/bin/java" -XX:+UseParallelGC --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
    -cp "$root/bench/target/superpose-bench.jar:$root/bench/target/lib/*" "$@"
}
case "$what" in
kernels) java org.openjdk.jmh.Main KernelBench "$@" ;;
steps) java org.openjdk.jmh.Main StepBench "$@" ;;
compare)
  [ $# -ge 1 ] || {
    echo "bench: compare needs the path of a Python interpreter that has torch" >&2
    exit 2
  }
  java dev.superpose.bench.CompareWithPyTorch "$root/bench/pytorch/dense_toy.py" "$@"
  ;;
esac
