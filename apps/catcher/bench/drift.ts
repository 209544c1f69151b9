import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { reporter } from '@droplock/core/bench/support/measure'
import type { Context } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { newId } from '@droplock/core/new-id'
import { startSimulator } from '../../registry-sim/src/start-simulator.ts'
import { answerAlarms } from './drift/answer-alarms.ts'
import { arrange, defineAll, SECONDS_PER_HOUR, secureNames } from './drift/arrange.ts'
import { measureRun } from './drift/measure-run.ts'
import { startProcesses } from './drift/processes.ts'
import { runs, scenarios } from './drift/scenarios.ts'

// `npm run bench -- drift`: registries that are off their schedule, and the processes of catcher and worker, with an hour in a minute.
// Of each scenario there are two registries at once: at one, submission windows may follow (by the bounds of a new zone), at the other not.
// What is counted: names whose submission window, as it was then, was open when the registry released them; and names that were caught,
// also in the grace after the window. Times of the policy are a sixtieth of the real ones, and so is how often a batch is measured.
// A skipped day needs an operator: the bench answers the alarm with `skip_day`. The next day's batch is two and a half hours later.
// Arguments: the database's URL, the names of each registry.

const names = Number(process.argv[3] ?? 100)
/** The last batch of a scenario ends by then, also one that is late. Seconds. */
const ENDS_AFTER_SECONDS = 4.5 * SECONDS_PER_HOUR

const report = reporter('drift')
const url = process.argv[2] ?? ''
await migrate(url)
const db = openDatabase({ url, connectionsMax: 8, applicationName: 'bench-drift' })
const ctx: Context = { db, newId }
const folder = mkdtempSync(join(tmpdir(), 'droplock-drift-'))
const simulator = await startSimulator({
  registries: runs.map(({ id, scenario }) => ({
    id,
    zones: [id],
    release: scenarios[scenario].release,
    clockSkewMs: scenarios[scenario].clockSkewMs,
  })),
})
try {
  await defineAll(ctx, simulator)
  await secureNames(ctx, names)
  const processes = startProcesses(url, simulator, folder)
  const done = new AbortController()
  const answering = answerAlarms(ctx, done.signal)
  try {
    const startAt = await arrange(ctx, simulator, names)
    await delay(startAt.getTime() + 1_000 * ENDS_AFTER_SECONDS - Date.now())
  } finally {
    done.abort()
    await answering
    await processes.end()
  }
  for (const run of runs) {
    const { open, caught, changes } = await measureRun(ctx, simulator, run)
    const mode = run.follows ? 'adaptive' : 'fixed'
    report(
      `${run.scenario}_${mode}_window_open_share`,
      open / names,
      'share',
      run.follows ? { min: 0.99 } : undefined,
    )
    report(`${run.scenario}_${mode}_caught_share`, caught / names, 'share')
    if (run.follows) report(`${run.scenario}_changes`, changes, 'changes')
  }
} finally {
  await simulator.stop()
  await db.destroy()
  rmSync(folder, { recursive: true, force: true })
}
