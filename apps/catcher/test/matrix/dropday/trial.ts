import { between, stream } from '../../../../registry-sim/src/random.ts'

/** What goes wrong in the middle of the burst, and in which ways. The runs of a fault take turns with its variants. */
export const faults = {
  /** `kill -9` of the catcher that holds the lease: a standby takes over, or another process is started in its place. */
  kill9: ['standby', 'restarted'],
  /** The same while more than 200 names are decided within a second or two, and their outcomes are written in large batches. */
  kill9_settling: ['standby'],
  /** SIGSTOP past the lease, SIGCONT later. The sessions of the stopped process stay open: the account has others free, or none. */
  sigstop: ['sessions_free', 'no_session_free'],
  /** PostgreSQL ends at once and is started again, or it is frozen, with all its connections open. */
  database_1s: ['crash', 'freeze'],
  database_10s: ['freeze', 'crash'],
  /** The journal's disk is full, or its folder is gone. */
  journal_lost: ['full_then_kill', 'full', 'gone_then_kill', 'gone'],
  /** The registry locks one of two accounts: with the answers 2501 or 2502 to its sessions, and one process for both accounts or two. */
  account_locked: ['2501_two_processes', '2502_two_processes', '2501_one_process', '2502_one_process'],
} as const

export type Fault = keyof typeof faults

type Variant = (typeof faults)[Fault][number]

export const allFaults = Object.keys(faults) as readonly Fault[]

/**
 * How names are released, in turns: each at a time of its own; in a batch, whose order and pace the catcher learns; or each at a time of
 * its own from which on creates are applications, whose award comes by a message.
 */
const releases = ['exact', 'daily', 'exact', 'daily', 'applications'] as const

/** Whether another process is started in the place of a killed one, on the same disk, instead of a standby. */
export function isRestarted(variant: Variant): boolean {
  return variant === 'restarted' || variant === 'full_then_kill'
}

/** How many processes a fault ends by SIGKILL or stops by SIGSTOP. */
export function signalsIn({ fault, variant }: Pick<Trial, 'fault' | 'variant'>): number {
  const isByFault = fault === 'kill9' || fault === 'kill9_settling' || fault === 'sigstop'
  return isByFault || variant === 'freeze' || variant.endsWith('then_kill') ? 1 : 0
}

export type Trial = {
  readonly fault: Fault
  readonly variant: Variant
  readonly run: number
  readonly seed: number
  readonly release: (typeof releases)[number]
  readonly names: number
  /** When the fault happens: the part of the time between our first create and the last release, or of the outcomes. */
  readonly part: number
}

/** The sizes of bursts: a share of the runs is part of every `npm test`. */
export const sizes = {
  whole: { namesMin: 60, namesMax: 150 },
  share: { namesMin: 40, namesMax: 40 },
} as const

export type Size = keyof typeof sizes

/** More names than a second's outcomes are written in. */
const SETTLING_NAMES = 220

/** The runs of a fault. The same seed draws the same trial. */
export function drawTrial(fault: Fault, run: number, seed: number, size: Size): Trial {
  const variants = faults[fault]
  const random = stream(seed, 'dropday', fault, String(run))
  const { namesMin, namesMax } = sizes[size]
  const turn = run + Math.floor(run / variants.length)
  const isSettling = fault === 'kill9_settling'
  return {
    fault,
    variant: variants[run % variants.length] ?? variants[0],
    run,
    seed,
    release: isSettling ? 'exact' : (releases[turn % releases.length] ?? 'exact'),
    names: isSettling ? SETTLING_NAMES : between(random, namesMin, namesMax),
    part: between(random, 10, 80) / 100,
  }
}

/** The seed of everything that is drawn in a trial. */
export function wordsOf({ fault, run }: Trial): readonly [string, string, string] {
  return ['dropday', fault, String(run)]
}
