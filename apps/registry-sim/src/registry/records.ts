/** What the registry knows of a name, and what only the simulator's truth knows. Times are epoch ms, registry clock. */

/** What will come of a dropping name; a client can learn it only by trying. */
export type Kind = 'normal' | 'premium' | 'withdrawn' | 'unreleased' | 'refused'

export type Registration = {
  readonly roid: string
  readonly clID: string
  readonly crDateMs: number
  readonly exDateMs: number
  readonly upDateMs?: number
  readonly registrant?: string
  readonly nameServers: readonly string[]
  readonly authInfo: string
}

export type FaultKind = 'cut_before_commit' | 'cut_after_commit'

/** One create that reached the registry. `code` is absent when a fault cut it before anything was decided. */
export type Arrival = {
  readonly atMs: number
  readonly clID: string
  readonly clTRID?: string
  readonly svTRID: string
  readonly code?: number
  readonly fault?: FaultKind
}

/** `pending` (EPP pendingDelete) → `free` | `restored`; `free` → `registered`. */
export type Stage = 'pending' | 'free' | 'registered' | 'restored'

/** A rival's attempt at one name, `delayMs` after its purge. */
export type RivalMove = { readonly clid: string; readonly delayMs: number }

/** How this one name's end is fixed beforehand; everything absent is drawn. */
export type Ending = {
  readonly rivals?: readonly RivalMove[] | undefined
  readonly restoreAtMs?: number | undefined
}

/** One life of a name: from the pending deletion, or from a plain registration, to what came of it. */
export type NameRecord = {
  readonly name: string
  readonly kind: Kind
  readonly prior: Registration | undefined
  stage: Stage
  registration: Registration | undefined
  /** What the drop list says. In a daily registry the same for the whole batch. */
  listedPurgeAtMs: number | undefined
  releasedAtMs: number | undefined
  restoredAtMs: number | undefined
  winner: Registration | undefined
  readonly arrivals: Arrival[]
  arrivalsDropped: number
}

export function makeRecord(name: string, kind: Kind, prior: Registration | undefined): NameRecord {
  return {
    name,
    kind,
    prior,
    stage: prior === undefined ? 'free' : 'pending',
    registration: prior,
    listedPurgeAtMs: undefined,
    releasedAtMs: undefined,
    restoredAtMs: undefined,
    winner: undefined,
    arrivals: [],
    arrivalsDropped: 0,
  }
}
