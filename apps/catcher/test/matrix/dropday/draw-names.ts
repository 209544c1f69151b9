import { between, stream } from '../../../../registry-sim/src/random.ts'
import { SECOND } from '../../support/second-account.ts'
import type { DroppingName } from '../../support/testbed.ts'
import { type Trial, wordsOf } from './trial.ts'

export type BurstName = DroppingName & {
  readonly payment: 'balance' | 'card'
  /** Milliseconds after the burst's start. In a batch the registry decides. */
  readonly releasedAfterMs: number
}

export type Burst = {
  readonly names: readonly BurstName[]
  readonly paceMs: number
  readonly lastsMs: number
}

/** The kinds of names, in parts. */
const kinds = {
  free: 11,
  /** A rival is a millisecond or a few later than the release. */
  lost: 5,
  /** A rival comes seconds later: whoever was away too long loses the name. */
  lost_later: 2,
  unreleased: 1,
  withdrawn: 1,
  refused: 1,
  premium: 1,
} as const

type Kind = keyof typeof kinds

/** A burst lasts as long as a fault needs, also where names are few. */
const PACE_MS = 60
const LASTS_MS_MIN = 4_000

/** All names of a settling run are released within this. */
const SETTLING_LASTS_MS = 500

const RIVAL_MS_MAX = 3
const LATER_MS = { min: 1_000, max: 12_000 } as const

const CARD_SHARE = 0.25

/** Prior registrations of our own accounts are the hard case: `info` shows our client id before the drop too. */
const OWN_PRIOR_SHARE = 0.2

export function drawBurst(trial: Trial): Burst {
  const random = stream(trial.seed, ...wordsOf(trial), 'names')
  const isSettling = trial.fault === 'kill9_settling'
  const lastsMs = isSettling ? SETTLING_LASTS_MS : Math.max(LASTS_MS_MIN, PACE_MS * trial.names)
  const paceMs = Math.max(1, Math.floor(lastsMs / trial.names))
  const names = Array.from({ length: trial.names }, (_, index): BurstName => {
    const kind = drawKind(random, isSettling)
    const isOwn = random() < OWN_PRIOR_SHARE
    return {
      name: `${kind.replaceAll('_', '-')}-${index}.test`,
      priorClid: isOwn ? (random() < 0.5 ? 'droplock' : SECOND.clid) : 'registrar-12',
      ...endingOf(kind, random),
      payment: random() < CARD_SHARE ? 'card' : 'balance',
      releasedAfterMs: index * paceMs,
    }
  })
  return { names, paceMs, lastsMs: paceMs * trial.names }
}

function drawKind(random: () => number, isSettling: boolean): Kind {
  if (isSettling) return random() < 0.6 ? 'free' : 'lost'
  const parts = Object.entries(kinds) as readonly (readonly [Kind, number])[]
  let left = random() * parts.reduce((sum, [, part]) => sum + part, 0)
  for (const [kind, part] of parts) {
    left -= part
    if (left < 0) return kind
  }
  return 'free'
}

function endingOf(kind: Kind, random: () => number): Pick<DroppingName, 'kind' | 'rivals'> {
  switch (kind) {
    case 'free':
      return { kind: 'normal', rivals: [] }
    case 'lost':
      return { kind: 'normal', rivals: [{ clid: 'rival-a', delayMs: between(random, 1, RIVAL_MS_MAX) }] }
    case 'lost_later':
      return {
        kind: 'normal',
        rivals: [{ clid: 'rival-b', delayMs: between(random, LATER_MS.min, LATER_MS.max) }],
      }
    case 'unreleased':
    case 'withdrawn':
    case 'refused':
    case 'premium':
      return { kind, rivals: [] }
  }
}
