# Sourced where Spark's own launchers run: a SPARK_HOME made of the jars that Maven resolved, without the Spark
# distribution.
SPARK_HOME=$PWD/spark-jobs/target/spark-home
if [ ! -e "$SPARK_HOME/jars" ]; then
  [ -d spark-jobs/target/platform ] || { echo "error: no Spark in spark-jobs/target/platform; build it with ./mvnw -DskipTests package" >&2; exit 5; }
  mkdir -p "$SPARK_HOME"
  ln -sfn ../platform "$SPARK_HOME/jars"
fi
# Without the version a worker looks for a source tree, and its executors die with "Cannot find any build
# directories".
export SPARK_HOME SPARK_SCALA_VERSION=2.13
