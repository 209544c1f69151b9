import type { Metrics } from './metrics.ts'

/** Connections of a pool: those in use, those that wait for work, and the callers that wait for one. */
type Connections = { readonly busy: number; readonly idle: number; readonly waiting: number }

/** Tells what the pool of each database is doing: `main` is that of `DATABASE_URL`, `other` that of `OTHER_DATABASE_URL`. */
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
