"""What a script imports, without the rest of it.

Keeps the import statements that run when the file runs, and what decides about them: `try`, `if` with a test that has no
effect, constants, and changes to sys.path and os.environ, also in a function that does nothing else. Everything else is left out. Where it cannot be told how the search for
modules was changed, what follows is left out as well: nothing is said about it rather than something wrong.
"""
import ast
import builtins
import re

_PLAIN = frozenset(
    "Constant Attribute Subscript Index Slice ExtSlice Tuple List Set Dict Compare BoolOp UnaryOp BinOp JoinedStr "
    "FormattedValue IfExp Starred".split()
)
_HARMLESS = frozenset(
    "PurePath Path abspath absolute append as_posix bool cwd dirname endswith exists expanduser extend find_dotenv find_spec format "
    "fspath get getcwd getenv hasattr home import_module insert int is_dir is_file isdir isfile join joinpath len list "
    "lower load_dotenv machine normpath pop python_version python_version_tuple realpath relpath remove resolve setdefault split "
    "startswith str strip system tuple".split()
)
_SEARCH = frozenset("path modules meta_path path_hooks".split())
_PATH_CHANGER = re.compile(r"path|root|bootstrap|setup|addsitedir", re.IGNORECASE)
_LEAVING = frozenset(("exit", "quit", "_exit", "abort"))


def _last_name(function):
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_state(node, roots=(("sys", _SEARCH), ("os", frozenset(("environ",))))):
    """True for sys.path, sys.modules, os.environ and elements of them."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and any(node.value.id == module and node.attr in names for module, names in roots)
    )


def _changes_search(node):
    """Mentions what decides where modules are found."""
    return any(_is_state(n, (("sys", _SEARCH),)) or _last_name(n) == "addsitedir" for n in ast.walk(node))


class _Reducer:
    def __init__(self):
        self.bound = {"__file__", "__name__"}
        self.path_changers = set()
        self.helpers = set()
        self.dropped = 0
        self.stopped = False
        self.import_lines = set()

    def body(self, statements):
        kept = []
        for statement in statements:
            if self.stopped:
                break
            reduced = self.statement(statement)
            if reduced is not None:
                kept.append(reduced)
            else:
                self.dropped += 1
                self.stopped = self.may_change_search(statement)
        return kept

    def may_change_search(self, statement):
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if _changes_search(statement):
                self.path_changers.add(statement.name)
            return False
        called = [_last_name(n.func) for n in ast.walk(statement) if isinstance(n, ast.Call)]
        for_effect = [
            _last_name(n.value.func)
            for n in ast.walk(statement)
            if isinstance(n, ast.Expr) and isinstance(n.value, ast.Call)
        ]
        return (
            _changes_search(statement)
            or any(name in self.path_changers for name in called)
            or any(_PATH_CHANGER.search(name) for name in for_effect)
        )

    def plain(self, node):
        """An expression without effects, made only of what is known here."""
        if isinstance(node, ast.Name):
            return node.id in self.bound or hasattr(builtins, node.id)
        if isinstance(node, ast.Call):
            values = node.args + [keyword.value for keyword in node.keywords]
            known = _last_name(node.func) in _HARMLESS or getattr(node.func, "id", None) in self.helpers
            return known and all(map(self.plain, [node.func] + values))
        if type(node).__name__ not in _PLAIN:
            return isinstance(node, (ast.expr_context, ast.operator, ast.boolop, ast.unaryop, ast.cmpop))
        return all(map(self.plain, ast.iter_child_nodes(node)))

    def statement(self, node):
        """The statement, reduced; None when nothing of it is kept."""
        handler = getattr(self, "keep_" + type(node).__name__.lower(), None)
        return handler(node) if handler else None

    def note_import(self, node):
        self.import_lines.update(range(node.lineno, node.end_lineno + 1))

    def keep_import(self, node):
        self.note_import(node)
        self.bound.update((alias.asname or alias.name.split(".")[0]) for alias in node.names)
        return node

    keep_importfrom = keep_import

    def keep_pass(self, node):
        return node

    def keep_functiondef(self, node):
        """A function that does nothing but what is kept: it can be called."""
        given, bound, seen = node.args, set(self.bound), self.dropped
        parameters = given.args + given.kwonlyargs + [arg for arg in (given.vararg, given.kwarg) if arg]
        defaults = given.defaults + [default for default in given.kw_defaults if default]
        known = not node.decorator_list and all(map(self.plain, defaults))
        if not known or not any(_changes_search(n) or _is_state(n) for n in ast.walk(node)):
            return None
        self.bound.update(parameter.arg for parameter in parameters)
        lines = set(self.import_lines)
        body = self.body(node.body)
        whole = not self.stopped and self.dropped == seen
        self.bound, self.stopped, self.dropped = bound, False, seen
        if not whole:
            self.import_lines = lines
            return None
        self.helpers.add(node.name)
        self.bound.add(node.name)
        for parameter in parameters:
            parameter.annotation = None
        node.body, node.returns = body, None
        return node

    def keep_return(self, node):
        return node if node.value is None or self.plain(node.value) else None

    def keep_for(self, node):
        if not isinstance(node.target, ast.Name) or not self.plain(node.iter) or node.orelse:
            return None
        bound, seen = set(self.bound), self.dropped
        self.bound.add(node.target.id)
        body = self.body(node.body)
        whole = not self.stopped and self.dropped == seen
        self.bound, self.stopped, self.dropped = bound, False, seen
        return ast.copy_location(ast.For(target=node.target, iter=node.iter, body=body, orelse=[]), node) if whole else None

    def keep_assign(self, node):
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        known = all(isinstance(t, ast.Name) or (_is_state(t) and self.plain(t)) for t in node.targets)
        if known and self.plain(node.value):
            self.bound.update(names)
            return node
        self.bound.difference_update(names)
        return None

    def keep_annassign(self, node):
        if isinstance(node.target, ast.Name) and node.value is not None and self.plain(node.value):
            self.bound.add(node.target.id)
            return ast.copy_location(ast.Assign(targets=[node.target], value=node.value), node)
        return None

    def keep_augassign(self, node):
        return node if _is_state(node.target) and self.plain(node.target) and self.plain(node.value) else None

    def keep_delete(self, node):
        return node if all(_is_state(t) and self.plain(t) for t in node.targets) else None

    def keep_expr(self, node):
        call = node.value
        if isinstance(call, ast.Constant):
            return node
        if not isinstance(call, ast.Call) or not all(map(self.plain, call.args)):
            return None
        name = _last_name(call.func)
        on_state = isinstance(call.func, ast.Attribute) and _is_state(call.func.value)
        imports = name in ("__import__", "import_module")
        if imports:
            self.note_import(node)
        kept = imports or (on_state and self.plain(call)) or name in ("addsitedir", "chdir")
        if name == "load_dotenv" or getattr(call.func, "id", None) in self.helpers:
            return node if self.plain(call) else None
        return node if kept and self.plain(call.func) else None

    def branch(self, statements):
        """The statements of one branch and the names known after it."""
        before = set(self.bound)
        kept = self.body(statements)
        after, self.bound = self.bound, before
        return kept, after

    def keep_if(self, node):
        if not self.plain(node.test):
            return None
        body, after_body = self.branch(node.body)
        orelse, after_else = self.branch(node.orelse)
        self.bound = after_body & after_else
        if not body and not orelse:
            return None
        return ast.copy_location(ast.If(test=node.test, body=body or [ast.Pass()], orelse=orelse), node)

    def keep_try(self, node):
        before = set(self.bound)
        body = self.body(node.body)
        orelse = self.body(node.orelse)
        after, self.bound = self.bound, before
        handlers = [self.handler(handler) for handler in node.handlers]
        self.bound = after.intersection(*[known for _, known in handlers if known is not None])
        final = self.body(node.finalbody)
        if not body and not orelse and not final:
            return None
        if not handlers:
            orelse, body = [], body + orelse
            final = final or [ast.Pass()]
        kept = ast.Try(body=body or [ast.Pass()], handlers=[h for h, _ in handlers], orelse=orelse, finalbody=final)
        return ast.copy_location(kept, node)

    def handler(self, node):
        """A handler and the names known after it; None for the names when nothing comes after it."""
        body, after = self.branch(node.body)
        leaves = any(
            isinstance(s, ast.Raise)
            or (isinstance(s, ast.Expr) and isinstance(s.value, ast.Call) and _last_name(s.value.func) in _LEAVING)
            for s in node.body
        )
        if leaves:
            body.append(ast.Raise(exc=None, cause=None))
        kind = node.type if node.type is None or self.plain(node.type) else ast.Name(id="Exception", ctx=ast.Load())
        kept = ast.ExceptHandler(type=kind, name=None, body=body or [ast.Pass()])
        return ast.copy_location(kept, node), None if leaves else after

    def keep_with(self, node):
        calls = [item.context_expr for item in node.items]
        known = all(isinstance(c, ast.Call) and _last_name(c.func) in ("suppress", "catch_warnings") for c in calls)
        if not known or not all(self.plain(part) for c in calls for part in [c.func] + c.args):
            return None
        before = set(self.bound)
        body = self.body(node.body)
        self.bound = before
        return ast.copy_location(ast.With(items=node.items, body=body), node) if body else None


def imports_of(source, path):
    """Code object that runs the import statements of a script, the lines that these statements are on, and whether they
    are all: not where the search for modules was changed in a way that is not understood.

    Raises SyntaxError (ValueError for null bytes) when the source cannot be parsed.
    """
    reducer = _Reducer()
    reduced = ast.Module(body=reducer.body(ast.parse(source, path).body), type_ignores=[])
    code = compile(ast.fix_missing_locations(reduced), path, "exec", dont_inherit=True)
    return code, reducer.import_lines, not reducer.stopped
