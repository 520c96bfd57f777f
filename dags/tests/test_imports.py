"""Modules of pos_dags import each other in one direction, imports inside functions included."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pos_dags"


def imported(source: str) -> set[str]:
    """Modules of the package that the source imports, wherever the import stands."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == PACKAGE.name:
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{PACKAGE.name}."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            names = [name.name.split(".") for name in node.names]
            found |= {name[1] for name in names if name[0] == PACKAGE.name and len(name) > 1}
    return found


def test_no_module_imports_one_that_imports_it() -> None:
    files = [file for file in PACKAGE.glob("*.py") if file.stem != "compiled"]
    graph = {file.stem: imported(file.read_text()) for file in files}
    assert {"emr", "submit"} <= graph["place"]
    TopologicalSorter(graph).prepare()


def test_an_import_inside_a_function_counts() -> None:
    hidden = "def f():\n    from pos_dags.place import operator\n    import pos_dags.plan\n"
    assert imported(hidden) == {"place", "plan"}
    with pytest.raises(CycleError):
        TopologicalSorter({"emr": imported(hidden), "place": {"emr"}}).prepare()
