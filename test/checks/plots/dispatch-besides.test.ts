import { draw, holdsFor, type Pair } from './dispatch-of.js';

/** A dashboard whose `render` looks plots up in a table that lacks `Angles`. */
function rendering(body: string): string {
  return `${draw}
import re
RENDERERS = {"Loss": plot_loss, "Load": plot_load}
def render(plot, data):
${body}
for plot in st.multiselect("Plots", ["Loss", "Load", "Angles"]):
    render(plot, data)
`;
}

/** Branches beside the look-up in a table: what the one draws the table need not have. */
const pairs: readonly (readonly [name: string, wrong: string, right: string])[] = [
  [
    'leaves before the look-up: one that says so, one that draws',
    `    if plot.startswith("Angles"):
        st.info("not yet")
        return
    RENDERERS[plot](data)`,
    `    if plot.startswith("Angles"):
        plot_angles(data)
        return
    RENDERERS[plot](data)`,
  ],
  [
    'is for what the table lacks: one that says so, one that draws',
    `    if plot not in RENDERERS:
        st.warning("Unknown plot")
        return
    RENDERERS[plot](data)`,
    `    if plot not in RENDERERS:
        plot_angles(data)
        return
    RENDERERS[plot](data)`,
  ],
  [
    'has the look-up as its other branch',
    `    if plot in RENDERERS:
        RENDERERS[plot](data)
    else:
        st.warning("Unknown plot")`,
    `    if plot in RENDERERS:
        RENDERERS[plot](data)
    else:
        plot_angles(data)`,
  ],
  [
    'has the look-up and leaves, and something follows',
    `    if plot in RENDERERS:
        return RENDERERS[plot](data)
    st.warning("Unknown plot")`,
    `    if plot in RENDERERS:
        return RENDERERS[plot](data)
    plot_angles(data)`,
  ],
  [
    'is about what a pattern found in the name',
    `    number = re.match(r"Angles", plot)
    if number:
        st.caption("Of one expert")
    RENDERERS[plot](data)`,
    `    number = re.match(r"Angles", plot)
    if number:
        plot_angles(data)
        return
    RENDERERS[plot](data)`,
  ],
  [
    'is about what get gave',
    `    renderer = RENDERERS.get(plot)
    if renderer is None:
        st.warning("Unknown plot")
        return
    renderer(data)`,
    `    renderer = RENDERERS.get(plot)
    if renderer is None:
        plot_angles(data)
        return
    renderer(data)`,
  ],
  [
    'catches what the look-up raises',
    `    try:
        RENDERERS[plot](data)
    except KeyError:
        st.error("Unknown plot")`,
    `    try:
        RENDERERS[plot](data)
    except KeyError:
        plot_angles(data)`,
  ],
  [
    'is an expression',
    `    renderer = RENDERERS[plot] if plot in RENDERERS else None
    if renderer is not None:
        renderer(data)`,
    `    renderer = plot_angles if plot.endswith("les") else RENDERERS[plot]
    renderer(data)`,
  ],
  [
    'comes after the look-up',
    `    RENDERERS[plot](data)
    if plot == "Loss":
        st.line_chart(data)
        return`,
    `    if plot == "Angles":
        return plot_angles(data)
    with st.container():
        RENDERERS[plot](data)`,
  ],
];

holdsFor(
  pairs.map(([name, wrong, right]): Pair => [
    `a branch that ${name}`,
    rendering(wrong),
    ['no-renderer: Angles'],
    rendering(right),
  ]),
);
