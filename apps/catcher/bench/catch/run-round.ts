import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Context } from '@droplock/core/context'
import { announce, arm, registryNowMs, secureNames } from './arrange.ts'
import { type Lane, type LanePlan, startCatcher, startLane, startRivals } from './lane.ts'
import { measure, type Result, readUse, type Sample } from './measure.ts'
import { makeProcesses } from './processes.ts'
import { measureRoundTrip } from './round-trip.ts'
import { lastsMs } from './scenarios.ts'

/** Before the drop, beside the time by which rivals start early: they have read the list by then. */
const LEAD_MS = 3_000
const CONNECTED_MS_MAX = 60_000
/** After the last possible release: answers are on their way. */
const TAIL_MS = 1_500
const SAMPLE_MS = 200
/** How long before the first window the round trip is measured. */
const CALIBRATE_MS = 5_000

export type Round = {
  readonly lanes: readonly LanePlan[]
  readonly databaseUrl: string
  /** How long before the announced time rivals start. */
  readonly earlyMs: number
}

/** Runs some lanes beside each other, each with processes of its own, until their names have dropped. All processes end with it. */
export async function runRound(ctx: Context, round: Round): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-catch-'))
  const processes = makeProcesses()
  try {
    const lanes = await Promise.all(
      round.lanes.map((plan, index) => startLane(processes, plan, join(folder, `sim-${index}`))),
    )
    for (const lane of lanes) startRivals(processes, lane, round.earlyMs)
    const caught = lanes.filter(({ sender }) => sender === 'catcher')
    for (const lane of caught) await secureNames(ctx, lane)
    for (const lane of caught) startCatcher(processes, lane, round.databaseUrl, folder)
    await Promise.all(caught.map(isConnected))
    const startMs = Math.ceil((registryNowMs() + LEAD_MS + round.earlyMs) / 1_000) * 1_000
    await Promise.all(lanes.map((lane) => announce(lane, startMs)))
    let fromMs = startMs
    for (const lane of caught) fromMs = Math.min(fromMs, await arm(ctx, lane, startMs))
    return await Promise.all(lanes.map((lane) => follow(lane, fromMs, startMs)))
  } finally {
    await processes.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Waits until the catcher has sessions. Rejects after a minute. */
async function isConnected(lane: Lane): Promise<void> {
  const untilMs = performance.now() + CONNECTED_MS_MAX
  while ((await readUse(lane)).commands === 0) {
    if (performance.now() > untilMs) throw new Error(`the catcher did not connect to ${lane.id}`)
    await delay(SAMPLE_MS)
  }
}

/** Reads the use of our account until the lane's last name has dropped, and measures. */
async function follow(lane: Lane, fromMs: number, startMs: number): Promise<Result> {
  const samples: Sample[] = []
  const endMs = startMs + lastsMs(lane.scenario) + TAIL_MS
  await delay(Math.max(0, fromMs - registryNowMs() - CALIBRATE_MS))
  const roundTripMs = await measureRoundTrip(lane)
  await delay(Math.max(0, fromMs - registryNowMs() - 2 * SAMPLE_MS))
  while (registryNowMs() < endMs) {
    samples.push({ atMs: registryNowMs(), ...(await readUse(lane)) })
    await delay(SAMPLE_MS)
  }
  return measure(lane, { samples, fromMs, roundTripMs })
}
