"""What Python's own ast makes of files, in the shape of src/source/syntax: {"files": [...]} on stdin, a line of JSON a file on stdout."""

import ast
import json
import re
import sys
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(20000)

BINARY = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.LShift: "<<", ast.RShift: ">>", ast.BitOr: "|", ast.BitXor: "^", ast.BitAnd: "&", ast.MatMult: "@",
}
COMPARE = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "is",
    ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}
UNARY = {ast.Not: "not", ast.USub: "-", ast.UAdd: "+", ast.Invert: "~"}
KINDS = {ast.ListComp: "ListComp", ast.SetComp: "SetComp", ast.DictComp: "DictComp", ast.GeneratorExp: "GeneratorExp"}
TYPE_IN_QUOTES = re.compile(r"^[\w.\[\], |]{1,200}$", re.ASCII)
LONGEST = 1000


def drop(**fields):
    return {key: value for key, value in fields.items() if value is not None}


def body(statements):
    return [statement(each) for each in statements]


def each(nodes):
    return [expr(node) for node in nodes]


def constant(node):
    value = node.value
    if isinstance(value, bool):
        return {"kind": "Constant", "type": "bool", "value": value}
    if value is None or value is Ellipsis:
        return {"kind": "Constant", "type": "None" if value is None else "Ellipsis"}
    name = type(value).__name__
    if name == "str":
        return text(value)
    exact = (name == "int" and abs(value) < 2**53) or (name == "float" and value not in (float("inf"),))
    return drop(kind="Constant", type=name, value=value if exact else None)


def units(value):
    return len(value.encode("utf-16-le", "surrogatepass")) // 2


def text(value):
    return drop(kind="Constant", type="str", value=value if units(value) <= LONGEST else None)


def formatted(node):
    parts = []
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts.append(value.value)
        else:
            parts.append(expr(value.value))
            if value.format_spec is not None:
                parts.extend(part for part in formatted(value.format_spec) if not isinstance(part, str))
    joined = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def annotation(node):
    if node is None:
        return None
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and TYPE_IN_QUOTES.match(node.value):
        try:
            return expr(ast.parse(node.value, mode="eval").body)
        except SyntaxError:
            pass
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return {"kind": "BinOp", "op": "|", "left": annotation(node.left), "right": annotation(node.right)}
    if isinstance(node, ast.List):
        return {"kind": "List", "elements": [annotation(part) for part in node.elts]}
    if isinstance(node, ast.Subscript) and not re.search(r"(^|\.)(Literal|Annotated)$", ast.unparse(node.value)):
        inner = node.slice
        index = (
            {"kind": "Tuple", "elements": [annotation(part) for part in inner.elts]}
            if isinstance(inner, ast.Tuple) else annotation(inner)
        )
        return {"kind": "Subscript", "object": expr(node.value), "index": index}
    return expr(node)


def arguments(args, keywords):
    positional = [
        (value, {"splat": "*", "value": expr(value.value)} if isinstance(value, ast.Starred) else {"value": expr(value)})
        for value in args
    ]
    named = [
        (each.value, {"splat": "**", "value": expr(each.value)} if each.arg is None else {"name": each.arg, "value": expr(each.value)})
        for each in keywords
    ]
    return [given for _, given in sorted(positional + named, key=lambda pair: (pair[0].lineno, pair[0].col_offset))]


def params(args, typed=True):
    found = []
    plain = args.posonlyargs + args.args
    defaults = [None] * (len(plain) - len(args.defaults)) + args.defaults

    def add(arg, default=None, **more):
        value = None if default is None else expr(default)
        found.append(drop(name=arg.arg, annotation=annotation(arg.annotation), default=value, **more))

    for index, (arg, default) in enumerate(zip(plain, defaults)):
        add(arg, default, positionalOnly=True if index < len(args.posonlyargs) else None)
    if args.vararg:
        add(args.vararg, splat="*")
    for arg, default in zip(args.kwonlyargs, args.kw_defaults):
        add(arg, default, keywordOnly=True)
    if args.kwarg:
        add(args.kwarg, splat="**")
    return found


def boolean(op, values):
    left = expr(values[0])
    for value in values[1:]:
        left = {"kind": "BoolOp", "op": op, "left": left, "right": expr(value)}
    return left


def expr(node):
    if node is None:
        return None
    kind = type(node)
    if kind is ast.Constant:
        return constant(node)
    if kind is ast.Name:
        return {"kind": "Name", "id": node.id}
    if kind is ast.JoinedStr:
        return {"kind": "JoinedStr", "parts": formatted(node)}
    if kind in (ast.List, ast.Tuple, ast.Set):
        return {"kind": kind.__name__, "elements": each(node.elts)}
    if kind is ast.Dict:
        return {"kind": "Dict", "entries": [drop(key=expr(k), value=expr(v)) for k, v in zip(node.keys, node.values)]}
    if kind is ast.Attribute:
        return {"kind": "Attribute", "object": expr(node.value), "name": node.attr}
    if kind is ast.Subscript:
        return {"kind": "Subscript", "object": expr(node.value), "index": expr(node.slice)}
    if kind is ast.Slice:
        return {"kind": "Slice", "parts": each(part for part in (node.lower, node.upper, node.step) if part is not None)}
    if kind is ast.Call:
        return {"kind": "Call", "callee": expr(node.func), "args": arguments(node.args, node.keywords)}
    if kind is ast.BinOp:
        return {"kind": "BinOp", "op": BINARY[type(node.op)], "left": expr(node.left), "right": expr(node.right)}
    if kind is ast.BoolOp:
        return boolean("and" if isinstance(node.op, ast.And) else "or", node.values)
    if kind is ast.UnaryOp:
        return {"kind": "UnaryOp", "op": UNARY[type(node.op)], "operand": expr(node.operand)}
    if kind is ast.Compare:
        ops = [COMPARE[type(op)] for op in node.ops]
        return {"kind": "Compare", "left": expr(node.left), "ops": ops, "comparators": each(node.comparators)}
    if kind is ast.IfExp:
        return {"kind": "IfExp", "test": expr(node.test), "body": expr(node.body), "orelse": expr(node.orelse)}
    if kind is ast.Lambda:
        return {"kind": "Lambda", "params": params(node.args), "body": expr(node.body)}
    if kind in KINDS:
        element = node.key if kind is ast.DictComp else node.elt
        clauses = [
            {"target": expr(g.target), "iterable": expr(g.iter), "conditions": each(g.ifs)} for g in node.generators
        ]
        value = expr(node.value) if kind is ast.DictComp else None
        return drop(kind=KINDS[kind], element=expr(element), value=value, clauses=clauses)
    if kind is ast.NamedExpr:
        return {"kind": "NamedExpr", "target": expr(node.target), "value": expr(node.value)}
    if kind is ast.Starred:
        return {"kind": "Starred", "value": expr(node.value)}
    if kind is ast.Await:
        return {"kind": "Await", "value": expr(node.value)}
    if kind is ast.Yield:
        return drop(kind="Yield", value=expr(node.value))
    if kind is ast.YieldFrom:
        return {"kind": "Yield", "from": True, "value": expr(node.value)}
    raise TypeError(kind)


def pattern(node):
    kind = type(node)
    if kind is ast.MatchValue:
        return {"kind": "MatchValue", "value": expr(node.value)}
    if kind is ast.MatchSingleton:
        return {"kind": "MatchValue", "value": constant(node)}
    if kind is ast.MatchAs:
        if node.pattern is None:
            return drop(kind="MatchCapture", name=node.name)
        return {"kind": "MatchAs", "pattern": pattern(node.pattern), "name": node.name}
    if kind is ast.MatchStar:
        return drop(kind="MatchStar", name=node.name)
    if kind in (ast.MatchOr, ast.MatchSequence):
        return {"kind": kind.__name__, "patterns": [pattern(each) for each in node.patterns]}
    if kind is ast.MatchMapping:
        entries = [{"key": expr(k), "pattern": pattern(p)} for k, p in zip(node.keys, node.patterns)]
        return drop(kind="MatchMapping", entries=entries, rest=node.rest)
    if kind is ast.MatchClass:
        patterns = [pattern(each) for each in node.patterns + node.kwd_patterns]
        return {"kind": "MatchClass", "class": expr(node.cls), "patterns": patterns, "keywords": node.kwd_attrs}
    raise TypeError(kind)


def type_params(node):
    return [each.name for each in getattr(node, "type_params", [])] or None


def aliases(node):
    return [drop(name=alias.name, **({"as": alias.asname} if alias.asname else {})) for alias in node.names]


def handler(node):
    return drop(type=expr(node.type), name=node.name, body=body(node.body))


def statement(node):
    kind = type(node)
    name = kind.__name__
    if kind in (ast.FunctionDef, ast.AsyncFunctionDef):
        return drop(
            kind="FunctionDef", name=node.name, params=params(node.args), returns=annotation(node.returns),
            decorators=each(node.decorator_list), typeParams=type_params(node),
            isAsync=True if kind is ast.AsyncFunctionDef else None, body=body(node.body),
        )
    if kind is ast.ClassDef:
        return drop(
            kind=name, name=node.name, args=arguments(node.bases, node.keywords), decorators=each(node.decorator_list),
            typeParams=type_params(node), body=body(node.body),
        )
    if kind is ast.Assign:
        return {"kind": name, "targets": each(node.targets), "value": expr(node.value)}
    if kind is ast.AugAssign:
        return {"kind": name, "op": BINARY[type(node.op)], "target": expr(node.target), "value": expr(node.value)}
    if kind is ast.AnnAssign:
        return drop(kind=name, target=expr(node.target), annotation=annotation(node.annotation), value=expr(node.value))
    if kind in (ast.For, ast.AsyncFor):
        return {
            "kind": "For", "target": expr(node.target), "iterable": expr(node.iter), "body": body(node.body),
            "orelse": body(node.orelse),
        }
    if kind in (ast.While, ast.If):
        return {"kind": name, "test": expr(node.test), "body": body(node.body), "orelse": body(node.orelse)}
    if kind in (ast.With, ast.AsyncWith):
        items = [drop(context=expr(item.context_expr), target=expr(item.optional_vars)) for item in node.items]
        return {"kind": "With", "items": items, "body": body(node.body)}
    if kind is ast.Match:
        cases = [
            drop(pattern=pattern(case.pattern), guard=expr(case.guard), body=body(case.body)) for case in node.cases
        ]
        return {"kind": name, "subject": expr(node.subject), "cases": cases}
    if kind in (ast.Try, getattr(ast, "TryStar", ast.Try)):
        return {
            "kind": "Try", "body": body(node.body), "handlers": [handler(each) for each in node.handlers],
            "orelse": body(node.orelse), "finalbody": body(node.finalbody),
        }
    if kind is ast.Import:
        return {"kind": name, "names": aliases(node)}
    if kind is ast.ImportFrom:
        return {"kind": name, "module": node.module or "", "level": node.level, "names": aliases(node)}
    if kind in (ast.Global, ast.Nonlocal):
        return {"kind": name, "names": node.names}
    if kind is ast.Return:
        return drop(kind=name, value=expr(node.value))
    if kind is ast.Raise:
        return drop(kind=name, exception=expr(node.exc), cause=expr(node.cause))
    if kind is ast.Delete:
        return {"kind": name, "targets": each(node.targets)}
    if kind is ast.Assert:
        return drop(kind=name, test=expr(node.test), message=expr(node.msg))
    if kind is ast.Expr:
        return {"kind": name, "value": expr(node.value)}
    if kind in (ast.Pass, ast.Break, ast.Continue):
        return {"kind": name}
    if kind.__name__ == "TypeAlias":
        return drop(kind=name, name=node.name.id, typeParams=type_params(node), value=annotation(node.value))
    raise TypeError(kind)


for path in json.loads(sys.stdin.readline())["files"]:
    with open(path, "rb") as file:
        source = file.read()
    try:
        print(json.dumps(body(ast.parse(source).body)))
    except (SyntaxError, ValueError):
        print("null")
