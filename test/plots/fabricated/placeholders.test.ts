import { describe, expect, test } from 'vitest';
import { kindsIn } from './fabricated-in.js';

describe('words, or nothing, in the place of a plot', () => {
  test.each<[name: string, text: string]>([
    ['a plot that is announced', 'st.info("Expert routing plot coming soon")'],
    [
      'a renderer that announces',
      `
def render_saturation(data):
    st.info("Coming soon!")
`,
    ],
    [
      'one branch of a dispatch',
      `
def render(plot_type, data):
    if plot_type == "Training Loss":
        st.line_chart(data["loss"])
    elif plot_type == "Saturation Monitoring":
        st.warning("Not implemented yet")
`,
    ],
    [
      'one branch of a dispatch, by the name it has there',
      `
def render(plot_type, data):
    if plot_type == "Saturation Monitoring":
        st.write(f"{plot_type}: coming soon")
`,
    ],
    ['a column', 'left, right = st.columns(2)\nright.write("TODO: heatmap of the experts")'],
    ['an axis', 'fig, ax = plt.subplots()\nax.text(0.5, 0.5, "Plot not implemented", ha="center")'],
    [
      'an annotation',
      `
def plot_rotation_3d(data):
    fig = go.Figure()
    fig.add_annotation(text="3D view under construction", showarrow=False)
    return fig
`,
    ],
    [
      'an exception',
      `
def plot_saturation(data):
    """Saturation of the experts."""
    raise NotImplementedError

RENDERERS = {"Saturation": plot_saturation}
`,
    ],
    [
      'an exception with words',
      `
def draw_heatmap(data):
    raise NotImplementedError("Heatmaps are not supported yet")

draw_heatmap(1)
`,
    ],
    [
      'nothing',
      `
def render_expert_chart(data):
    pass

render_expert_chart(1)
`,
    ],
    [
      'three dots',
      `
class Page:
    def plot_loss(self, data): ...

    def show(self, data):
        self.plot_loss(data)

Page().show({})
`,
    ],
    [
      'one plot of several, of a base that wants it drawn',
      `
class Plot:
    def render_chart(self, data):
        raise NotImplementedError

class Loss(Plot):
    def render_chart(self, data):
        st.line_chart(data["loss"])

class Saturation(Plot):
    def title(self):
        return "Saturation"
    def render_chart(self, data):
        pass

for plot in [Loss(), Saturation()]:
    plot.render_chart({})
`,
    ],
    [
      'the only plot of a page, of a base that wants it drawn',
      `
class Plot(ABC):
    @abstractmethod
    def render_chart(self, data): ...

class Saturation(Plot):
    def render_chart(self, data):
        pass

Saturation().render_chart({})
`,
    ],
    ['a promise', 'st.caption("Ghost expert visualization will be added in the next release")'],
    ['a chart that goes here', 'st.text("[chart goes here]")'],
  ])('%s', async (_, text) => {
    expect(await kindsIn(text)).toEqual(['placeholder']);
  });

  test.each<[name: string, text: string]>([
    ['another part of the page', 'st.info("Export to CSV is coming soon")'],
    ['a heading', 'st.header("Plots")\nst.write("The plots show what was measured.")'],
    [
      'what a dispatch says of a type it does not know',
      `
def render(plot_type, data):
    renderer = RENDERERS.get(plot_type)
    if renderer is None:
        st.warning(f"Plot type {plot_type} is not implemented")
        return
    renderer(data)
`,
    ],
    [
      'what a renderer says when there is no data',
      `
def plot_loss(data):
    if not data:
        st.info("No data yet. The plot appears after the first step.")
        return
    st.line_chart(data["loss"])
`,
    ],
    [
      'an abstract method',
      `
from abc import ABC, abstractmethod
class Plot(ABC):
    @abstractmethod
    def draw_figure(self, data):
        raise NotImplementedError

class Loss(Plot):
    def draw_figure(self, data):
        return px.line(y=data["loss"])

Loss().draw_figure({})
`,
    ],
    [
      'a base class without a word of it',
      `
class Plot:
    def render_chart(self, data):
        raise NotImplementedError

class Loss(Plot):
    def render_chart(self, data):
        st.line_chart(data["loss"])

def show(plot):
    plot.render_chart({})
`,
    ],
    [
      'a hook of a class that is made elsewhere, if at all',
      `
class Hooks:
    def draw_overlay(self, axes):
        """For others to fill in."""

    def draw(self, axes):
        self.draw_overlay(axes)
`,
    ],
    [
      'a hook that does nothing in the base either',
      `
class Axes:
    def draw(self, data):
        self.draw_background(data)
        self.draw_axis(data)
    def draw_background(self, data):
        """Behind the data, if anything."""
    def draw_axis(self, data):
        raise NotImplementedError

class Frame(Axes):
    def draw_background(self, data):
        pass
    def draw_axis(self, data):
        plt.axhline(data)

Frame().draw({})
`,
    ],
    [
      'a backend that draws nothing',
      `
class Renderer:
    def draw_path(self, path):
        raise NotImplementedError
    def draw_text(self, text):
        raise NotImplementedError

class Silent(Renderer):
    def draw_path(self, path): ...
    def draw_text(self, text): pass

class RendererTemplate(Renderer):
    def __init__(self, dpi): self.dpi = dpi
    def draw_path(self, path): pass

for renderer in [Silent(), RendererTemplate(72)]:
    renderer.draw_path("M0")
    renderer.draw_text("")
`,
    ],
    [
      'a protocol',
      `
from typing import Protocol
class Renderer(Protocol):
    def render_plot(self, data) -> None: ...

def show(renderer: Renderer):
    renderer.render_plot({})
`,
    ],
    [
      'an overload',
      `
from typing import overload
@overload
def plot_line(x: int) -> int: ...
@overload
def plot_line(x: str) -> str: ...
def plot_line(x):
    return px.line(y=x)
plot_line(1)
`,
    ],
    [
      'a method that refuses, or has no text',
      `
class Region:
    def render_to_text(self, context): pass
    def plot_interactive(self):
        raise NotImplementedError("Interactive plotting currently not supported for regions")
Region().plot_interactive(), Region().render_to_text(1)
`,
    ],
    [
      'a renderer that nobody offers',
      `
def plot_saturation(data):
    raise NotImplementedError
`,
    ],
    [
      'an exception for one case',
      `
def plot_experts(data, kind):
    if kind == "3d":
        raise NotImplementedError("3d needs a GPU")
    st.bar_chart(data)
plot_experts([], "2d")
`,
    ],
    ['a comment', '# TODO: a nicer plot\ndef plot(data):\n    st.line_chart(data)'],
    [
      'a log line',
      'import logging\nlogger = logging.getLogger()\ndef plot_loss(data):\n    logger.info("plot not implemented for sparse data")',
    ],
    ['a field for a text', 'st.text_input("Name", placeholder="TODO list")\nst.text_area("Plot description", "TODO")'],
    ['an empty callback', 'def on_click():\n    pass\nst.button("Draw", on_click=on_click)'],
  ])('is silent: %s', async (_, text) => {
    expect(await kindsIn(text)).toEqual([]);
  });
});
