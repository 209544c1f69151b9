import type { TrustCell } from '@droplock/core/testing/trust-result'
import { createServers } from './own-postgres.ts'
import { runTrial, type TrialResult } from './run-trial.ts'
import { allFaults, drawTrial, type Fault, type Size } from './trial.ts'

export type DropdayOptions = {
  readonly faults: readonly Fault[]
  /** Of each fault. */
  readonly runs: number
  readonly seed: number
  /** Trials that run side by side, each with its own database, registry and catchers. They mostly wait for leases and windows. */
  readonly lanes: number
  readonly size: Size
}

/** A trial that waits for a minute begins first, so that the lanes end together. */
const slowest: ReadonlySet<Fault> = new Set(['account_locked', 'sigstop', 'database_10s'])

/** Runs all trials in lanes, and calls `done` with each as it ends. */
export async function runDropday(
  { faults, runs, seed, lanes, size }: DropdayOptions,
  done: (result: TrialResult) => void,
): Promise<readonly TrialResult[]> {
  const ranked = allFaults
    .filter((fault) => faults.includes(fault))
    .toSorted((one, other) => Number(slowest.has(other)) - Number(slowest.has(one)))
  // A share has one run of each fault: each another one, so that every kind of release meets a fault.
  const firstRun = (fault: Fault) => (size === 'share' ? allFaults.indexOf(fault) : 0)
  const trials = Array.from({ length: runs }, (_, run) =>
    ranked.map((fault) => drawTrial(fault, firstRun(fault) + run, seed, size)),
  ).flat()
  const servers = createServers()
  const results: TrialResult[] = []
  const runLane = async () => {
    for (let trial = trials.shift(); trial !== undefined; trial = trials.shift()) {
      const result = await runTrial(trial, servers)
      results.push(result)
      done(result)
    }
  }
  try {
    await Promise.all(Array.from({ length: lanes }, runLane))
  } finally {
    await servers.stop()
  }
  return results
}

type Summary = {
  readonly fault: Fault
  readonly runs: number
  readonly wrong: number
  readonly names: number
  readonly takeoverMs: string
  readonly refusedLogins: number
}

/** A line for each fault. */
export function summarise(results: readonly TrialResult[]): readonly Summary[] {
  return allFaults
    .map((fault) => ({ fault, of: results.filter((result) => result.fault === fault) }))
    .filter(({ of }) => of.length > 0)
    .map(({ fault, of }) => ({
      fault,
      runs: of.length,
      wrong: of.filter(({ wrong }) => wrong.length > 0).length,
      names: of.reduce((sum, { moment }) => sum + (moment?.of ?? 0), 0),
      takeoverMs: spread(of.flatMap(({ sending }) => sending?.takeoverMs ?? [])),
      refusedLogins: of.reduce((sum, { sending }) => sum + (sending?.refusedLogins ?? 0), 0),
    }))
}

/** The median and the largest. */
function spread(figures: readonly number[]): string {
  const sorted = figures.toSorted((one, other) => one - other)
  const middle = sorted[Math.floor(sorted.length / 2)]
  return middle === undefined ? '' : `${middle} (at most ${sorted.at(-1)})`
}

/** A cell for each variant of a fault that was tried. */
export function cellsOf(results: readonly TrialResult[]): readonly TrustCell[] {
  const variants = new Map(results.map(({ fault, variant }) => [`${fault} ${variant}`, { fault, variant }]))
  return [...variants.values()].toSorted(byFault).map(({ fault, variant }) => {
    const of = results.filter((result) => result.fault === fault && result.variant === variant)
    return {
      fault,
      step: variant,
      runs: of.length,
      violations: of.flatMap(({ wrong, run }) => wrong.map((what) => `run ${run}: ${what}`)),
    }
  })
}

function byFault(one: { readonly fault: Fault }, other: { readonly fault: Fault }): number {
  return allFaults.indexOf(one.fault) - allFaults.indexOf(other.fault)
}
