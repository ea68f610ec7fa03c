import { dashboard } from '../../monitoring/grafana';

/** Every expression of the Grafana dashboard, its variables replaced as Grafana does. */
export const EXPRESSIONS: readonly string[] = dashboard.panels.flatMap(({ targets }) =>
  targets.map(({ expr }) =>
    expr.replaceAll('$__rate_interval', '1m').replaceAll(/\$(job|instance)/g, '.*'),
  ),
);
