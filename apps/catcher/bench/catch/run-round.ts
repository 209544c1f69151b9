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

/** Lanes whose names all drop at once do so after one another: together they would show how fast this machine is. Milliseconds. */
const APART_MS = 3_000

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
    const timed = lanes.map((lane, index) => ({
      lane,
      startMs: startMs + (lane.scenario.paceMs === 0 ? index * APART_MS : 0),
    }))
    await Promise.all(timed.map((each) => announce(each.lane, each.startMs)))
    const fromMs = new Map<Lane, number>()
    for (const each of timed)
      if (caught.includes(each.lane)) fromMs.set(each.lane, await arm(ctx, each.lane, each.startMs))
    return await Promise.all(
      timed.map((each) => follow(each.lane, fromMs.get(each.lane) ?? each.startMs, each.startMs)),
    )
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
