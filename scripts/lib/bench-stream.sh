# Sourced by scripts/bench: events at a steady rate, and how long each took from its file's landing to its batch's commits.

# bench_stream [seconds] [events per second] [seconds between batches]
bench_stream() {
  local seconds=${1:-120} rate=${2:-2000} trigger=${3:-10} lake=bench/lake-stream
  rm -rf "$lake"
  mkdir -p "$lake/events/landed"
  printf 'extends: ../conf/local.yaml\nlake: %s\nreport: {folder: bench/reports-stream}\nprivacy: {legal_basis: LEGITIMATE_INTEREST}\nlive: {trigger_seconds: %s}\nsample: {sales_lines: 10000, stores: 2, products: 120, customers: 400, days: 200}\n' \
    "$lake" "$trigger" > bench/stream.yaml
  # What is usual, of a small retailer whose stores and products the events name: without it nothing is watched.
  if [ "${WATCH:-on}" = on ]; then
    run_app sample --conf bench/stream.yaml > bench/stream-night.log
    run_app quality --conf bench/stream.yaml >> bench/stream-night.log
    run_app behaviour --only live-profiles --conf bench/stream.yaml >> bench/stream-night.log
  fi
  run_app stream --conf bench/stream.yaml > bench/stream.out 2>bench/stream.err &
  local runner=$!
  # The moment at which each line was printed, before it.
  (tail -n +1 -f --pid="$runner" bench/stream.out | while IFS= read -r line; do echo "$EPOCHREALTIME $line"; done) > bench/stream.log &
  local watcher=$!
  # A first file starts Spark and makes the tables, which is no part of a stream that runs for weeks.
  java scripts/lib/EventLoad.java "$lake/events/landed" 100 1 > bench/landed.log
  await_events 100
  local began
  began=$(wc -l < bench/stream.log)
  java scripts/lib/EventLoad.java "$lake/events/landed" "$rate" "$seconds" > bench/landed.log
  await_events $((100 + seconds * rate))
  pkill -TERM -P "$runner" java || true
  wait "$runner" || true
  wait "$watcher" || true
  tail -n 1 bench/stream.out
  if [ "${WATCH:-on}" = on ]; then
    [ -f bench/reports-stream/live.html ] || fail "nothing was watched; see bench/stream.err"
    echo "the watch was on, a look a minute: $(grep -c '^alert OPEN' bench/stream.out) alerts opened"
  else
    echo "the watch was off"
  fi
  sed -i "1,${began}d" bench/stream.log
  stream_summary
}

# await_events <number>: until so many are in the tables, for at most three minutes.
await_events() {
  local until=$((SECONDS + 180))
  while [ $SECONDS -lt $until ] && [ "$(stream_events)" -lt "$1" ]; do sleep 1; done
}

stream_events() {
  awk '$2 == "batch" { gsub(",", "", $7); all += $7 } END { print all + 0 }' bench/stream.log
}

# A file is in the tables when the batches have counted as many events as had landed with it: Spark reads the oldest first.
stream_summary() {
  awk '
    FNR == NR { files++; landed[files] = $2; upto[files] = $3; next }
    $2 == "batch" {
      gsub(",", "", $7); all += $7; batches++; busy += $5
      for (; done < files && upto[done + 1] <= all; done++) latency[done + 1] = $1 - landed[done + 1]
      last = $1
    }
    END {
      for (a = 2; a <= done; a++) { v = latency[a]; for (b = a - 1; b > 0 && latency[b] > v; b--) latency[b + 1] = latency[b]; latency[b + 1] = v }
      printf "%d events landed in %.0f s, %d in the tables after %d batches (%.1f s of work each)\n", upto[files], landed[files] - landed[1] + 1, all, batches, busy / batches
      printf "%.0f events per second from the first landing to the last commit; seconds from landing to table: p50 %.1f, p95 %.1f, longest %.1f\n", all / (last - landed[1] + 1), latency[int((done + 1) * 0.5)], latency[int((done + 1) * 0.95)], latency[done]
    }' bench/landed.log bench/stream.log
}
