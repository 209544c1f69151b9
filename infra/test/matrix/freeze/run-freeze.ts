import { setTimeout as delay } from 'node:timers/promises'
import type { TrustCell } from '@droplock/core/testing/trust-result'
import { z } from 'zod'
import { createsOf, judgeLeases } from '../../../../apps/catcher/test/matrix/dropday/judge-sending.ts'
import {
  type OwnPostgres,
  startOwnPostgres,
} from '../../../../apps/catcher/test/matrix/dropday/own-postgres.ts'
import {
  type LeaseSeen,
  type LeaseWatch,
  lastLease,
  watchLeases,
} from '../../../../apps/catcher/test/matrix/dropday/watch-leases.ts'
import { ACCOUNT } from '../../../../apps/catcher/test/support/testbed.ts'
import { type Injection, type Phase, runRound } from '../service/round.ts'
import { tellWrong } from '../service/tell-wrong.ts'
import { registryId, startWorld, type World } from '../service/world.ts'
import { freeze } from './freezer.ts'
import { startTwin } from './twins.ts'

/** What is stopped, and when: with nothing to do, or in the middle of a phase of a round. */
const momentsOf = {
  catcher: ['idle', 'drop'],
  worker: ['idle', 'list', 'order', 'drop'],
  gateway: ['idle', 'order'],
  database: ['idle', 'order', 'drop'],
  payments: ['idle', 'order', 'drop'],
  'registry-sim': ['idle', 'drop'],
  marketplace: ['idle', 'order'],
  'console-api': ['idle', 'order'],
} as const satisfies Readonly<Record<string, readonly ('idle' | Phase)[]>>

type Stopped = keyof typeof momentsOf

/** Of a catcher. A client of ours gives up sooner. Milliseconds. */
export const LEASE_MS = 6_000
export const leaseSettings = {
  DROPLOCK_LEASE_MS: String(LEASE_MS),
  DROPLOCK_LEASE_RENEW_MS: '500',
  DROPLOCK_LEASE_MARGIN_MS: '600',
}

/** Shorter than every limit, within the lease, and longer than it. Milliseconds. */
const lengthsMs = [9_000, 1_000, 5_000] as const

export type Cell = {
  readonly stopped: Stopped
  readonly moment: 'idle' | Phase
  readonly ms: number
}

/** Ordered so that the first of them, and any number of them, have some of everything. */
const allCells: readonly Cell[] = lengthsMs.flatMap((ms) =>
  (['drop', 'order', 'list', 'idle'] as const).flatMap((moment) =>
    (Object.keys(momentsOf) as readonly Stopped[])
      .filter((stopped) => (momentsOf[stopped] as readonly string[]).includes(moment))
      .map((stopped) => ({ stopped, moment, ms })),
  ),
)

/** So many cells, from one that the seed says on. */
export function drawCells(count: number, seed: number): readonly Cell[] {
  const step = count >= allCells.length ? 1 : 7
  return Array.from({ length: Math.min(count, allCells.length) }, (_, index) => {
    const cell = allCells[(seed - 1 + index * step) % allCells.length]
    if (cell === undefined) throw new Error('there are no cells')
    return cell
  })
}

export function cellsWith(text: string): readonly Cell[] {
  return allCells.filter((cell) => wordsOf(cell).includes(text))
}

export type Tried = TrustCell & { readonly tookMs: number; readonly statuses: string }

export const wordsOf = ({ stopped, moment, ms }: Cell) => `${stopped} stopped for ${ms / 1_000} s, ${moment}`

/** Tries each cell on one running service with two workers and two catchers, one after the other. */
export async function runFreeze(
  cells: readonly Cell[],
  onTried: (tried: Tried) => void,
): Promise<readonly Tried[]> {
  await using cleanup = new AsyncDisposableStack()
  const postgres = await startOwnPostgres(`freeze_${process.pid}`)
  cleanup.defer(() => postgres.stop())
  const world = await startWorld({ template: postgres.template, settings: { catcher: leaseSettings } })
  cleanup.use(world)
  const leases = watchLeases(world, LEASE_MS)
  cleanup.defer(() => leases.stop())
  // The only catcher so far.
  await leases.look()
  const first = lastLease(leases, ACCOUNT)?.owner
  await startTwin(world, 'worker', {}, cleanup)
  const twin = await startTwin(world, 'catcher', {}, cleanup)
  const holder = () => {
    const isFirst = lastLease(leases, ACCOUNT)?.owner === first
    return isFirst ? world.environment.pidOf('catcher') : (twin.pid ?? 0)
  }
  const results: Tried[] = []
  for (const [number, cell] of cells.entries()) {
    const tried = await tryCell({ world, postgres, leases, holder }, cell, number)
    results.push(tried)
    onTried(tried)
    tellWrong(console.log, wordsOf(cell), tried.violations, world.said())
  }
  return results
}

type Stage = {
  readonly world: World
  readonly postgres: OwnPostgres
  readonly leases: LeaseWatch
  /** The process of the catcher that has the lease. */
  readonly holder: () => number
}

async function tryCell(stage: Stage, cell: Cell, number: number): Promise<Tried> {
  const { world, leases } = stage
  const stops: Stop[] = []
  const stopIt = () => stopProcess(stage, cell.stopped, stops)
  if (cell.moment === 'idle') {
    const thaw = stopIt()
    await delay(cell.ms)
    thaw()
  }
  const injection: Injection = {
    phases: cell.moment === 'idle' ? [] : [cell.moment],
    lastsMs: cell.ms,
    stopsServers: true,
    inject: async () => {
      const thaw = stopIt()
      return async () => thaw()
    },
  }
  const { wrong, statuses, tookMs } = await runRound(world, { number, injection })
  return {
    fault: `${cell.stopped} stopped for ${cell.ms / 1_000} s`,
    step: cell.moment,
    runs: 1,
    violations: [...wrong, ...(await judgeStops(world, leases, stops, number))],
    tookMs: Math.round(tookMs),
    statuses: [...statuses].map(([status, times]) => `${status}×${times}`).join(' '),
  }
}

/** A process that was stopped; of a catcher, the lease that it had. */
export type Stop = { readonly atMs: number; awayMs: number; readonly lease: LeaseSeen | undefined }

/** Stops it. Of two catchers, the one that holds the lease is stopped. */
function stopProcess(
  { world, postgres, leases, holder }: Stage,
  stopped: Stopped,
  stops: Stop[],
): () => void {
  if (stopped === 'database') {
    postgres.freeze()
    return postgres.thaw
  }
  const isCatcher = stopped === 'catcher'
  const stop: Stop = {
    atMs: Date.now(),
    awayMs: 0,
    lease: isCatcher ? lastLease(leases, ACCOUNT) : undefined,
  }
  stops.push(stop)
  const thaw = freeze([isCatcher ? holder() : world.environment.pidOf(stopped)])
  return () => {
    stop.awayMs = Date.now() - stop.atMs
    thaw()
  }
}

const arrival = z.object({ at: z.string(), clID: z.string(), clTRID: z.string().optional() })
const truth = z.object({ name: z.string(), arrivals: z.array(arrival) })

/** Creates of a round that were sent without the lease, by the record of the registry. */
export async function judgeStops(
  world: World,
  leases: LeaseWatch,
  stops: readonly Stop[],
  number: number,
): Promise<readonly string[]> {
  const response = await fetch(`${world.environment.urlOf('registry-sim')}/registries/${registryId}/truth`)
  const truths = (await response.text())
    .trim()
    .split('\n')
    .map((line) => truth.parse(JSON.parse(line)))
  const creates = createsOf(truths.filter(({ name }) => name.startsWith(`round-${number}-`)))
  const seen = leases.seen()
  const nothing = { atMs: 0, awayMs: 0, lease: undefined }
  return (stops.length === 0 ? [nothing] : stops).flatMap(({ atMs, awayMs, lease }) => {
    // As it ended: it was renewed where the process continued in time.
    const ended = seen.find(({ epoch }) => epoch === lease?.epoch)
    const isTakenOver = ended === undefined || seen.some(({ epoch }) => epoch > ended.epoch)
    return [
      ...judgeLeases(creates, seen, { atMs, awayMs, ...(ended && { ended }) }).wrong,
      ...(isTakenOver || awayMs < LEASE_MS ? [] : ['nobody took over']),
    ]
  })
}
