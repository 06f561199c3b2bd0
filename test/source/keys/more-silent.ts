/** More correct code, in which a test or a default answers for the key. */
export const moreSilent: Record<string, string> = {
  'an empty list in a table': `
KINDS = {"gaussian": "gaussian_values", "poisson": "poisson_values"}
NAMES = {"gaussian_values": ["mean"], "poisson_values": []}
def check(key, mode="gaussian"):
    return key in NAMES[KINDS[mode]] or "poisson_values" in NAMES
check("mean")
check("scale", "poisson")`,
  'a name that is bound anew after it was tested': `
SETS = dict(cifar=1, mnist=2)
def make(name):
    name = name.lower()
    if name.startswith("torch/"):
        name = name.split("/")[-1]
        return SETS[name]
make("torch/cifar")`,
  'a name that is looked up when it is there': `
SETS = dict(cifar=1, mnist=2)
def make(name):
    name = name.lower()
    if name.startswith("torch/"):
        if name in SETS: return SETS[name]
make("torch/cifar")`,
  'an attribute that is looked up when it is something': `
class Mode:
    styles = {"wireframe": 1, "solid": 2}
    style = ""
    def draw(self):
        if self.style: return self.styles[self.style]
        if self.style and self.styles: return self.styles[self.style]
        return self.styles["solid"] if not self.style else self.styles[self.style]
class Curve(Mode):
    style = "wireframe"
Curve().draw()`,
  'an option, where another is passed on': `
def draw(series, xlabel=None, **rest): return series, xlabel, rest.get("ylabel")
def plot(*args, **options):
    labels = options.pop("label", [])
    return draw([args, labels], **options)
def nyquist(system, **options): return plot(system, xlabel="Real", ylabel="Imaginary", **options)
nyquist(1)`,
};
