# Sourced where the program is started: the key of the customers' pseudonyms, for lakes in a folder.
#
# ensure_pseudonym_key <arguments of the program>: where POS_PSEUDONYM_KEY is unset and no lake in S3 is meant, takes
# the key from .pos-pseudonym-key in the repository's root, which is made at random once. A lake that machines share
# has its key in Secrets Manager: see docs/personal-data.md.
ensure_pseudonym_key() {
  local file=.pos-pseudonym-key conf=conf/local.yaml word before=
  [ -z "${POS_PSEUDONYM_KEY:-}" ] || return 0
  for word in "$@"; do
    case $word in *s3://* | *s3a://*) return 0 ;; esac
    [ "$before" != --conf ] || conf=$word
    before=$word
  done
  # The S3 server of scripts/s3-local is this machine's, too.
  ! grep -Eqs '^lake: *"?s3a?://' "$conf" || grep -qs 'endpoint: http://127.0.0.1:' "$conf" || return 0
  if [ ! -s "$file" ]; then
    # Beside, then linked into place: of two processes that start together, one makes it and both read it.
    (
      umask 077
      od -An -N32 -tx1 /dev/urandom | tr -d ' \n' > "$file.$$"
      ln "$file.$$" "$file" 2> /dev/null &&
        echo "made $file: the key of the customers' pseudonyms; without it the lake must be rebuilt" >&2
      rm -f "$file.$$"
    ) || true
  fi
  POS_PSEUDONYM_KEY=$(cat "$file")
  export POS_PSEUDONYM_KEY
}
