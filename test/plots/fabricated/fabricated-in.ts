import { fabricatedPlots } from '../../../src/plots/fabricated/fabricated.js';
import type { FabricatedPlot } from '../../../src/plots/fabricated/types.js';
import { inferenceOf } from '../../source/values/inference-of.js';

/** What the charts of a dashboard that is given by its texts show without having measured it. */
export async function fabricatedIn(sources: string | Readonly<Record<string, string>>): Promise<FabricatedPlot[]> {
  const files = typeof sources === 'string' ? { 'app.py': sources } : sources;
  const inference = await inferenceOf(files);
  const line = (path: string, number: number) => files[path]?.split('\n')[number - 1];
  return fabricatedPlots({ program: inference.program, inference, line }, Object.keys(files));
}

const imports = `import math, os, random, time
import numpy as np
import pandas as pd
import torch
import matplotlib.pyplot as plt
import plotly.express as px
import plotly.graph_objects as go
import seaborn as sns
import altair as alt
import streamlit as st
`;

/** The kinds that are found in a page with the usual imports. A demo mode or a notice is named with the kind. */
export async function kindsIn(text: string, others: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const found = await fabricatedIn({ 'app.py': imports + text, ...others });
  return found.map(({ kind, flag, said, isFallback }) =>
    [
      kind,
      ...(isFallback ? ['fallback'] : []),
      ...(flag === undefined ? [] : ['flag']),
      ...(said === undefined ? [] : [said.ofPage ? 'said by the page' : 'said']),
    ].join(', '),
  );
}
