"""Every kind of event that the code records, read from its source: what `events.record` is called with, through
variables, choices and the functions that pass a kind on."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.domain.sitting import DeedKind

ANSWERS = ("accepted", "declined")
SERVICES = Path(__file__).parent.parent / "app/services"


@dataclass(frozen=True)
class Function:
    module: str
    tree: ast.FunctionDef

    @property
    def parameters(self) -> list[str]:
        return [one.arg for one in (*self.tree.args.posonlyargs, *self.tree.args.args)]

    def calls(self, module: str, name: str) -> list[ast.Call]:
        """Where it calls a function of a module."""
        said = name if module == self.module else f"{module}.{name}"
        return [one for one in ast.walk(self.tree) if isinstance(one, ast.Call) and ast.unparse(one.func) == said]


@cache
def recorded_kinds() -> frozenset[str]:
    """Those that end in an answer which somebody gives, with each answer."""
    return frozenset(
        kind
        for function in _functions()
        for call in function.calls("events", "record")
        for kind in _said(call.args[2], function)
    )


@cache
def _functions() -> tuple[Function, ...]:
    return tuple(
        Function(path.stem, one)
        for path in sorted(SERVICES.glob("*.py"))
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(one, ast.FunctionDef)
    )


def _said(given: ast.expr, function: Function) -> Iterator[str]:
    match given:
        case ast.Constant(value=str(kind)):
            yield kind
        case ast.IfExp(body=one, orelse=other):
            yield from (*_said(one, function), *_said(other, function))
        case ast.JoinedStr(values=[ast.Constant(value=str(beginning)), ast.FormattedValue()]):
            yield from (f"{beginning}{answer}" for answer in ANSWERS)
        case ast.Name(id=name):
            found = list(_passed(function, name) if name in function.parameters else _kept(function, name))
            assert found, f"{function.module}.{function.tree.name}: where does {name} come from?"
            for value, where in found:
                yield from _said(value, where)
        case ast.Attribute(attr="value") if function.module == "sittings":
            yield from (deed.value for deed in DeedKind if deed is not DeedKind.CALLED)
        case _:
            raise AssertionError(f"{function.module}.{function.tree.name}: {ast.unparse(given)}")


def _passed(function: Function, name: str) -> Iterator[tuple[ast.expr, Function]]:
    """What a function is called with."""
    at = function.parameters.index(name)
    for caller in _functions():
        for call in caller.calls(function.module, function.tree.name):
            yield call.args[at], caller


def _kept(function: Function, name: str) -> Iterator[tuple[ast.expr, Function]]:
    """What a variable is set to."""
    for one in ast.walk(function.tree):
        if isinstance(one, ast.Assign):
            to, value = one.targets[0], one.value
            pairs = zip(to.elts, value.elts, strict=True) if _are_tuples(to, value) else ((to, value),)  # type: ignore[attr-defined]
            yield from ((said, function) for target, said in pairs if ast.unparse(target) == name)


def _are_tuples(*sides: ast.expr) -> bool:
    return all(isinstance(side, ast.Tuple) for side in sides)
