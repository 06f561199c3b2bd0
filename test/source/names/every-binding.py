import a.b, c.d as e
from f import g as h, i
from j import *

k: int
k2: int = 1
(l, [m, *n]), o = p = q
r += 1
for s, t.u in v:
    w = (x := 1)
with y as z, aa as (bb, cc):
    del dd, ee.ff
try:
    pass
except gg as hh:
    pass
match ii:
    case {"jj": kk, **ll} | Mm(nn, oo=pp) as qq:
        pass
    case [rr, *ss] if tt > rr:
        pass
uu = [vv for vv in ww if (xx := vv)]
yy = {zz: ab async for zz in ac for ab in zz}


def function(a, b=k, /, c: i = h, *d, e=lambda y: (k, y), **f):
    global k, newly
    k = newly = a

    def inner(g=a):
        nonlocal b
        b = (yield c)
        return [c + g + local for local in (lambda z: z + b)(d)]

    class Within:
        attribute = a
        both = [attribute for _ in attribute]
        __private = 1

        def method(self, __private=__private):
            __x = __private
            return attribute, __class__, super(), __x, __outside, [__y for __y in b]

    return inner, Within


class _Odd(function, metaclass=k):
    global from_class
    from_class = __hidden = 1
    other = k
    k = 2


class __:
    __kept = 1


def shadows(k):
    def deeper():
        global k
        def deepest():
            return k
        return k
    return deeper
