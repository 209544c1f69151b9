import { countOpenAlarms } from '@droplock/core/alarms/read'
import type { Context } from '@droplock/core/context'
import type { Metrics } from '@droplock/observability/metrics'
import { alarmKinds, alarmTable } from '@droplock/rules/alarms'

/** Measures how many alarms of each kind are open: here, because a worker that is dead could not say that it is. */
export function measureAlarms(metrics: Metrics, ctx: Context): void {
  metrics.gauge(
    { name: 'alarms_open', help: 'Alarms that are open.', labels: ['kind', 'severity'] },
    async () => {
      const open = await countOpenAlarms(ctx)
      return alarmKinds.map((kind) => ({
        labels: { kind, severity: alarmTable[kind].severity },
        value: open.get(kind) ?? 0,
      }))
    },
  )
}
