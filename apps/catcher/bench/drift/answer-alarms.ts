import { asService, type Context } from '@droplock/core/context'
import { applyChange } from '@droplock/core/schedule-changes/apply'
import { previewChange } from '@droplock/core/schedule-changes/preview'
import { pause } from '../../src/loops.ts'
import { runs, scenarios } from './scenarios.ts'

/** How often the operator looks at the alarms. Milliseconds. */
const LOOK_MS = 200

/** The operator: where the registry has skipped a day, the alarm about it is answered with `skip_day`, once. */
export async function answerAlarms(ctx: Context, signal: AbortSignal): Promise<void> {
  const answered = new Set<string>()
  while (!signal.aborted) {
    const alarms = await ctx.db
      .selectFrom('alarm')
      .select('subject')
      .where('kind', '=', 'drop_off_schedule')
      .where('closed_at', 'is', null)
      .execute()
    for (const { subject: zone } of alarms) {
      const run = runs.find(({ id }) => id === zone)
      if (run === undefined || !run.follows || !scenarios[run.scenario].skips || answered.has(zone)) continue
      answered.add(zone)
      const action = { kind: 'skip_day' } as const
      const { id: changeId } = await previewChange(asService(ctx), { action, filter: { zone } })
      await applyChange(asService(ctx), { changeId, reason: 'The registry ran no batch.' })
    }
    await pause(LOOK_MS, signal)
  }
}
