import { setTimeout as wait } from 'node:timers/promises'
import { readOnly } from '@droplock/core/database/read-only'
import { type DropDay, readDropDay } from '@droplock/core/order-of-service/read-drop-day'
import { limitsIn } from '@droplock/epp/profiles/registrar-config'
import { seededRandom } from '@droplock/rules/seeded-random'
import { databaseUrl, type Environment, readSettings } from '@droplock/settings/values'
import { z } from 'zod'
import { readEnvironment } from '../launch/launch-record.ts'
import type { Output } from '../launch/output.ts'
import { UsageError } from '../processes/arguments.ts'
import { waitUntil } from '../processes/wait-until.ts'
import type { Arguments } from './arguments.ts'
import { type Judged, judgeLeftOut, judgeName, type NameFate } from './judge.ts'
import { type Scratch, startScratch } from './scratch.ts'
import { armNames, orderNames } from './secure-names.ts'
import { type ShiftedDay, shiftDay } from './shift-day.ts'
import { oursAt, PERIOD_MS } from './simulated.ts'
import type { Rehearsal } from './write-report.ts'

export const schema = z.object({ DATABASE_URL: databaseUrl })

/** The live database: DATABASE_URL, or that of the `npm start` that runs in this checkout. Throws BadConfig, UsageError. */
export function readLiveUrl(
  environment: Environment,
  running: Environment | undefined = readEnvironment(),
): string {
  if (environment['DATABASE_URL'] !== undefined || running !== undefined)
    return readSettings('rehearse', schema, { ...running, ...environment }).DATABASE_URL
  throw new UsageError('rehearse: set DATABASE_URL, or run `npm start` beside it: neither is there')
}

/**
 * A catcher has its sessions and its contacts within this, or will never have them. Where a registry counts commands by the minute it waits for
 * one before its first login: a predecessor may have used it. Milliseconds.
 */
const CONNECTED_MS_MAX = 150_000

/** Before the first window: what is armed is read, and each name asked about, as in the minutes before a real one. Milliseconds. */
const LEAD_MS = 12_000
const LEAD_MS_MAX = 300_000

/** The simulator refuses a purge that is past by the time it is loaded. Milliseconds. */
const LOOK_MS = 500

/**
 * Rehearses the drops of a day: the real catcher against a simulated registry with the profile and the limits of the real one, in a
 * database of its own. Of the live database it reads once, and writes nothing. Throws Refusal('registry_not_found').
 */
export async function runRehearsal(
  liveUrl: string,
  args: Arguments,
  output: Output,
  stop: AbortSignal,
): Promise<Rehearsal> {
  const { registryId, day: on, minutes, paceScale, rivals, seed } = args
  const beganMs = performance.now()
  const day = await readLive(liveUrl, registryId, on)
  const random = seededRandom(seed)
  const shifted = shiftDay(day, { msMax: 60_000 * minutes, paceScale, random })
  const { rehearsed, cut, endMs } = shifted
  output.say(
    `${day.names.length} names of ${registryId}: ${rehearsed.length} are rehearsed, in ${Math.ceil(endMs / 1_000)} s`,
  )
  if (cut.length > 0)
    output.say(
      `${cut.length} names are cut, as the day does not fit into ${minutes} minutes (--minutes, --pace-scale)`,
    )
  const leftOut = new Map(day.names.map((name) => [name.listingId, judgeLeftOut(name)]))
  const ran = rehearsed.length === 0 ? nothing : await rehearse(day, shifted, args, output, stop)
  for (const judged of ran.judged) leftOut.set(judged.name.listingId, judged)
  const judged = day.names.flatMap(({ listingId }) => leftOut.get(listingId) ?? [])
  return {
    day,
    settings: { day: on, minutes, paceScale, rivals, seed },
    judged,
    violations: ran.violations,
    seconds: Math.round((performance.now() - beganMs) / 1_000),
  }
}

/** Reads the drops of a day from the live database, which is not written. Throws Refusal('registry_not_found'). */
export function readLive(url: string, registryId: string, day: string | undefined): Promise<DropDay> {
  const at = { url, applicationName: 'droplock-rehearse' }
  return readOnly(at, (tx) => readDropDay(tx, registryId, day, (...of) => limitsIn('drop', ...of)))
}

type Ran = { readonly judged: readonly Judged[]; readonly violations: number }
const nothing: Ran = { judged: [], violations: 0 }

async function rehearse(
  day: DropDay,
  shifted: ShiftedDay,
  args: Arguments,
  output: Output,
  stop: AbortSignal,
): Promise<Ran> {
  output.say('starting a database, the simulated registry and the catcher')
  await using scratch = await startScratch(day, args, output, stop)
  return await Promise.race([perform(scratch, day, shifted, output, stop), scratch.failed])
}

async function perform(
  scratch: Scratch,
  day: DropDay,
  shifted: ShiftedDay,
  { say }: Output,
  stop: AbortSignal,
): Promise<Ran> {
  const { ctx, registry } = scratch
  await orderNames(ctx, day, shifted)
  await scratch.startCatcher()
  await waitUntil('the catcher’s sessions', CONNECTED_MS_MAX, stop, () => isConnected(scratch))
  const startMs = 1_000 * Math.ceil((Date.now() + leadMsOf(day, shifted)) / 1_000)
  await registry.load(shifted, startMs)
  await armNames(ctx, shifted, startMs)
  say(`the first window begins in ${Math.round((startMs - Date.now()) / 1_000)} s`)
  const endMs = startMs + shifted.endMs + awardMsOf(shifted)
  while (Date.now() < endMs && !(await isDecided(scratch))) await wait(LOOK_MS, undefined, { signal: stop })
  const fates = await registry.fates()
  const ours = new Set(oursAt(day))
  const judged = shifted.rehearsed.map(({ name }) => judgeName(name, fates.get(name.name) ?? unknown, ours))
  return { judged, violations: await registry.violations(ours) }
}

const unknown: NameFate = { releasedMs: null, winner: null, creates: [] }

/** A catcher asks about each name before its window; a quarter of the rate is enough for that. */
function leadMsOf({ contracts }: DropDay, { rehearsed }: ShiftedDay): number {
  const perSecond = Math.max(1, ...contracts.map(({ commandsPerSecondMax = 5 }) => commandsPerSecondMax))
  return Math.min(LEAD_MS_MAX, LEAD_MS + (4_000 * rehearsed.length) / perSecond)
}

/** Applications are awarded when their period is over, and the message that says so is read some seconds later. */
function awardMsOf({ rehearsed }: ShiftedDay): number {
  return rehearsed.some(({ name }) => name.release === 'applications') ? PERIOD_MS + AWARD_MS : 0
}
const AWARD_MS = 15_000

/** Whether the catcher has sessions, and the contacts that creates need are made. */
async function isConnected({ ctx, registry }: Scratch): Promise<boolean> {
  if (!(await registry.isUsed())) return false
  const pending = await ctx.db
    .selectFrom('registry_contact')
    .select('contact_id')
    .where('state', '<>', 'created')
    .limit(1)
    .execute()
  return pending.length === 0
}

/** Whether nothing is left to wait for. */
async function isDecided({ ctx }: Scratch): Promise<boolean> {
  const undecided = await ctx.db
    .selectFrom('catch_target')
    .select('id')
    .where('decided_at', 'is', null)
    .limit(1)
    .execute()
  return undecided.length === 0
}
