/**
 * What happens in a step before what, by the names of metrics: a later one differs because an earlier one does. So the
 * first in this order says most about the cause.
 */
const order: readonly RegExp[] = [
  /^(?:data|batch|tokens|epoch)/,
  /^(?:learning_rate|lr|ghost_learning_rates)/,
  /^ghost_activations|^active_ghosts/,
  /rotation_angles|rotation_magnitude/,
  /^expert_loads|_activation$/,
  /^expert_connections|^hyperedge_weights/,
  /^(?:saturation|orthogonality|expert_specialization|rotation_efficiency)/,
  /task_loss/,
  /^geometric_components/,
  /^loss|(?:^|[/_])loss/,
  /^grad/,
  /^eval|^val|perplexity/,
];

/** Place in causal order; what is not known comes after the rest. */
export function causalRank(metric: string): number {
  const rank = order.findIndex((pattern) => pattern.test(metric));
  return rank === -1 ? order.length : rank;
}
