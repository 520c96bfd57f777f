# Sourced by scripts/bench: requests at a steady rate to scripts/pos receive, each on the disk before its answer.

# bench_receive [seconds] [requests per second]
bench_receive() {
  local seconds=${1:-60} rate=${2:-500} lake=bench/lake-receive port=${POS_BENCH_PORT:-18099} path
  rm -rf "$lake"
  mkdir -p "$lake"
  printf 'extends: ../conf/local.yaml\nlake: %s\n' "$lake" > bench/receive.yaml
  POS_EVENTS_TOKEN=a-token-of-the-bench-0123456789abcdef \
    run_app receive --conf bench/receive.yaml --port "$port" > bench/receive.out 2> bench/receive.err &
  local runner=$!
  until grep -q 'land in' bench/receive.out; do
    kill -0 "$runner" 2> /dev/null || fail "the receiver did not start; see bench/receive.err"
    sleep 0.2
  done
  # The first requests load classes.
  java scripts/lib/RequestLoad.java "http://127.0.0.1:$port/events" 50 2 a-token-of-the-bench-0123456789abcdef > /dev/null
  for path in events webhook; do
    echo "POST /$path, $rate a second for $seconds s"
    java scripts/lib/RequestLoad.java "http://127.0.0.1:$port/$path" "$rate" "$seconds" a-token-of-the-bench-0123456789abcdef
  done
  pkill -TERM -P "$runner" java || true
  wait "$runner" || true
  echo "on the disk: $(find "$lake/events/landed" -name '*.json' | wc -l) files of events (100 of them before), $(find "$lake" -name '*.json' -not -path '*/events/landed/*' | wc -l) of webhooks"
}
