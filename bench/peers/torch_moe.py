#!/usr/bin/env python3
"""The reference MoE family of src/reference, written the way a PyTorch researcher would write it.

Two uses:
  torch_moe.py golden OUT_DIR         write the golden files (float64) that the TypeScript trainer must reproduce
  torch_moe.py bench --size tiny      ms/step for each combination (float32), the peer to be timed against, side by side

Independent of the TypeScript code: nothing is shared but the formulas.
"""
import argparse, base64, itertools, json, math, pathlib, sys, time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

ARCHITECTURES = ["gnn", "hgnn", "orthogonal", "ghost"]
TRAINING = ["standard", "geometric"]
SIZES = {
    "golden": dict(V=32, D=16, T=12, B=2, H=2, E=4, L=2),
    "tiny": dict(V=64, D=32, T=32, B=8, H=4, E=4, L=2),
    "small": dict(V=256, D=64, T=64, B=8, H=4, E=4, L=2),
}


def hyperedges(n, strategy):
    if strategy == "all_pairs":
        return [list(c) for c in itertools.combinations(range(n), 2)]
    if strategy == "all_triplets":
        return [list(c) for c in itertools.combinations(range(n), 3)]
    return [list(range(n))]


class Expert(nn.Module):
    def __init__(self, D, H):
        super().__init__()
        self.ln1, self.ln2 = nn.LayerNorm(D), nn.LayerNorm(D)
        self.attn = nn.MultiheadAttention(D, H, batch_first=True)
        self.up, self.down = nn.Linear(D, 4 * D), nn.Linear(4 * D, D)

    def forward(self, x, mask):
        h = self.ln1(x)
        a, _ = self.attn(h, h, h, attn_mask=mask, need_weights=False)
        x = x + a
        return x + self.down(F.gelu(self.up(self.ln2(x))))


class Coupler(nn.Module):
    """Hypergraph convolution over the experts of one token: Z <- GELU(D^-1 H W B^-1 H^T Z Theta + b)."""

    def __init__(self, N, D, layers, strategy, learnable):
        super().__init__()
        edges = hyperedges(N, strategy)
        inc = torch.zeros(N, len(edges))
        for e, nodes in enumerate(edges):
            inc[nodes, e] = 1
        self.register_buffer("inc", inc)
        self.raw = nn.Parameter(torch.full((len(edges),), math.log(math.e - 1))) if learnable else None
        self.theta = nn.ParameterList([nn.Parameter(torch.empty(D, D)) for _ in range(layers)])
        self.bias = nn.ParameterList([nn.Parameter(torch.zeros(D)) for _ in range(layers)])
        for t in self.theta:
            nn.init.normal_(t, std=0.2)
        self.mix, self.norm = nn.Linear(D, D), nn.LayerNorm(D)

    def propagation(self):
        w = F.softplus(self.raw) if self.raw is not None else torch.ones(self.inc.shape[1], dtype=self.inc.dtype)
        deg = (self.inc * w).sum(1)
        inv = torch.where(deg > 0, 1 / deg.clamp_min(1e-12), torch.zeros_like(deg))
        return inv[:, None] * (self.inc * w) @ (self.inc / self.inc.sum(0)).T

    def forward(self, z, total):  # z [B,T,N,D]
        P = self.propagation()
        for theta, b in zip(self.theta, self.bias):
            z = F.gelu(torch.einsum("nm,btmd->btnd", P, z) @ theta + b)
        return self.norm(F.gelu(self.mix(z.sum(2) / total)))


def rotation(kind, angles, D):
    """angles [k] -> orthogonal [D,D]."""
    I = torch.eye(D, dtype=angles.dtype)
    if kind == "givens":
        R = I
        for i, a in enumerate(angles):
            G = I.clone()
            p, q = 2 * i, 2 * i + 1
            c, s = torch.cos(a), torch.sin(a)
            G = G.index_put((torch.tensor([p, q, p, q]), torch.tensor([p, q, q, p])), torch.stack([c, c, -s, s]))
            R = R @ G
        return R
    e1 = I[0]
    if kind == "householder":
        u = e1 + F.pad(angles, (1, D - 1 - len(angles)))
        u = u / u.norm()
        return (I - 2 * torch.outer(u, u)) @ (I - 2 * torch.outer(e1, e1))
    w = F.pad(angles, (1, D - 1 - len(angles)))  # learned: exponential map, a turn by |w| in the plane (e1, w)
    phi = w.norm().clamp_min(1e-12)
    w = w / phi
    return I + torch.sin(phi) * (torch.outer(w, e1) - torch.outer(e1, w)) + (torch.cos(phi) - 1) * (torch.outer(e1, e1) + torch.outer(w, w))


class Layer(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        N = c["E"] + c["G"]
        self.experts = nn.ModuleList([Expert(c["D"], c["H"]) for _ in range(N)])
        self.coupler = Coupler(N, c["D"], c["coupler_layers"], c["strategy"], c["learnable_edges"]) if c["coupling"] else None

    def forward(self, x, mask, levels, R):
        E = self.c["E"]
        outs = []
        for n, expert in enumerate(self.experts):
            if R is not None and n < E:
                outs.append(expert(x @ R[n].T, mask) @ R[n])
            else:
                outs.append(expert(x, mask))
        y = torch.stack(outs, 2)  # [B,T,N,D]
        primary = y[:, :, :E]
        update = primary - x[:, :, None]
        m = F.normalize(update.mean((0, 1)), dim=1, eps=1e-12)
        orth = F.mse_loss(m @ m.T, torch.eye(E, dtype=x.dtype))
        strength = update.norm(dim=-1)  # [B,T,E]
        sat = (1 - orth) * (x - primary.mean(2)).var()
        z = y * levels[None, None, :, None]
        total = levels.sum()
        out = self.coupler(z, total) if self.coupler is not None else z.sum(2) / total
        return x + out, dict(orth=orth, strength=strength, sat=sat)


class Model(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        self.tok, self.pos = nn.Embedding(c["V"], c["D"]), nn.Embedding(c["T"], c["D"])
        self.layers = nn.ModuleList([Layer(c) for _ in range(c["L"])])
        self.norm, self.head = nn.LayerNorm(c["D"]), nn.Linear(c["D"], c["V"])
        self.theta = nn.Parameter(torch.randn(c["E"], c["k"]) * 0.1) if c["training"] == "geometric" else None
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=c["init_std"]); nn.init.zeros_(m.bias)
            elif isinstance(m, nn.Embedding):
                nn.init.normal_(m.weight, std=c["init_std"])
            elif isinstance(m, nn.MultiheadAttention):
                nn.init.normal_(m.in_proj_weight, std=c["init_std"]); nn.init.zeros_(m.in_proj_bias)

    def angles(self):
        return torch.tanh(self.theta) * self.c["max_rotation"]

    def forward(self, ids, levels):
        T = ids.shape[1]
        x = self.tok(ids) + self.pos.weight[:T]
        mask = torch.triu(torch.ones(T, T, dtype=torch.bool), 1)
        R = [rotation(self.c["rotation"], a, self.c["D"]) for a in self.angles()] if self.theta is not None else None
        stats = []
        for layer in self.layers:
            x, s = layer(x, mask, levels, R)
            stats.append(s)
        return self.head(self.norm(x)), stats


class Trainer:
    def __init__(self, model):
        self.m, self.c, self.t = model, model.c, 0
        c = self.c
        ghost = [p for l in model.layers for e in list(l.experts)[c["E"]:] for p in e.parameters()]
        ids = {id(p) for p in ghost} | ({id(model.theta)} if model.theta is not None else set())
        base = [p for p in model.parameters() if id(p) not in ids]
        self.lr0 = c["expert_lr"] if c["training"] == "geometric" else c["lr"]
        groups = [dict(params=base, lr=self.lr0)]
        for g in range(c["G"]):
            groups.append(dict(params=[p for l in model.layers for p in l.experts[c["E"] + g].parameters()], lr=0.0, ghost=g))
        self.opt = torch.optim.AdamW(groups, weight_decay=c["weight_decay"])
        self.rot = torch.optim.Adam([model.theta], lr=c["geometric_lr"]) if model.theta is not None else None
        self.levels = torch.zeros(c["G"], dtype=model.tok.weight.dtype)
        self.state = ["dormant"] * c["G"]
        self.window = []

    def step(self, ids):
        c, m = self.c, self.m
        cos = 0.5 * (1 + math.cos(math.pi * self.t / c["max_steps"]))
        lr = self.lr0 * cos
        for g in self.opt.param_groups:
            if "ghost" in g:
                factor = 1 - cos if c["lr_coupling"] == "inverse" else 1.0
                g["lr"] = c["ghost_lr"] * factor * self.levels[g["ghost"]].item()
            else:
                g["lr"] = lr
        levels = torch.cat([torch.ones(c["E"], dtype=self.levels.dtype), self.levels])
        logits, stats = m(ids[:, :-1], levels)
        task = F.cross_entropy(logits.reshape(-1, c["V"]), ids[:, 1:].reshape(-1))
        orth = torch.stack([s["orth"] for s in stats]).mean()
        strength = torch.stack([s["strength"] for s in stats])  # [L,B,T,E]
        loss, parts = task, {}
        if m.theta is not None:
            for g in self.rot.param_groups:
                g["lr"] = c["geometric_lr"] * cos
            a = m.angles()
            rot = (a ** 2).mean() + (F.relu(a.abs() - 1) ** 2).mean()
            spec = F.relu(1 - strength.var(-1).mean())
            loss = task + c["w_orth"] * orth + c["w_rot"] * rot + c["w_spec"] * spec
            parts = dict(rotation_efficiency_loss=rot.item(), specialization_loss=spec.item(),
                         avg_rotation_magnitude=a.norm(dim=1).mean().item())
        elif c["orthogonal"]:
            loss = task + c["lambda_orth"] * orth
        self.opt.zero_grad()
        if self.rot: self.rot.zero_grad()
        loss.backward()
        gn = math.sqrt(sum(float((p.grad ** 2).sum()) for p in m.parameters() if p.grad is not None))
        self.opt.step()
        if self.rot: self.rot.step()
        sat = torch.stack([s["sat"] for s in stats]).mean().item()
        self.window = (self.window + [sat])[-c["window"]:]
        mean_sat = sum(self.window) / len(self.window)
        p = strength / strength.sum(-1, keepdim=True)
        H = -(p * torch.log(p + 1e-12)).sum(-1).mean() / math.log(c["E"])
        out = dict(step=self.t, loss=loss.item(), task_loss=task.item(), grad_norm=gn, learning_rate=lr,
                   orthogonality_preservation=1 - orth.item(), expert_specialization=1 - H.item(),
                   expert_loads=p.mean((0, 1, 2)).tolist(), saturation_level=mean_sat,
                   ghost_activations=self.levels.tolist(), active_ghosts=int((self.levels > 0).sum()), **parts)
        self.update_ghosts(mean_sat)
        self.t += 1
        return out

    def update_ghosts(self, sat):
        c = self.c
        rate = c["activation_rate"]
        if sat > c["threshold"]:
            for g in range(c["G"]):
                if self.state[g] == "dormant":
                    self.state[g] = "activating"
                    self.levels[g] = 1.0 if c["schedule"] == "binary" else rate
                    return
        for g in range(c["G"]):
            if self.state[g] == "activating":
                self.levels[g] = min(1.0, self.levels[g].item() + rate)
                if self.levels[g] >= 1: self.state[g] = "active"


def config(size, arch, training, **kw):
    c = dict(SIZES[size], arch=arch, training=training, G=2 if arch == "ghost" else 0, coupling=arch != "gnn",
             orthogonal=arch in ("orthogonal", "ghost"), coupler_layers=2, strategy="all_pairs", learnable_edges=True,
             k=4, rotation="givens", max_rotation=2.0, lr=1e-3, expert_lr=1e-3, geometric_lr=1e-2, ghost_lr=1e-3, weight_decay=0.01,
             lambda_orth=0.1, w_orth=0.5, w_rot=0.2, w_spec=0.3, threshold=1e-6, activation_rate=0.25, window=4,
             schedule="gradual", lr_coupling="inverse", max_steps=20, init_std=0.2)
    c.update(kw)
    return c


def named(model):
    """Canonical names; experts stacked on axis 0, primary first; Linear weights stored [in, out]."""
    c, out = model.c, {}
    P = lambda t: t.detach().numpy()
    out["tok"], out["pos"] = P(model.tok.weight), P(model.pos.weight)
    for l, layer in enumerate(model.layers):
        q = f"layers.{l}."
        S = lambda f: np.stack([f(e) for e in layer.experts])
        out[q + "ln1.gain"], out[q + "ln1.bias"] = S(lambda e: P(e.ln1.weight)), S(lambda e: P(e.ln1.bias))
        out[q + "attn.qkv.weight"] = S(lambda e: P(e.attn.in_proj_weight).T)
        out[q + "attn.qkv.bias"] = S(lambda e: P(e.attn.in_proj_bias))
        out[q + "attn.out.weight"] = S(lambda e: P(e.attn.out_proj.weight).T)
        out[q + "attn.out.bias"] = S(lambda e: P(e.attn.out_proj.bias))
        out[q + "ln2.gain"], out[q + "ln2.bias"] = S(lambda e: P(e.ln2.weight)), S(lambda e: P(e.ln2.bias))
        out[q + "ffn.up.weight"], out[q + "ffn.up.bias"] = S(lambda e: P(e.up.weight).T), S(lambda e: P(e.up.bias))
        out[q + "ffn.down.weight"], out[q + "ffn.down.bias"] = S(lambda e: P(e.down.weight).T), S(lambda e: P(e.down.bias))
        if layer.coupler is not None:
            k = layer.coupler
            if k.raw is not None: out[q + "coupler.edge"] = P(k.raw)
            for i in range(len(k.theta)):
                out[q + f"coupler.{i}.weight"], out[q + f"coupler.{i}.bias"] = P(k.theta[i]), P(k.bias[i])
            out[q + "coupler.mix.weight"], out[q + "coupler.mix.bias"] = P(k.mix.weight).T, P(k.mix.bias)
            out[q + "coupler.norm.gain"], out[q + "coupler.norm.bias"] = P(k.norm.weight), P(k.norm.bias)
    out["norm.gain"], out["norm.bias"] = P(model.norm.weight), P(model.norm.bias)
    out["head.weight"], out["head.bias"] = P(model.head.weight).T, P(model.head.bias)
    if model.theta is not None: out["rotation.theta"] = P(model.theta)
    return {k: np.array(v) for k, v in out.items()}


def golden(out_dir, steps=8):
    out = pathlib.Path(out_dir); out.mkdir(parents=True, exist_ok=True)
    torch.set_default_dtype(torch.float64); torch.set_num_threads(1)
    cases = [(a, t, {}) for a in ARCHITECTURES for t in TRAINING]
    cases += [("hgnn", "standard", dict(strategy="all_triplets")), ("hgnn", "standard", dict(strategy="all", learnable_edges=False)),
              ("ghost", "standard", dict(schedule="binary", lr_coupling="complementary")),
              ("orthogonal", "geometric", dict(rotation="householder")), ("orthogonal", "geometric", dict(rotation="learned"))]
    for a, t, kw in cases:
        torch.manual_seed(7)
        c = config("golden", a, t, **kw)
        m = Model(c)
        with torch.no_grad():  # float32-representable start, so both sides begin from identical numbers
            for p in m.parameters(): p.copy_(p.float().double())
        w0 = {k: v.copy() for k, v in named(m).items()}
        g = torch.Generator().manual_seed(11)
        batches = [torch.randint(0, c["V"], (c["B"], c["T"] + 1), generator=g) for _ in range(steps)]
        with torch.no_grad():
            levels = torch.cat([torch.ones(c["E"]), torch.zeros(c["G"])])
            logits, _ = m(batches[0][:, :-1], levels)
        tr = Trainer(m)
        rows = [tr.step(b) for b in batches]
        w1 = named(m)
        name = "-".join([a, t] + [str(v).replace("_", "") for v in kw.values()])
        enc = lambda d: {k: dict(shape=list(v.shape), f32=base64.b64encode(v.astype("<f4").tobytes()).decode()) for k, v in d.items()}
        (out / f"{name}.json").write_text(json.dumps(dict(
            about="initial parameters, batches and what float64 PyTorch computes from them; see src/reference",
            config=c, parameters=enc(w0), batches=[b.tolist() for b in batches],
            expected=dict(logits0=[round(x, 9) for x in logits.flatten().tolist()], steps=rows,
                          final_parameter_norms={k: float(np.sqrt((v ** 2).sum())) for k, v in w1.items()}))))
        print(name, "loss", round(rows[0]["loss"], 6), "->", round(rows[-1]["loss"], 6), "ghosts", rows[-1]["ghost_activations"])


def bench(size, steps, warm, threads):
    torch.set_num_threads(threads)
    res = {}
    for a in ARCHITECTURES:
        for t in TRAINING:
            torch.manual_seed(0)
            c = config(size, a, t, max_steps=steps)
            tr = Trainer(Model(c))
            ids = torch.randint(0, c["V"], (c["B"], c["T"] + 1))
            ms = []
            for i in range(steps):
                t0 = time.perf_counter(); tr.step(ids); ms.append((time.perf_counter() - t0) * 1e3)
            ms = sorted(ms[warm:])
            res[f"{a}-{t}"] = round(ms[len(ms) // 2], 2)
    print(json.dumps(dict(peer="pytorch", version=torch.__version__, size=size, threads=threads, steps=steps, ms_per_step=res)))


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    sub = ap.add_subparsers(dest="cmd", required=True)
    s = sub.add_parser("golden"); s.add_argument("out")
    s = sub.add_parser("bench"); s.add_argument("--size", default="tiny", choices=SIZES); s.add_argument("--steps", type=int, default=40)
    s.add_argument("--warm", type=int, default=8); s.add_argument("--threads", type=int, default=1)
    a = ap.parse_args()
    golden(a.out) if a.cmd == "golden" else bench(a.size, a.steps, a.warm, a.threads)
