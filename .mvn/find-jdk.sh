# Sourced by ./superpose and ./mvnw: leaves JAVA_HOME pointing at a JDK 25, or explains what is missing.
# Order: JAVA_HOME, the folders where systems keep their JVMs, then the first java on the PATH.

superpose_required_jdk=25

# Prints the major version of the JDK at $1 (empty if there is none with a compiler).
superpose_jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p'
  fi
}

superpose_find_jdk() {
  superpose_found=
  if [ -n "${JAVA_HOME-}" ] && [ "$(superpose_jdk_version "$JAVA_HOME")" = "$superpose_required_jdk" ]; then
    return 0
  fi
  set +f # mvnw switches globbing off
  for superpose_candidate in /usr/lib/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [ "$(superpose_jdk_version "$superpose_candidate")" = "$superpose_required_jdk" ]; then
      JAVA_HOME=$superpose_candidate
      export JAVA_HOME
      return 0
    fi
    [ -d "$superpose_candidate" ] && superpose_found="$superpose_found $superpose_candidate"
  done
  superpose_on_path=$(command -v java || true)
  if [ -n "$superpose_on_path" ]; then
    superpose_home=$("$superpose_on_path" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p')
    if [ "$(superpose_jdk_version "$superpose_home")" = "$superpose_required_jdk" ]; then
      JAVA_HOME=$superpose_home
      export JAVA_HOME
      return 0
    fi
  fi
  {
    echo "superpose: needs a JDK $superpose_required_jdk (java and javac), and found none."
    echo "  JAVA_HOME: ${JAVA_HOME-not set}"
    echo "  java on the PATH: ${superpose_on_path:-none}"
    echo "  other JVMs seen:${superpose_found:- none}"
    echo "  What to do: install a JDK $superpose_required_jdk (for example Eclipse Temurin) or set JAVA_HOME to one."
  } >&2
  return 1
}
