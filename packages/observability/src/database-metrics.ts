import type { Metrics } from './metrics.ts'

/** Connections of a pool: busy ones, idle ones, and callers that wait for one. */
type Connections = { readonly busy: number; readonly idle: number; readonly waiting: number }

/** Measures the connections of each database: `main` is `DATABASE_URL`, `other` is `OTHER_DATABASE_URL`. */
export function measureConnections(
  metrics: Metrics,
  read: () => Readonly<Record<string, Connections>>,
): void {
  metrics.gauge(
    {
      name: 'database_connections',
      help: 'Connections of the pool that are busy or idle, and callers that wait for one.',
      labels: ['database', 'state'],
    },
    () =>
      Object.entries(read()).flatMap(([database, connections]) =>
        Object.entries(connections).map(([state, value]) => ({ labels: { database, state }, value })),
      ),
  )
}
