"""The prose of a source file: comments, documentation and messages, on the lines where they are.

Everything else becomes blank, and code inside of prose becomes `code`, so that a checker of English reads
sentences only and its line numbers are those of the file.
"""

import re
import tokenize
from io import StringIO
from pathlib import Path

_JAVA = re.compile(
    r'(?P<comment>/\*.*?\*/|//[^\n]*)|"""(?P<block>.*?)"""|"(?P<text>(?:\\.|[^"\\\n])*)"|\'(?:\\.|[^\'\\])+\'', re.S
)
# A text with fewer words, or with words in capitals such as SELECT, is a key, a format or SQL.
_MESSAGE = re.compile(r"^[ ,;:(]*[A-Za-z%][a-z]*(?: [^ ]+){2,}")
_SQL = re.compile(r"\b(SELECT|FROM|WHERE|INSERT|UPDATE|CREATE|ALTER|DROP|DELETE|VACUUM|GRANT|COPY|NULL|CASE)\b|->|\|\||=")
_CODE = [
    (re.compile(r"\{@(?:code|link|value|literal)\b[^{}]*(?:\{[^{}]*\}[^{}]*)*\}"), "`x`"),
    (re.compile(r"<code>.*?</code>|`[^`\n]*`|https?://\S+|\]\([^)\n]*\)"), lambda m: "]" if m[0][0] == "]" else "`x`"),
    (re.compile(r"</?[a-z]+/?>"), " "),
    (re.compile(r"@(param|throws|return|see)\b(?: +(?<=(?:param|hrows) )[\w.<>]+)?"), ". "),
    (re.compile(r"%[-+,.\d]*[sdfn%]|\$\{[^}]*\}|\{\w*\}|\\[ntN\"]"), lambda m: "`x`"),
    # A key and the constant that it is set to.
    (re.compile(r"\b[a-z_]+: [A-Z][A-Z_]+\b"), "`x`"),
    # A unit or a variable.
    (re.compile(r"(?<![\w'`])[b-zB-HJ-Z](?![\w'])"), "`x`"),
    # Names of code, files, keys and options.
    (re.compile(r"(?<![\w`])(?=[\w./:*<>=#@$-]*(?:[_/:=#@$<>*]|\.\w|[a-z][A-Z]|--|\d))[\w./:*<>=#@$-]*\w[/>*]*(?:\(\))?"), "`x`"),
    (re.compile(r"`x`['’]s"), "`x`"),
]


def prose(path: Path) -> str:
    """The file's prose; an empty text for a file without any."""
    text = path.read_text()
    match path.suffix:
        case ".java":
            # Texts of tests and of the sample retailer are data.
            kept = _java(text, messages=not re.search(r"/test/|/sample/", str(path)))
        case ".md":
            kept = re.sub(r"^```.*?^```|^    .*?$", lambda m: "\n" * m[0].count("\n"), text, flags=re.S | re.M)
        case ".yaml" | ".yml" | ".properties":
            kept = _hashes(text, descriptions=True)
        case ".py":
            kept = _python(text)
        case _:
            kept = _hashes(text, descriptions=False)
    for code, instead in _CODE:
        kept = code.sub(instead, kept)
    return kept


def _blank(text: str, parts: list[tuple[int, int, str]]) -> str:
    """The parts on their lines; each is its start, its end and what of it is prose."""
    out, at = [], 0
    for start, end, words in parts:
        out.append("\n" * text.count("\n", at, start))
        out.append(words)
        out.append("\n" * (text.count("\n", start, end) - words.count("\n")))
        at = end
    return "".join(out)


def _java(text: str, messages: bool) -> str:
    parts = []
    for m in _JAVA.finditer(text):
        if m["comment"]:
            words = re.sub(r"^ *(/\*\*?|//|\*/|\*) ?|\*/$", "", m["comment"], flags=re.M)
            parts.append((*m.span(), words))
        elif messages and m["text"] and _MESSAGE.search(m["text"]) and not _SQL.search(m["text"]):
            parts.append((*m.span(), m["text"] + "  "))
    return _blank(text, parts)


# The code before a documentation string, or a text for people.
_DOC = re.compile(r"(?:\A|\n *|doc_md=|_NOTES = )\Z")


def _python(text: str) -> str:
    parts = []
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for token in tokenize.generate_tokens(StringIO(text).readline):
        begin = starts[token.start[0] - 1] + token.start[1]
        end = starts[token.end[0] - 1] + token.end[1]
        if token.type == tokenize.COMMENT and not token.string.startswith(("#!", "# noqa", "# type")):
            parts.append((begin, end, token.string.lstrip("# ")))
        elif token.type == tokenize.STRING and token.string.startswith('"""') and _DOC.search(text[:begin]):
            parts.append((begin, end, token.string.strip('"')))
    return _blank(text, parts)


def _hashes(text: str, descriptions: bool) -> str:
    out = []
    for line in text.splitlines():
        comment = re.search(r"(?:^|\s)#(?!!|\s*(?:noqa|shellcheck))\s?(.*)$", line)
        described = re.match(r"""\s*(?:description|purpose|usage): "(.*)"$""", line) if descriptions else None
        words = comment[1] if comment else described[1] if described else ""
        # An indented line of a comment is an example.
        out.append("" if words.startswith("  ") else words)
    return "\n".join(out) + "\n"
