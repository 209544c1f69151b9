/** What the registry knows of a name, and what only the simulator's truth knows. Times are epoch ms, registry clock. */

/** What will happen to a dropping name. A client can find out only by trying. */
export type Kind = 'normal' | 'premium' | 'withdrawn' | 'unreleased' | 'refused'

/** The parts of a domain object that a create sets and a registrar can change. */
export type Details = {
  readonly registrant?: string | undefined
  readonly contacts: readonly DomainContact[]
  readonly nameServers: readonly NameServer[]
  readonly authInfo: string
  /** Statuses a client set; the server's own are derived. */
  readonly statuses: readonly string[]
  readonly delegation?: Delegation | undefined
}

export type DomainContact = { readonly type: string; readonly id: string }
export type NameServer = { readonly name: string; readonly addresses: readonly Address[] }
export type Address = { readonly ip: 'v4' | 'v6'; readonly text: string }

/** DNSSEC (RFC 5910), the DS interface. */
export type Delegation = { readonly maxSigLife?: number | undefined; readonly ds: readonly DsRecord[] }
export type DsRecord = {
  readonly keyTag: number
  readonly alg: number
  readonly digestType: number
  readonly digest: string
}

export type Registration = Details & {
  readonly roid: string
  readonly clID: string
  readonly crDateMs: number
  readonly exDateMs: number
  readonly upDateMs?: number
  /** When the registrar last renewed it, and when the registry last did by itself. Forgotten when it is deleted. */
  readonly renewedAtMs?: number | undefined
  readonly autoRenewedAtMs?: number | undefined
}

/** An application for a name (Dropzone), with everything that a registration needs. */
export type Application = {
  readonly atMs: number
  readonly clID: string
  readonly clTRID: string | undefined
  readonly svTRID: string
  readonly years: number
  readonly details: Details
  readonly feeMinor: number
}

/** A service message (RFC 5730 §2.9.2.3). `resData` is XML. */
export type Message = {
  readonly id: string
  readonly atMs: number
  readonly text: string
  readonly resData: string | undefined
}

/** Money between a registrar and the registry, minor units. A debit is positive, a credit negative. */
export type Entry = {
  readonly atMs: number
  readonly clid: string
  readonly operation: Operation
  readonly name: string
  readonly years: number
  readonly minor: number
  readonly svTRID: string
  /** `standard`, or the premium tier. */
  readonly class: string
}

export const operations = [
  'create',
  'award',
  'renew',
  'autorenew',
  'restore',
  'delete_in_add_period',
  'delete_in_auto_renew_period',
] as const

export type Operation = (typeof operations)[number]

/** One create that reached the registry. `code` is absent when a fault cut it before anything was decided. */
export type Arrival = {
  readonly atMs: number
  readonly clID: string
  readonly clTRID?: string
  readonly svTRID: string
  readonly code?: number
  readonly fault?: string
}

/** `pending` (EPP pendingDelete) → `free` | `restored`; `free` → `registered`, and `restored` when pulled from the drop. */
type Stage = 'pending' | 'free' | 'registered' | 'restored'

/** A rival's attempt at one name, `delayMs` after its purge. */
export type RivalMove = { readonly clid: string; readonly delayMs: number }

/** What is fixed in advance about the end of one name. Everything absent is drawn. */
export type Ending = {
  readonly rivals?: readonly RivalMove[] | undefined
  readonly restoreAtMs?: number | undefined
}

/** One life of a name: from the pending deletion, or from a plain registration, to its result. */
export type NameRecord = {
  readonly name: string
  readonly kind: Kind
  /** The premium tier, where the registry has tiers and the name is premium. */
  readonly tier: string | undefined
  readonly prior: Registration | undefined
  stage: Stage
  registration: Registration | undefined
  /** What the drop list says. In a daily registry the same for the whole batch. */
  listedPurgeAtMs: number | undefined
  releasedAtMs: number | undefined
  restoredAtMs: number | undefined
  winner: Registration | undefined
  /** Earliest first. The award goes to the first, when the period ends. */
  readonly applications: Application[]
  /** While creates are applications: the end of the period. */
  awardAtMs: number | undefined
  readonly arrivals: Arrival[]
  arrivalsDropped: number
}

export function makeRecord(
  name: string,
  kind: Kind,
  prior: Registration | undefined,
  tier?: string | undefined,
): NameRecord {
  return {
    name,
    kind,
    tier,
    prior,
    stage: prior === undefined ? 'free' : 'pending',
    registration: prior,
    listedPurgeAtMs: undefined,
    releasedAtMs: undefined,
    restoredAtMs: undefined,
    winner: undefined,
    applications: [],
    awardAtMs: undefined,
    arrivals: [],
    arrivalsDropped: 0,
  }
}
