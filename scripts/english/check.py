"""Checks spelling and grammar of comments, documentation and messages with Harper, and our own list of phrases.

Prints one line per finding (file, line, what is wrong) and fails when there is any. Words that are right and
that Harper does not know are in words.txt; phrases.tsv holds phrases that a stranger stumbles over, with what
to write instead.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from prose import prose

HERE = Path(__file__).parent
# Matters of style in which this project differs, and rules that mistake its tables, lists and terms.
IGNORED = """SentenceCapitalization NoFrenchSpaces Spaces OxfordComma UseTitleCase LongSentences SplitWords
    OrthographicConsistency TheLastDays CompoundNouns MissingTo Overall MassNouns DisjointPrefixes OkToOkay
    CapitalizePersonalPronouns MissingPreposition MergeWords UseEllipsisCharacter UnclosedQuotes ExpandMinimum
    TransposedSpace Dashes QuantifierNumeralConflict PronounVerbAgreement ThereIsAgreement ToTwoToo
    PronounInflectionBe TheirToTheyre HavePronoun WhomSubjectOfVerb ThatThan DiscourseMarkers CommaFixes
    SingleBe OneOfTheSingular ExpandConfiguration ExpandArgument ExpandStandardInputAndOutput CompaniesProductsAndTrademarks
    CondenseAllThe AnA ExpandMemoryShorthands""".split()
SUFFIXES = {".java", ".md", ".yaml", ".py", ".properties", ""}
# Generated from what is checked; data and inputs of tests.
NOT_OURS = re.compile(r"golden|/resources/|^dags/pos_dags/compiled\.py$|^lake-schemas/README\.md$|^mvnw|^\.|^scripts/english/")


def main() -> int:
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.splitlines()
    files = [f for f in listed if Path(f).suffix in SUFFIXES and not NOT_OURS.search(f) and Path(f).is_file()]
    texts = {f: prose(Path(f)) for f in files}
    findings = sorted(phrases(texts) + harper(texts))
    for file, line, what in findings:
        print(f"{file}:{line}: {what}")
    print(f"English of {len(texts)} files: {len(findings)} findings", file=sys.stderr)
    return 1 if findings else 0


def phrases(texts: dict[str, str]) -> list[tuple[str, int, str]]:
    """Our own list: a regular expression and what to write instead on each line."""
    found = []
    for entry in (HERE / "phrases.tsv").read_text().splitlines():
        pattern, instead = entry.split("\t")
        words = re.compile(rf"\b(?:{pattern})\b".replace(" ", r"\s+"), re.IGNORECASE)
        for file, text in texts.items():
            for hit in words.finditer(text):
                found.append((file, text.count("\n", 0, hit.start()) + 1, f'"{hit[0]}": {instead}'))
    return found


def harper(texts: dict[str, str]) -> list[tuple[str, int, str]]:
    with tempfile.TemporaryDirectory() as folder:
        # Harper names files without their folders.
        names = {f"{number}.md": file for number, file in enumerate(texts)}
        for name, file in names.items():
            Path(folder, name).write_text(texts[file])
        command = [Path(sys.executable).with_name("harper"), "lint", "--quiet", "--format", "json", "--dialect", "british"]
        command += ["--user-dict-path", HERE / "words.txt", "--ignore", ",".join(IGNORED), *names]
        done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    if not done.stdout:
        raise SystemExit(f"harper failed: {done.stderr}")
    return [
        (names[file["file"]], lint["line"], f'"{lint["matched_text"]}": {lint["message"]} ({lint["rule"]})')
        for file in json.loads(done.stdout)
        for lint in file["lints"]
    ]


if __name__ == "__main__":
    sys.exit(main())
