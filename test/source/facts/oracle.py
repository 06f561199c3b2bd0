"""What Python's own ast and symtable say about files: {"files": [...], "callees": [...]} on stdin, facts as JSON on stdout."""

import ast
import json
import symtable
import re
import sys
import warnings

warnings.simplefilter("ignore")

IMPORT_FAILURES = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
LOAD_FAILURES = {"OSError", "EnvironmentError", "IOError", "Exception", "BaseException"}
LOAD_SUFFIXES = ("HTTPError", "RequestException", "NotFoundError", "ConnectionError", "Timeout", "TimeoutError")


def last(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def is_import_failure(name):
    return name in IMPORT_FAILURES


def is_load_failure(name):
    return name in LOAD_FAILURES or name.endswith(LOAD_SUFFIXES)


def never(test):
    if isinstance(test, ast.Constant):
        return test.value in (False, 0)
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return any(never(value) for value in test.values)
    return last(test) == "TYPE_CHECKING"


def always(test):
    return isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) and last(test.operand) == "TYPE_CHECKING"


def environment(test):
    for node in ast.walk(test):
        if isinstance(node, ast.Attribute):
            dotted = ast.unparse(node)
            if dotted in ("sys.platform", "sys.version", "os.name") or node.attr == "version_info":
                return True
            if node.attr == "is_available" or re.fullmatch(r"is_\w+_available", node.attr) or node.attr == "find_spec":
                return True
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("platform."):
            return True
        if isinstance(node, ast.Name):
            if re.match(r"_?(HAS|HAVE|has|have)_\w", node.id) or re.fullmatch(r"PY_?[23]\d*|version_info|find_spec", node.id):
                return True
            if re.fullmatch(r"\w+_(AVAILABLE|INSTALLED|available|installed)", node.id):
                return True
    return False


def catches(handler, matches):
    if isinstance(handler.body[-1], ast.Raise):
        return False
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(matches(last(kind)) for kind in kinds)


def suppresses(node, matches):
    for item in node.items:
        call = item.context_expr
        if isinstance(call, ast.Call) and last(call.func) == "suppress" and any(matches(last(a)) for a in call.args):
            return True
    return False


SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def bindings(nodes, enter_scopes):
    """Every name bound in these nodes, once per binding."""
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler)) and node.name:
            yield node.name
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).split(".")[0]
        elif isinstance(node, ast.Global):
            yield from node.names
        if enter_scopes or not isinstance(node, SCOPES + COMPREHENSIONS):
            yield from bindings(ast.iter_child_nodes(node), enter_scopes)


def constants(tree):
    """Names bound once at module level, to a literal, and rebound by no function through `global`."""
    bound = list(bindings(tree.body, False))
    bound += [name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names]
    values = {}
    for node in outside_scopes(tree.body):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        if len(targets) == 1 and isinstance(targets[0], ast.Name) and node.value:
            if bound.count(targets[0].id) == 1 and literal(node.value):
                values.setdefault(targets[0].id, literal(node.value))
    return values


def outside_scopes(nodes):
    for node in nodes:
        yield node
        if not isinstance(node, SCOPES):
            yield from outside_scopes(ast.iter_child_nodes(node))


class Facts(ast.NodeVisitor):
    def __init__(self, callees, constants):
        self.callees = callees
        self.constants, self.scopes = constants, []
        self.imports, self.calls, self.globals = [], [], set()
        self.in_function = self.guarded = self.checking = self.environment = self.load_guarded = False

    def within(self, nodes, **flags):
        before = {flag: getattr(self, flag) for flag in flags}
        for flag, value in flags.items():
            setattr(self, flag, value or before[flag])
        for node in nodes:
            self.visit(node)
        for flag, value in before.items():
            setattr(self, flag, value)

    def visit_FunctionDef(self, node):
        for part in node.decorator_list + [node.args] + ([node.returns] if node.returns else []):
            self.visit(part)
        before = self.guarded, self.load_guarded, self.in_function
        self.guarded, self.load_guarded, self.in_function = False, False, True
        for statement in node.body:
            self.visit(statement)
        self.guarded, self.load_guarded, self.in_function = before

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self.visit(node.args)
        before, self.load_guarded = self.load_guarded, False
        self.visit(node.body)
        self.load_guarded = before

    def visit_If(self, node, tests=()):
        tests = [node.test]
        branch = node
        while len(branch.orelse) == 1 and isinstance(branch.orelse[0], ast.If) and branch.orelse[0].col_offset == node.col_offset:
            branch = branch.orelse[0]
            tests.append(branch.test)
        self.visit(node.test)
        environment_here = any(environment(test) for test in tests)
        self.within(node.body, checking=never(node.test), environment=environment_here)
        self.within(node.orelse, checking=always(node.test), environment=environment_here)

    def visit_Try(self, node):
        imports = any(catches(h, is_import_failure) for h in node.handlers)
        loads = any(catches(h, is_load_failure) for h in node.handlers)
        self.within(node.body, guarded=imports, load_guarded=loads)
        for handler in node.handlers:
            self.within([handler], guarded=catches(handler, is_import_failure))
        self.within(node.orelse, guarded=imports)
        self.within(node.finalbody)

    visit_TryStar = visit_Try

    def visit_With(self, node):
        for item in node.items:
            self.visit(item)
        self.within(
            node.body, guarded=suppresses(node, is_import_failure), load_guarded=suppresses(node, is_load_failure)
        )

    visit_AsyncWith = visit_With

    def visit_Global(self, node):
        self.globals.update(node.names)

    def visit(self, node):
        is_scope = isinstance(node, SCOPES + COMPREHENSIONS)
        if is_scope:
            self.scopes.append(set(bindings(ast.iter_child_nodes(node), True)))
        super().visit(node)
        if is_scope:
            self.scopes.pop()

    def value(self, node):
        if isinstance(node, ast.Name):
            return [] if any(node.id in scope for scope in self.scopes) else self.constants.get(node.id, [])
        return literal(node)

    def use(self, module, level, names, line):
        self.imports.append(
            {
                "module": module,
                "level": level,
                "names": names,
                "line": line,
                "atModuleLevel": not self.in_function,
                "guarded": self.guarded or self.environment,
                "typeCheckingOnly": self.checking,
            }
        )

    def visit_Import(self, node):
        for alias in node.names:
            self.use(alias.name, 0, [], node.lineno)

    def visit_ImportFrom(self, node):
        self.use(node.module or "", node.level, [alias.name for alias in node.names], node.lineno)

    def visit_Call(self, node):
        if isinstance(node.func, (ast.Name, ast.Attribute)) and last(node.func) in self.callees:
            self.calls.append(
                {
                    "callee": dotted(node.func),
                    "arguments": arguments(node, self.value),
                    "line": node.lineno,
                    "guarded": self.load_guarded,
                }
            )
        self.generic_visit(node)


def dotted(node):
    if isinstance(node, ast.Attribute):
        return dotted(node.value) + "." + node.attr
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.args and not node.keywords:
        return node.func.id + "()"
    return node.id if isinstance(node, ast.Name) else "?"


def literal(node):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = literal(node.left), literal(node.right)
        return [left[0] + right[0]] if left and right and isinstance(left[0], str) and isinstance(right[0], str) else []
    if isinstance(node, ast.JoinedStr):
        return ["".join(part.value for part in node.values)] if all(isinstance(part, ast.Constant) for part in node.values) else []
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        value = literal(node.operand)
        if not value or isinstance(value[0], (bool, str)) or value[0] is None:
            return []
        return [-value[0]] if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, (str, bool, int, float))):
        return [node.value]
    return []


def arguments(node, literal):
    found = {}
    for index, value in enumerate(node.args):
        if isinstance(value, ast.Starred):
            break
        if literal(value):
            found[str(index)] = literal(value)[0]
    for keyword in node.keywords:
        if keyword.arg and literal(keyword.value):
            found[keyword.arg] = literal(keyword.value)[0]
    return found


class Executed(ast.NodeTransformer):
    """Leaves out what is never executed: blocks under TYPE_CHECKING, annotations without a value."""

    def visit_If(self, node):
        self.generic_visit(node)
        if never(node.test):
            node.body = [ast.Pass()]
        if always(node.test):
            node.orelse = []
        return node

    def visit_AnnAssign(self, node):
        return node if node.value else ast.Pass()


def definitions(tree, facts):
    table = symtable.symtable(ast.unparse(Executed().visit(tree)), "x", "exec")
    bound = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    return sorted((bound | facts.globals) - {"*"})


def main():
    request = json.loads(sys.stdin.readline())
    for path in request["files"]:
        try:
            with open(path, "rb") as file:
                tree = ast.parse(file.read())
        except (SyntaxError, ValueError) as error:
            print(json.dumps({"path": path, "syntaxError": str(error)}))
            continue
        facts = Facts(set(request["callees"]), constants(tree))
        facts.visit(tree)
        answer = {"path": path, "imports": facts.imports, "calls": facts.calls}
        answer["definitions"] = definitions(tree, facts)
        print(json.dumps(answer))


main()
