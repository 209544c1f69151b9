import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Context } from '@droplock/core/context'
import { startSimulator } from '../../../registry-sim/src/start-simulator.ts'
import { answerAlarms } from './answer-alarms.ts'
import { arrange, defineAll, SECONDS_PER_HOUR, secureNames } from './arrange.ts'
import { type Measured, measureRun } from './measure-run.ts'
import { startProcesses } from './processes.ts'
import { type Run, runs, scenarios } from './scenarios.ts'

/** The last batch of a scenario ends by then, also one that is late. Seconds. */
const ENDS_AFTER_SECONDS = 4.5 * SECONDS_PER_HOUR

/** Has the registries drop so many names each, with the processes of catcher and worker. What was seen of each run. */
export async function runDrift(
  ctx: Context,
  url: string,
  names: number,
): Promise<readonly (Measured & { readonly run: Run })[]> {
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
    return await Promise.all(runs.map(async (run) => ({ run, ...(await measureRun(ctx, simulator, run)) })))
  } finally {
    await simulator.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
