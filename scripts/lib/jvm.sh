# Sourced by what starts a JVM on Spark: its flags, its class path, and an archive of Spark's classes, parsed and
# verified (class-data sharing). From it a JVM is ready some 10 s sooner on 2 slow cores, and a night in Airflow
# starts one per task.
command -v java > /dev/null || {
  echo "error: no java: install a JDK 17, for example: apt-get install openjdk-17-jdk-headless" >&2
  exit 5
}
jar=spark-jobs/target/pos-modern-ai.jar
# The sample generator, which production has no use for.
sample_jar=spark-jobs/target/pos-modern-ai-sample.jar
# Another JDK has another archive, whatever the flags that the environment adds.
class_archive=spark-jobs/target/spark-classes-$(env -u JAVA_TOOL_OPTIONS -u JDK_JAVA_OPTIONS -u _JAVA_OPTIONS java -version 2>&1 | cksum | cut -d' ' -f1).jsa

# The flags that Spark needs on Java 17 are in the root pom, for both tests and runs.
java_flags() {
  sed -n '/<spark.jvm.flags>/,/<\/spark.jvm.flags>/p' pom.xml | sed 's/<[^>]*>//g'
}

# Spark as its launcher gives it to executors, word by word: an archive of classes fits no class path that begins
# otherwise. -Xlog:cds says whether it did.
spark_class_path() {
  . scripts/lib/spark-home.sh
  echo "$SPARK_HOME/conf:$(echo "$SPARK_HOME"/jars/slf4j-api-*.jar):$SPARK_HOME/jars/*"
}

# The flag, where there is an archive; for a JVM that starts in the repository's root. One that it does not fit
# leaves it alone.
class_archive_flag() {
  [ ! -f "$class_archive" ] || echo "-XX:SharedArchiveFile=$class_archive"
}

# For commands that start many JVMs: made from the classes that a very small sample loads, in a minute or two.
# Everything works without an archive, so a failure is only reported. Concurrent processes make a single one.
make_class_archive() {
  (
    flock 9
    [ ! -f "$class_archive" ] || [ pom.xml -nt "$class_archive" ] || [ scripts/lib/jvm.sh -nt "$class_archive" ] || exit 0
    echo "keeping Spark's classes ready for quicker starts"
    # Beside its place: a move within a file system is whole or not at all.
    folder=$(mktemp -d "$PWD/spark-jobs/target/class-archive.XXXXXX")
    trap 'rm -rf "$folder"' EXIT
    cat > "$folder/settings.yaml" <<YAML
extends: $PWD/conf/local.yaml
lake: $folder/lake
report: {folder: $folder/reports}
sample: {days: 90, stores: 1, products: 60, customers: 100, sales_lines: 5000}
YAML
    # By SparkSubmit, as the application's jar on the class path would make the archive unfit for it.
    # shellcheck disable=SC2046  # flags are words
    POS_PSEUDONYM_KEY=only-for-a-lake-that-is-removed-at-once \
      java -Xmx2g -Xss4m $(java_flags) -XX:TieredStopAtLevel=1 -XX:ArchiveClassesAtExit="$folder/classes.jsa" \
      -Dlog4j2.configurationFile=conf/log4j2.properties -cp "$(spark_class_path)" \
      org.apache.spark.deploy.SparkSubmit --master "local[2]" --jars "$sample_jar" --class com.posmodern.ai.cli.Main "$jar" \
      sample --conf "$folder/settings.yaml" > "$folder/log" 2>&1 &&
      mv -f "$folder/classes.jsa" "$class_archive" ||
      { echo "no archive, starts take longer:"; grep -v '\[cds' "$folder/log" | tail -5 || true; }
  ) 9> spark-jobs/target/.class-archive.lock
}
