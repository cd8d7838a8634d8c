"""Templates compiled for one language: what depends on the language alone is worked out once, when they are compiled.

A page asks for hundreds of words, icons and addresses of static files, all of them the same each time. They become a
part of the text that stands between the values, so that showing a page costs what its values cost.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from types import FunctionType
from typing import Any, cast

from jinja2 import BytecodeCache, Environment, Template, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from portal.web.ready_made import ReadyMade

FUNCTIONS = frozenset({"_", "N_", "icon", "static"})  # globals whose outcome follows from what they are given
MODULES = frozenset({"words", "status"})  # globals all of whose macros are such
PLAIN = (Macro, FunctionType, type(lru_cache(str)))  # kinds that tell at once whether they want the context
SPECIAL = re.compile("[&<>'\"]").search  # what markupsafe writes in another way


class _Context(Context):
    """Jinja's context, which is asked for every call that a template makes."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja has it
        """As Jinja's, without asking the plain kinds of callables in several ways what they want to be given."""
        if type(__obj) in PLAIN and not hasattr(__obj, "jinja_pass_arg"):
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return __obj(*args, **kwargs)
        return super().call(__obj, *args, **kwargs)


class _Template(Template):
    """Jinja's template. None of ours has globals of its own, so what one imports from another is always the same."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class _Code(CodeGenerator):
    """Jinja's code, in which each value that is shown is escaped by `shown`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


class OneLanguage(Environment):
    """Jinja's environment for templates in one language, which is in force when they are compiled and shown."""

    context_class = _Context
    template_class = _Template
    code_generator_class = _Code

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As Jinja's, but that a dictionary is asked for its key first: most of what pages show are rows."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    @staticmethod
    def shown(value: Any) -> str:
        """A value as it stands in a page, escaped. Most of what is shown has nothing to be escaped."""
        kind = type(value)
        return value if kind is Markup or (kind is str and not SPECIAL(value)) else escape(value)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        settled = _Settled(self, source).visit(source)
        return super()._generate(settled, name, filename, defer_init)


class CompiledBefore(BytecodeCache):
    """Templates of one language that an earlier process compiled of the same files."""

    def __init__(self, ready_made: ReadyMade, language: str) -> None:
        """`ready_made` stands on all that is worked out when a template is compiled."""
        self._ready_made = ready_made
        self._language = language

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """As Jinja's, for each language."""
        return f"{super().get_cache_key(name, filename)}.{self._language}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if the template was compiled before."""
        if kept := self._ready_made.get(bucket.key, bucket.checksum.encode()):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled just now."""
        self._ready_made.keep(bucket.key, bucket.checksum.encode(), bucket.bytecode_to_string())


class _Settled(NodeTransformer):
    """Puts outcomes in place of calls whose arguments are written in the template."""

    def __init__(self, environment: Environment, template: nodes.Template) -> None:
        """A name that the template gives to something of its own is no global in it."""
        own = {name.name for name in template.find_all(nodes.Name) if name.ctx != "load"}
        for imported in template.find_all(nodes.FromImport):
            own |= {name if isinstance(name, str) else name[1] for name in imported.names}
        own |= {imported.target for imported in template.find_all(nodes.Import)}
        own |= {macro.name for macro in template.find_all(nodes.Macro)}
        self._globals = {name: given for name, given in environment.globals.items() if name not in own}

    def visit_Call(self, call: nodes.Call, *_: Any, **__: Any) -> nodes.Expr:  # noqa: N802 - Jinja looks for this name
        """The call, or what it comes to."""
        self.generic_visit(call)
        function = self._function(call.node)
        if function is None or call.kwargs or call.dyn_args or call.dyn_kwargs:
            return call
        try:
            given = [argument.as_const() for argument in call.args]
        except nodes.Impossible:
            return call
        outcome = function(*given)
        kind = nodes.TemplateData if isinstance(outcome, Markup) else nodes.Const
        return kind(str(outcome), lineno=call.lineno, environment=call.environment)

    def _function(self, called: nodes.Expr) -> Callable[..., str] | None:
        match called:
            case nodes.Name(name=name) if name in FUNCTIONS:
                found = self._globals.get(name)
            case nodes.Getattr(node=nodes.Name(name=name), attr=macro) if name in MODULES and name in self._globals:
                found = getattr(self._globals[name], macro)
            case _:
                found = None
        return cast("Callable[..., str] | None", found)
