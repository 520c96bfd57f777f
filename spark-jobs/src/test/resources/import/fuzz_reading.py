"""Reads mutated exports as Python's csv module does, and prints every row that a reader may rightly accept.

fuzz_reading.py <folder>: one line per row, receipt|line|store|product|sold_at|quantity|price. A file is read twice, as
a whole and line by line, because a stray quote makes two readings of it.
"""
import csv, io, pathlib, re, sys
from datetime import datetime
from decimal import Decimal, InvalidOperation

AROUND = " \t\n\x0b\x0c\r\x85\xa0\xad\u061c\u1680\u180e\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    chr(c) for c in [*range(0x2000, 0x2010), *range(0x202A, 0x202F), *range(0x2061, 0x2065), *range(0x2066, 0x206A)])
COLUMNS = ["receipt", "line", "store", "product", "sold_at", "quantity", "price"]


def text_of(raw):
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if raw.startswith(mark):
            return raw[len(mark):].decode(name, "replace")
    return raw.decode("utf-8", "replace")


def code(value):
    if re.fullmatch(r"[0-9]+[.,]0+", value):
        return re.sub(r"[.,]0+$", "", value)
    parts = re.fullmatch(r"([0-9])[.,]?([0-9]*)[eE][+]?([0-9]{1,2})", value)
    if parts and re.search("[.,+]", value) and len(parts[2]) == int(parts[3]):
        return parts[1] + parts[2]
    return value


def number(value, places):
    return f"{round(Decimal(value), places):.{places}f}"


def row_of(fields, at):
    value = {name: fields[at[name]].strip(AROUND) for name in COLUMNS}
    if any(not v or v == "NULL" for v in value.values()):
        return None
    moment = datetime.strptime(value["sold_at"], "%Y-%m-%d %H:%M:%S")
    return "|".join([
        code(value["receipt"]), str(int(Decimal(value["line"]))), code(value["store"]), code(value["product"]),
        moment.strftime("%Y-%m-%d %H:%M:%S").rjust(19, "0"), number(value["quantity"], 3), number(value["price"], 2)])


def readings(text):
    yield csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
    yield (next(csv.reader([line], skipinitialspace=True), []) for line in re.split("\r\n|\r|\n", text))


def main(folder):
    csv.field_size_limit(1 << 30)
    for file in sorted(pathlib.Path(folder).iterdir()):
        found = set()
        for rows in readings(text_of(file.read_bytes())):
            at = None
            for fields in rows:
                names = [field.strip(AROUND).lower() for field in fields]
                if at is None:
                    if any(names):
                        at = {name: names.index(name) for name in COLUMNS} if set(COLUMNS) <= set(names) else {}
                    continue
                try:
                    found.add(row_of(fields, at))
                except (ValueError, InvalidOperation, OverflowError, IndexError, KeyError):
                    pass
        for row in sorted(filter(None, found)):
            print(row.replace("\n", " "))


sys.stdout.reconfigure(encoding="utf-8", errors="replace")
main(sys.argv[1])
