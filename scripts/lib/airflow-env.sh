# Sourced by the commands that run Airflow: everything is in .airflow/, on the loopback interface only, and nothing is
# sent anywhere.
export AIRFLOW_HOME=$PWD/.airflow
export AIRFLOW__CORE__DAGS_FOLDER=$PWD/dags
export AIRFLOW__CORE__LOAD_EXAMPLES=False
export AIRFLOW__CORE__EXECUTOR=LocalExecutor
export AIRFLOW__CORE__PARALLELISM=4
export AIRFLOW__API__HOST=127.0.0.1
export AIRFLOW__API__PORT=${POS_AIRFLOW_PORT:-8080}
export AIRFLOW__API__WORKERS=1
export AIRFLOW__CORE__EXECUTION_API_SERVER_URL=http://127.0.0.1:$AIRFLOW__API__PORT/execution/
export AIRFLOW__LOGGING__WORKER_LOG_SERVER_HOST=127.0.0.1
export AIRFLOW__USAGE_DATA_COLLECTION__ENABLED=False
export AIRFLOW__API__EXPOSE_CONFIG=False
export PYTHONPATH=$PWD/dags
# The spark-submit of scripts/spark runs the Spark that Maven resolved.
export PATH=$PWD/scripts/spark:$PATH
mkdir -p "$AIRFLOW_HOME"
