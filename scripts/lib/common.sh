# Sourced by the commands that run Java: builds when needed, and starts the JVM with its flags.
. "$(dirname "${BASH_SOURCE[0]}")/root.sh"
. scripts/lib/pseudonym-key.sh

. scripts/lib/jvm.sh

# Builds when there is no jar, or when a source is newer than it.
build_if_needed() {
  if [ -f "$jar" ] && [ -f "$sample_jar" ] && [ -z "$(find pom.xml spark-jobs/pom.xml spark-jobs/src/main lake-schemas -newer "$jar" -type f -print -quit)" ]; then
    return
  fi
  command -v javac >/dev/null || fail "no javac: install the JDK, not only the JRE (apt-get install openjdk-17-jdk-headless)"
  echo "building $jar (the first time downloads Spark, about 400 MB)"
  ./mvnw -B -q -DskipTests package || fail "the build failed; the lines above say why"
  touch "$jar"
}

# 8 GiB, or 60 % of a smaller machine; POS_HEAP overrides.
heap() {
  if [ -n "${POS_HEAP:-}" ]; then
    echo "$POS_HEAP"
    return
  fi
  local mib
  mib=$(awk '/MemTotal/ {print int($2 / 1024 * 0.6)}' /proc/meminfo 2>/dev/null || echo 8192)
  echo "$((mib < 8192 ? mib : 8192))m"
}

# Runs the application on the Spark that Maven resolved.
run_app() {
  ensure_pseudonym_key "$@"
  local code=0 heap
  heap=$(heap)
  # shellcheck disable=SC2046  # flags are words
  java -Xmx"$heap" -Xss4m $(java_flags) $(class_archive_flag) \
    -Dlog4j2.configurationFile=conf/log4j2.properties -Dlog4j2.isThreadContextMapInheritable=true \
    -cp "$(spark_class_path):$jar:$sample_jar" com.posmodern.ai.cli.Main "$@" || code=$?
  case $code in
    # Spark's own exit code of a task that got no memory.
    52) fail "out of memory ($heap of heap): nothing half done is visible to readers. Set POS_HEAP higher and run again" ;;
    137) echo "error: the program was killed (SIGKILL), by hand or by the system for want of memory: lower POS_HEAP or free memory, then run again" >&2 ;;
  esac
  return "$code"
}
