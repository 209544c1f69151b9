import type { Release } from '../schedule/release.ts'
import {
  type CatchLimits,
  createsPerSecond,
  type Rate,
  Seconds,
  soonestSeconds,
  triesPerSecond,
} from './capacity.ts'
import {
  findCautions,
  findObstacle,
  type ObstacleFacts,
  type ServiceAccount,
  type ServiceRegistry,
} from './obstacles.ts'
import { byOrderOfService } from './outcome.ts'
import { servedMax } from './service.ts'
import type { ServiceBasis, ServiceCaution, UnservedReason } from './unserved.ts'

/** A name with a paid order whose create is still to be sent. */
export type AwaitingName = ObstacleFacts & {
  readonly listingId: string
  readonly orderedAt: Date
  readonly release: Release
  /** Whether `info` showed what the registry may order its batch by; `unknown` before it was asked. */
  readonly orderKey: 'unknown' | 'shown' | 'hidden'
}

/** What can be expected for a name. Rule 23, ADR 36. */
export type Expectation = {
  /** In the order of service of the whole list, from 1. */
  readonly position: number
  readonly basis: ServiceBasis
  /** Names of ours that are tried in the same second, batch or window, this one included, and its place among them, from 1. */
  readonly sharing: number
  readonly place: number
  /** How many of those the limits serve. */
  readonly capacity: number
  /** Creates that it can expect while a create could be the first. 0 where it is not served. */
  readonly creates: number
  /** Whole seconds after that of its release in which its first create is expected; null where that is not known. */
  readonly lateSeconds: number | null
  /** Undefined: it is served. */
  readonly reason: UnservedReason | undefined
  readonly cautions: readonly ServiceCaution[]
}

/**
 * Expects which names the limits of our accounts serve, as things are. Pure. Returns the names in the order of service.
 *
 * - Released at a known instant: served where its first create is sent within the second of its release; at a server that opens then,
 *   within the second after everybody's logins.
 * - In a batch whose order is shown: served where the rate allows at least one create for it.
 * - Anything else: served where it is among the names that take turns together (`servedMax`).
 *
 * A name that cannot be created at all takes no place of another. A later order never takes the place of an earlier one.
 */
export function expectService<Name extends AwaitingName>(
  names: readonly Name[],
  registry: ServiceRegistry,
): (Name & Expectation)[] {
  const active = registry.accounts.filter(({ obstacles }) =>
    obstacles.every(({ zones }) => zones !== undefined),
  )
  const budget = new Budget(active)
  const ordered = names.toSorted(byOrderOfService).map((name) => {
    const reason = findObstacle(name, registry) ?? (budget.take(name) ? undefined : 'create_budget')
    return { name, reason }
  })
  const creatable = ordered.flatMap(({ name, reason }) => (reason === undefined ? [name] : []))
  const instants = new Instants(active, creatable)
  const windows = new Windows(active, creatable)
  return ordered.map(({ name, reason }, index) => {
    const basis = basisOf(name)
    const common = { ...name, position: index + 1, basis }
    const cautions = findCautions(name, registry)
    if (reason !== undefined) return { ...common, ...none, reason, cautions }
    const { expected, isServed, isUnconfirmed } =
      basis === 'known_instant' ? instants.expect(name) : windows.expect(name, basis)
    return {
      ...common,
      ...expected,
      reason: isServed ? undefined : 'capacity',
      cautions: isUnconfirmed ? [...cautions, 'order_unconfirmed'] : cautions,
    }
  })
}

const none = { sharing: 0, place: 0, capacity: 0, creates: 0, lateSeconds: null } as const

type Expected = {
  readonly isServed: boolean
  readonly isUnconfirmed: boolean
  readonly expected: Pick<Expectation, 'sharing' | 'place' | 'capacity' | 'creates' | 'lateSeconds'>
}

function basisOf({ releaseAt, release, orderKey }: AwaitingName): ServiceBasis {
  if (releaseAt !== null) return 'known_instant'
  if (release !== 'daily_batch' || orderKey === 'hidden') return 'turns'
  return orderKey === 'shown' ? 'order_shown' : 'order_expected'
}

const secondOf = (at: Date) => Math.floor(at.getTime() / 1_000)

/** Names that are released at known instants. */
class Instants {
  readonly #seconds: Seconds
  readonly #sharing = new Map<number, number>()
  readonly #places = new Map<number, number>()

  constructor(accounts: readonly ServiceAccount[], names: readonly AwaitingName[]) {
    this.#seconds = new Seconds(accounts.map(rateOf))
    for (const name of names) if (name.releaseAt !== null) increase(this.#sharing, secondOf(name.releaseAt))
  }

  expect({ releaseAt, dropFrom, release }: AwaitingName): Expected {
    const second = secondOf(releaseAt ?? dropFrom)
    const soonest = second + soonestSeconds(release)
    const place = increase(this.#places, second)
    const sent = this.#seconds.take(soonest)
    const isServed = sent === soonest
    const expected = {
      sharing: this.#sharing.get(second) ?? place,
      place,
      capacity: this.#seconds.roomOf(soonest),
      creates: isServed ? 1 : 0,
      lateSeconds: sent === undefined ? null : sent - second,
    }
    return { isServed, isUnconfirmed: false, expected }
  }
}

function increase<Key>(counts: Map<Key, number>, key: Key): number {
  const count = (counts.get(key) ?? 0) + 1
  counts.set(key, count)
  return count
}

function rateOf({ limits, passwordExpiresAt, certificateExpiresAt }: ServiceAccount): Rate {
  const ends = [passwordExpiresAt, certificateExpiresAt].map((at) => at?.getTime() ?? Infinity)
  return {
    perSecond: createsPerSecond(limits),
    perMinute: limits.commandsPerMinuteMax ?? Infinity,
    untilMs: Math.min(...ends),
  }
}

/** Names that may be released at any moment of a window. */
class Windows {
  readonly #limits: readonly CatchLimits[]
  readonly #all: Overlaps
  readonly #before: Overlaps
  readonly #tries: number
  readonly #turns: number

  constructor(accounts: readonly ServiceAccount[], names: readonly AwaitingName[]) {
    this.#limits = accounts.map(({ limits }) => limits)
    this.#tries = this.#limits.reduce((sum, limits) => sum + triesPerSecond(limits), 0)
    // Each account tries the same first names.
    this.#turns = Math.max(
      0,
      ...this.#limits.map(({ commandsPerSecondMax }) => servedMax(commandsPerSecondMax)),
    )
    const windows = names.filter(({ releaseAt }) => releaseAt === null)
    this.#all = new Overlaps(windows)
    this.#before = new Overlaps(windows)
    for (const window of windows) this.#all.add(window)
  }

  expect(name: AwaitingName, basis: ServiceBasis): Expected {
    this.#before.add(name)
    const place = this.#before.countOf(name)
    const sharing = this.#all.countOf(name)
    const seconds = Math.max(1, (name.dropTo.getTime() - name.dropFrom.getTime()) / 1_000)
    const isOrdered = basis !== 'turns'
    const capacity = isOrdered ? Math.max(this.#turns, Math.floor(this.#tries * seconds)) : this.#turns
    const isServed = place <= capacity
    const shared = isOrdered ? sharing : Math.min(sharing, this.#turns)
    const each = Math.min(this.#most(seconds), (this.#tries * seconds) / Math.max(1, shared))
    const creates = isServed ? Math.max(1, Math.floor(each)) : 0
    const expected = { sharing, place, capacity, creates, lateSeconds: null }
    return { isServed, isUnconfirmed: isOrdered && place > this.#turns, expected }
  }

  /** As many creates of one name as the gap between two of an account allows. */
  #most(seconds: number): number {
    const each = this.#limits.map(({ nameGapMs = 0 }) =>
      nameGapMs === 0 ? Infinity : (1_000 * seconds) / nameGapMs,
    )
    return each.reduce((sum, most) => sum + most, 0)
  }
}

type Window = { readonly dropFrom: Date; readonly dropTo: Date }

/** Counts names by their windows, which are known beforehand: a day may have thousands of different ones. */
class Overlaps {
  readonly #starts: Counts
  readonly #ends: Counts

  constructor(windows: readonly Window[]) {
    this.#starts = new Counts(windows.map(({ dropFrom }) => dropFrom.getTime()))
    this.#ends = new Counts(windows.map(({ dropTo }) => dropTo.getTime()))
  }

  add({ dropFrom, dropTo }: Window): void {
    this.#starts.add(dropFrom.getTime())
    this.#ends.add(dropTo.getTime())
  }

  /** How many have a window that overlaps with this one, both ends included: those that have begun by its end and not ended before it. */
  countOf({ dropFrom, dropTo }: Window): number {
    return this.#starts.countBelow(dropTo.getTime() + 1) - this.#ends.countBelow(dropFrom.getTime())
  }
}

/** How many of the integers that were added are below another. A Fenwick tree: both take as many steps as the values have binary digits. */
class Counts {
  readonly #values: readonly number[]
  readonly #sums: number[]

  constructor(values: readonly number[]) {
    this.#values = [...new Set(values)].toSorted((a, b) => a - b)
    this.#sums = Array.from({ length: this.#values.length + 1 }, () => 0)
  }

  add(value: number): void {
    for (let at = this.#below(value) + 1; at < this.#sums.length; at += at & -at)
      this.#sums[at] = this.#sum(at) + 1
  }

  countBelow(value: number): number {
    let count = 0
    for (let at = this.#below(value); at > 0; at -= at & -at) count += this.#sum(at)
    return count
  }

  #sum(at: number): number {
    return this.#sums[at] ?? 0
  }

  /** How many of the values are below this one. */
  #below(value: number): number {
    let from = 0
    let to = this.#values.length
    while (from < to) {
      const middle = (from + to) >> 1
      if ((this.#values[middle] ?? Infinity) < value) from = middle + 1
      else to = middle
    }
    return from
  }
}

/** The budgets of failed creates, by UTC day: each name needs one create, which may fail. */
class Budget {
  readonly #max: number
  readonly #used = new Map<string, number>()

  constructor(accounts: readonly ServiceAccount[]) {
    this.#max = accounts.reduce((sum, { limits }) => sum + (limits.failedCreatesPerDayMax ?? Infinity), 0)
  }

  take({ dropFrom }: AwaitingName): boolean {
    return increase(this.#used, dropFrom.toISOString().slice(0, 10)) <= this.#max
  }
}
