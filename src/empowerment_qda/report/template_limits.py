"""What a user's template may cost: steps and characters are counted as it runs, and what grows too large is refused.

Nothing here looks at a clock, so that a template is refused on every machine or on none. The compiler is made to count
at every turn of a loop, every call, filter and output; of Jinja's filters and Python's methods only those stay whose
cost is known before they run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from string import Formatter
from typing import Any, cast

from jinja2 import nodes, pass_context
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer

BUDGET = 400_000_000
"""Characters that a template may handle in all; a step counts as STEP of them, a call as CALL, an entry of a list as
ENTRY."""
STEP, CALL, ENTRY = 100, 300, 25
LARGEST = 20_000_000
"""... and in one value, or the page."""
LONGEST = 1_000_000
"""Characters of the template itself."""
_NARROW = 1_000  # of numbers that say how wide something becomes, and of texts put into each line
_PLAIN = (str, list, tuple, dict, set, frozenset, int, float, bytes)
_METHODS = set(
    """capitalize casefold copy count endswith find get index isalnum isalpha isdecimal isdigit islower isspace istitle
    isupper items keys lower lstrip partition removeprefix removesuffix rfind rindex rpartition rsplit rstrip split
    splitlines startswith strip swapcase title upper values""".split()  # noqa: SIM905
)
# They are slow on some text, differ from run to run, or make links.
_NO_FILTERS = ("striptags", "pprint", "xmlattr", "urlize", "random")


class OutOfBounds(SecurityError):
    """A template that takes more than it may."""


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox for one filling of one template, that counts."""

    intercepted_binops = frozenset(["+", "*", "**", "%"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, optimized=False, **kwargs)
        self.left = BUDGET
        del self.globals["lipsum"]
        self.tests = {
            name: self._counted(name, cast(Callable[..., Any], test)) for name, test in self.tests.items()
        }

    def bound_filters(self) -> None:
        """Count in every filter there is by now."""
        kept = {name: one for name, one in self.filters.items() if name not in _NO_FILTERS}
        self.filters = {name: self._counted(name, one) for name, one in kept.items()}
        self.filters |= {
            "counted step": self._step,
            "counted value": self._value,
            "counted output": self._output,
        }

    def charge(self, cost: int) -> None:
        """Take so many characters from what is left; OutOfBounds where one thing or the whole becomes too much."""
        self.left -= cost
        if cost > LARGEST or self.left < 0:
            raise OutOfBounds("it takes too many steps, or a text or list in it becomes too large")

    def weigh(self, *values: Any) -> int:
        """Characters and entries, as often as they are reached; never more work than a value may cost."""
        weight, ahead = 0, list(values)
        while ahead:
            one = ahead.pop()
            if isinstance(one, str | bytes):
                weight += len(one)
            elif isinstance(one, int):
                weight += one.bit_length() >> 3
            else:
                inner: Iterable[Any] = ()
                if type(one) in (list, tuple, set, frozenset):
                    inner = one
                elif type(one) is dict:
                    inner = [each for pair in one.items() for each in pair]
                elif isinstance(one, Namespace):
                    inner = one._Namespace__attrs.values()
                if inner:
                    weight += ENTRY * len(inner)  # type: ignore[arg-type]
                    self._require(weight)
                    ahead.extend(inner)
            self._require(weight)
        return weight

    def _require(self, weight: int) -> None:
        if weight > LARGEST:
            self.charge(weight)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Of Python's own values only the methods whose cost is known."""
        if (
            isinstance(obj, _PLAIN)
            and callable(value)
            and attr not in _METHODS
            and not hasattr(obj, "_fields")
        ):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """`text.format(...)` with plain fields of a plain width."""
        formatted = super().wrap_str_format(value)
        if formatted is None:
            return None
        text = value.__self__

        def counted(*args: Any, **kwargs: Any) -> str:
            fields = [(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name is not None]
            if any(re.search(r"[.\[]", name) or re.search(r"\d{4}|\{", spec) for name, spec in fields):
                raise OutOfBounds("a width above 999, or more than a name, in a format")
            self.charge(len(fields) * (_NARROW + self.weigh(args, kwargs)))
            return formatted(*args, **kwargs)

        return counted

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A macro, a function or a method, counted by what goes in and comes out."""
        own = getattr(obj, "__self__", None)
        self.charge(CALL + self.weigh(own if isinstance(own, _PLAIN) else None, args, kwargs))
        result = super().call(context, obj, *args, **kwargs)
        if not isinstance(obj, Macro):  # its output was counted
            self.charge(self.weigh(result))
        return result

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic, and what it does to texts and lists, counted before it is done."""
        texts = [one for one in (left, right) if not isinstance(one, int | float)]
        number = next((abs(one) for one in (left, right) if isinstance(one, int)), 1)
        if operator == "%" and texts:
            raise OutOfBounds("`%` with a text; use the filter `format`")
        if operator == "**" and (number > _NARROW or abs(right) > _NARROW):
            raise OutOfBounds(f"`**` with numbers above {_NARROW}")
        if operator == "*":
            self.charge(self.weigh(*texts) * number if texts else self.weigh(left) * self.weigh(right))
        self.charge(STEP + self.weigh(left, right))
        return super().call_binop(context, operator, left, right)

    def _counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A filter or test that is counted by what goes in and comes out."""
        passed = hasattr(function, "jinja_pass_arg")

        @wraps(function)
        def counted(*args: Any, **kwargs: Any) -> Any:
            value: Any = args[passed] if len(args) > passed else None
            others = [*args[passed + 1 :], *kwargs.values()]
            if name == "join" and not isinstance(value, str):
                value = list(value)
                args = (*args[:passed], value, *args[passed + 1 :])
            self.charge(STEP + self.weigh(value, others) + self._growth(name, value, others))
            result = function(*args, **kwargs)
            self.charge(self.weigh(result))
            return result

        return counted

    def _growth(self, name: str, value: Any, others: list[Any]) -> int:
        """By how many characters a filter can make a value grow, or the work in it that is not linear."""
        size = self.weigh(value)
        match name:
            case "replace" if len(others) > 1:
                return str(value).count(str(others[0])) * len(str(others[1]))
            case "join":
                return len(value) * self.weigh(others)
            case "format":
                if re.search(r"\d{4}|\*", str(value)):
                    raise OutOfBounds("a width above 999 in a format")
                return str(value).count("%") * (_NARROW + self.weigh(others))
            case "sum" if any(
                isinstance(one, _PLAIN) and not isinstance(one, int | float | str) for one in others
            ):
                raise OutOfBounds("a sum of lists")
            case "center" | "indent" | "batch" | "slice" | "round" | "wordwrap" | "tojson":
                widths = [one if isinstance(one, int) else self.weigh(one) for one in others]
                if any(abs(one) > _NARROW for one in widths):
                    raise OutOfBounds(f"a number above {_NARROW} in `{name}`")
                lines = str(value).count("\n") if name == "indent" else size if name == "tojson" else 0
                return lines * sum(map(abs, widths)) + (size * size // 1_000 if name == "wordwrap" else 0)
            case "prose":
                return size * STEP
        return size

    @pass_context
    def _step(self, context: Context, value: Any) -> Any:
        self.charge(STEP)
        return value

    @pass_context
    def _value(self, context: Context, value: Any) -> Any:
        self.charge(STEP + self.weigh(value))
        return value

    @pass_context
    def _output(self, context: Context, value: Any) -> Any:
        """A value about to be written, as text where it is none."""
        if not isinstance(value, str | int | float) and value is not None:
            self.charge(self.weigh(value))
            value = value if hasattr(value, "__html__") else str(value)
        self.charge(STEP + self.weigh(value))
        return value


class _Counting(NodeTransformer):
    """A template's tree with the counting put in."""

    def visit_For(self, node: nodes.For) -> nodes.Node:
        if node.test:
            node.test = nodes.And(_counted(nodes.Const(True), "step", node), node.test, lineno=node.lineno)
        return self.visit_Template(node)

    def visit_Template(self, node: Any) -> nodes.Node:
        self.generic_visit(node)
        step = _counted(nodes.Const(None), "step", node)
        node.body.insert(0, nodes.ExprStmt(step, lineno=node.lineno))
        return cast(nodes.Node, node)

    def visit_Output(self, node: nodes.Output) -> nodes.Output:
        self.generic_visit(node)
        node.nodes = [_counted(one, "output", one) for one in node.nodes]
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Compare:
        self.generic_visit(node)
        node.expr = _counted(node.expr, "value", node)
        for one in node.ops:
            one.expr = _counted(one.expr, "value", node)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Expr:
        self.generic_visit(node)
        return _counted(node, "value", node) if isinstance(node.arg, nodes.Slice) else node

    def _visit_value(self, node: Any) -> nodes.Expr:
        self.generic_visit(node)
        return node if getattr(node, "ctx", "load") != "load" else _counted(node, "value", node)

    visit_Concat = visit_List = visit_Tuple = visit_Dict = _visit_value


def _counted(node: nodes.Expr, what: str, at: nodes.Node) -> nodes.Filter:
    """An expression that is counted when it is worked out."""
    return nodes.Filter(node, f"counted {what}", [], [], None, None, lineno=at.lineno)


class _Compiler(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:
        _Counting().visit(node).set_environment(self.environment)
        super().visit_Template(node, frame)


BoundedEnvironment.code_generator_class = _Compiler
