import type { Context } from '@droplock/core/context'
import { closeDue, endUnsold } from '@droplock/core/schedule/steps'
import { advanceScheduleChange } from '@droplock/core/schedule-changes/advance'
import type { Logger } from '@droplock/observability/logger'
import type { Drive } from '../../../src/drive/drive.ts'
import { createStatus } from '../../../src/drive/status.ts'
import { pause } from '../../../src/loops.ts'
import { PASSWORD } from '../world/world.ts'
import { ACCOUNT } from './given-orders.ts'
import type { SimulatedProcess } from './process.ts'
import type { Runtime } from './runtime.ts'
import { withoutPrograms } from './take-over.ts'
import { folderOf } from './virtual-disk.ts'

/** Shorter than in production, in the same proportions, so that a drop with its takeovers takes two minutes. */
const RULES: Drive['rules'] = {
  lease: { leaseMs: 5_000, renewEveryMs: 500, marginMs: 500 },
  refresh: { everyMs: 500, fireLeadMs: 5_000 },
  requests: { everyMs: 2_000 },
  messages: { everyMs: 5_000 },
  plan: { prepareLeadMs: 20_000, aimLeadMs: 50, createsPerInfo: 6 },
  surveyShare: 0,
  readyLeadMs: 5 * 86_400_000,
  clockEveryMs: 20_000,
  drainMsMax: 3_000,
  unconnectedMsMax: 60_000,
}

/** Loaded where it finds no program to run: what one answers, and when, differs from run to run. */
const { driveAccount } = await withoutPrograms(() => import('../../../src/drive/drive-account.ts'))

/** What a process logs is a part of the trace. */
export type OnLog = (level: string, facts: Readonly<Record<string, unknown>>) => void

function loggerTo(onLog: OnLog): Logger {
  const at = (level: string) => (facts: Readonly<Record<string, unknown>>) => onLog(level, facts)
  const levels = Object.fromEntries(['error', 'warn', 'info', 'debug'].map((level) => [level, at(level)]))
  return levels as unknown as Logger
}

type Actor = {
  readonly process: SimulatedProcess
  readonly runtime: Runtime
  readonly ctx: Context
  readonly random: () => number
  readonly onLog: OnLog
}

/** Starts the catcher's code in a process, as its `main.ts` does. Rejects never; returns what ends it, and its end. */
export function startCatcher({ process, runtime, ctx, random, onLog }: Actor): Promise<void> {
  const { time } = runtime
  const { owner, stop } = process
  const originMs = time.epochMs() - time.nowMs() + process.steppedMs
  let commands = 0
  const drive: Drive = {
    ctx,
    log: loggerTo(onLog),
    owner,
    accountId: ACCOUNT,
    credentials: { password: PASSWORD, certificates: {} },
    journalFolder: folderOf(process.machine),
    rules: RULES,
    monotonicMs: () => time.nowMs(),
    wallMs: () => originMs + time.nowMs(),
    unixMs: () => Date.now(),
    random,
    status: createStatus(),
    newClTRID: () => `DL-${owner}-${(commands++).toString(36)}`,
    newAuthInfo: () => 'a-Test-Secret-1',
  }
  return runtime.run(process, () => driveAccount(drive, stop.signal))
}

/** How often the worker looks for what is due. */
const SWEEP_MS = 500

/** Starts what the worker does about drops: closing, arming, and changes of schedules. */
export function startWorker({ process, runtime, ctx }: Actor): Promise<void> {
  const { signal } = process.stop
  return runtime.run(process, async () => {
    while (!signal.aborted) {
      // What failed is done by the next sweep.
      await sweep(ctx).catch(() => undefined)
      await pause(SWEEP_MS, signal)
    }
  })
}

async function sweep(ctx: Context): Promise<void> {
  while ((await closeDue(ctx)).closed > 0);
  while ((await endUnsold(ctx)) > 0);
  while ((await advanceScheduleChange(ctx, 100)) !== undefined);
}
