from __future__ import annotations

import a.b as c, d
from . import x
from .a.b import (c as d, e)
from a import *

x: int = 3
self.y: Dict[str, "Foo | None"]
a[1:2, ::3, ...] = b = c
a[1,] = 2
a[b : c] += 1 if d else (e, f)
a @= b
_ = not a in b < c is not d not in e
_ = a and b and c or d
_ = -1, +a, ~b, *c
_ = 0x1F, 0o17, 0b1, 1_000, 1.5e3, 2j, 10**400, 123456789012345678901234567890
_ = "a" "b\n\x41\u00e9" r"\d" 'c', b"x" b"y", """long
text"""
_ = f"a{x!r:>{w}.{p}}b{{}}" "c" f"{y}{z=}"
_ = f"{'nested'} {f'{deep}'}"
_ = {**a, 1: 2, "k": [3]}, {1, 2}, {}, [], (), (1,)
_ = [*a, *b], {k: v for k, v in c.items() if v if k}, {e for e in f}, (g for g in h for i in j)
print(x for x in y)
print(a, *b, c=1, **d)
print((yield), file=f)
_ = lambda a, *b, c=1, **d: (yield a)
_ = f"{a:=10}{b:=^80}{c:=}{d:=,.2f}{e.f:=+5}{(g := h)}" f"{i!r:=>{j}}"
_ = a, *[b] * 2, *(c for c in d)
_ = *a + b * c, *d.e | f, *{g}
a[*(b for b in c)] = d[..., *[e], *f"g"]
_ = (walrus := 3) + [y := 4, y][0]
a.b.c(d)(e)[f].g = h
del a, b[0], (c, d)
assert a, "b"
for i, (j, *k) in l, m:
    break
else:
    pass
while a:
    continue
else:
    pass
if a:
    pass
elif b:
    pass
elif c:
    pass
else:
    pass
try:
    pass
except (A, B) as e:
    raise
except C:
    raise A from B
except:
    pass
else:
    pass
finally:
    pass
try:
    pass
except* (A, B) as e:
    pass
with (open(a) as b, c as d.e):
    pass
with a as (b, c), d:
    pass
with (a, b):
    pass


@a.b(c)
@d
class A(B, C, metaclass=D, **e):
    """Documentation."""

    x: ClassVar[int]
    y = z = 1

    async def f(self, a, b: int = 2, /, c=3, *args: int, d, e: "Foo" = 4, **kw) -> list["A"]:
        global g, h
        async with a as b:
            nonlocal_ = await b
        async for i in c:
            yield from d
        return a, *b

    def g(self, *, key): return


def outer():
    n = 1

    def inner():
        nonlocal n
        return
    return inner


match x, *y:
    case {"a": 1, "b": [c], a.b: d, **rest}:
        pass
    case [1, *others, -2] | Foo(a, 3, k=b, m="x") as z if z > 1:
        pass
    case a.b.c:
        pass
    case "x" "y" | None | True:
        pass
    case (1, 2) | [(y)] | (z,):
        pass
    case 1, y, *_:
        pass
    case str() | a.B(c):
        pass
    case {}:
        pass
    case _:
        pass
match = type = case = 3
match[a] = print(match, type)
type(case)
