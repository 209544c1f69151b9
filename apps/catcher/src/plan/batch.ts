import { seededRandom } from '@droplock/rules/seeded-random'
import type { Seen } from './observe-release.ts'
import { AssumedOrder, placeAll } from './order.ts'
import { ReleaseFront } from './release-front.ts'
import { orderKeyOf, type Place, type RegistryMs, type Target } from './target.ts'

/** How fast creates may be sent. */
export type Pace = {
  /** The share of the account's rate that is free. */
  readonly rateLeft: number
  readonly commandsPerSecondMax: number
  /** Whether the next create of an even pace is due. */
  readonly isTurn: boolean
}

type Member = {
  readonly id: string
  readonly key: string
  readonly updatedMs: number
  place: Place | null
  readonly dropToMs: RegistryMs
  /** Among the members. */
  position: number
  /** Its place in the order, in names of ours on average: the distance of two is how long the registry takes between them. */
  at: number
  /** When creates were refused, the last ones. */
  readonly refusals: RegistryMs[]
  refusedMs: RegistryMs
  /** When the last create arrived, answered or not. */
  triedMs: RegistryMs
  releasedMs: RegistryMs | undefined
  keptMs: RegistryMs
  isOver: boolean
  /** It was seen out of order. */
  isApart: boolean
}

/** Before the first release is seen, so many names at the front take turns. */
const FIRST_NAMES = 3

/** So long before its window a batch is followed. Milliseconds. */
const LEAD_MS = 1_000

const REFUSALS_MAX = 12

/** So many names that are over are passed over. */
const OVER_MAX = 64

/** The next test is looked for among so many names; the others with the next choice. */
const PASSED_MAX = 50

const isOpen = ({ isOver }: Member): boolean => !isOver

/** So many names from the front on are weighed for one choice. */
const NAMES_WEIGHED = 14
const NAMES_AHEAD = 5

/** One create in this many goes to a name away from the front, until the order has been confirmed so often; then one in many more. */
const CREATES_PER_FIRST_TEST = 2
const STALLED_PACES = 6
const CREATES_PER_TEST = 5
const CONFIRMATIONS = 6
/** Until then every second question is about a name that should be gone. */
const CONFIRMATIONS_FIRST = 3
/** A release confirms the order if it was to be expected with this likelihood. */
const EXPECTED_SHARE_MIN = 0.15
const CREATES_PER_LATE_TEST = 40

/** Releases this far out of order, in names, do not agree with the order. Registries work on several names at once. */
const DISORDER_PACES = 1.5
const DISORDER_MS_MIN = 200

/** When the first release is seen, so many questions at once show where the release is and how fast. */
const FIRST_QUESTIONS = 5

/** A question is worth most about the last name that should be released with this likelihood. */
const SHARE_ASKED = 0.8

/** A name that was tried so often at the front and still exists has most likely been lost. */
const CREATES_BEFORE_QUESTION = 8

/** How the least chance for which a create is sent depends on the share of the rate that is left: less rate, better chances. */
const LEAST_MAX = 0.35
const EXTRA_SLOPE = 4
const TURN_SHARE = 0.2

/**
 * Names of one zone that are released one after another, in an order that was read from the registry beforehand: by the time of the last
 * update, then by ROID. The order is only assumed: a batch in which names are released in another order is not followed.
 */
export class Batch {
  readonly zone: string
  readonly fromMs: RegistryMs
  #members: Member[] = []
  readonly #known = new Map<string, Member>()
  /** Those that are not over, and a few that are. */
  #open: Member[] = []
  #openCount = 0
  /** Where the next test is looked for. */
  #nextTest = 0
  #front: ReleaseFront | undefined
  readonly #order = new AssumedOrder()
  #usualPaceMs = 0
  #turn = 0
  #questions = 0
  #firstQuestions = FIRST_QUESTIONS
  /** When the last release was, of those that were seen. */
  #seenMs = -Infinity
  #sentMs = -Infinity
  /** The last position whose release is known. */
  #lastReleased = -1
  #isSorted = false

  constructor(zone: string, fromMs: RegistryMs) {
    this.zone = zone
    this.fromMs = fromMs
  }

  get isOrdered(): boolean {
    return !this.#order.isRefuted
  }

  get isOver(): boolean {
    return this.#openCount === 0
  }

  get isQuiet(): boolean {
    return !this.isOrdered || this.#front === undefined || this.#lastReleased >= this.#members.length - 1
  }

  add(target: Target): void {
    const { id, dropToMs, place } = target
    const key = orderKeyOf(target)
    if (key === null) return
    const updatedMs = target.prior.kind === 'known' ? (target.prior.updatedAt?.getTime() ?? 0) : 0
    const never = {
      updatedMs,
      position: 0,
      at: 0,
      refusals: [],
      refusedMs: -Infinity,
      triedMs: -Infinity,
      releasedMs: undefined,
      keptMs: -Infinity,
      isOver: false,
      isApart: false,
    }
    const member: Member = { id, key, place, dropToMs, ...never }
    this.#members.push(member)
    this.#known.set(id, member)
    this.#openCount += 1
    this.#isSorted = false
  }

  /** Its place among all names of the batch may have become known. */
  follow({ id, place }: Target): void {
    const member = this.#known.get(id)
    if (member === undefined || place === null || member.place !== null) return
    member.place = place
    this.#isSorted = false
  }

  end(id: string): void {
    const member = this.#known.get(id)
    if (member === undefined || member.isOver) return
    member.isOver = true
    this.#openCount -= 1
    if (this.#open.length > OVER_MAX + this.#openCount) this.#open = this.#open.filter(isOpen)
  }

  /** A create was sent that arrives at `atMs`. */
  sent(id: string, atMs: RegistryMs): void {
    this.#turn += 1
    this.#sentMs = atMs
    const member = this.#known.get(id)
    if (member !== undefined) member.triedMs = atMs
  }

  learn(id: string, seen: Seen): void {
    const member = this.#known.get(id)
    if (member === undefined || this.#front === undefined) return
    this.#sort()
    if (seen.kind !== 'refused') this.#questions += 1
    if (seen.kind === 'refused') {
      this.#front.refused(member.at, member.refusedMs, seen.atMs)
      member.refusedMs = Math.max(member.refusedMs, seen.atMs)
      member.refusals.push(seen.atMs)
      if (member.refusals.length > REFUSALS_MAX) member.refusals.shift()
    } else if (seen.kind === 'kept') {
      member.keptMs = seen.atMs
      member.refusedMs = Math.max(member.refusedMs, seen.atMs)
      if (this.#isOutOfOrder(member, seen.atMs)) this.#setApart(member)
      else this.#front.kept(member.at, seen.atMs)
    } else if (member.releasedMs === undefined) {
      member.releasedMs = seen.byMs
      this.#seenMs = Math.max(this.#seenMs, seen.byMs)
      // When it was refused last before that, it was not released yet.
      const refusedMs = member.refusals.findLast((atMs) => atMs < seen.byMs) ?? -Infinity
      const fromMs = Math.max(member.keptMs, refusedMs)
      if (this.#isOutOfOrder(member, fromMs)) return this.#setApart(member)
      if (member.isApart) return
      const isExpected =
        this.#front.releasedBy(member.at, seen.byMs + this.#front.paceMs) >= EXPECTED_SHARE_MIN
      if (isExpected) this.#order.confirm()
      else if (this.#front.isFound) this.#order.surprise()
      this.#lastReleased = Math.max(this.#lastReleased, member.position)
      if (!seen.isOurs) this.#front.lost(seen.byMs - fromMs)
      this.#front.released(member.at, fromMs, seen.byMs)
    }
  }

  /** It is not released in the order of the others, so it says nothing about them. */
  #setApart(member: Member): void {
    if (!member.isApart) this.#order.violate()
    member.isApart = true
  }

  choose(
    { rateLeft, commandsPerSecondMax, isTurn }: Pace,
    nowMs: RegistryMs,
    ready: (id: string) => Target | undefined,
  ) {
    if (!this.isOrdered) return undefined
    const front = this.#begin(nowMs)
    if (front === undefined) return undefined
    const createsPerTest = this.#createsPerTest(front, nowMs)
    const isTest = this.#turn % createsPerTest === 0
    if (isTest && isTurn) {
      const tested = this.#nextTested(ready)
      if (tested !== undefined) return tested
    }
    if (!front.isFound) return isTurn ? this.#longestUntried(ready) : undefined
    const best = this.#likeliest(front, nowMs, ready)
    const usual = 1_000 / front.paceMs / commandsPerSecondMax
    if (best === undefined) return undefined
    const extra = Math.min(LEAST_MAX, usual) * 2 ** (EXTRA_SLOPE * (0.5 - rateLeft))
    const least = isTurn ? TURN_SHARE * Math.min(LEAST_MAX, usual) : extra
    const isLong = isTurn && nowMs - this.#sentMs > 4_000 / commandsPerSecondMax
    return isLong || best.chance >= least ? best.target : undefined
  }

  /** A question is sent. Whether it is one of the first. */
  spend(): boolean {
    if (this.#front?.isFound !== true || this.#firstQuestions === 0) return false
    this.#firstQuestions -= 1
    return true
  }

  chooseQuestion(
    mayAsk: boolean,
    nowMs: RegistryMs,
    ready: (id: string) => Target | undefined,
  ): Target | undefined {
    const front = this.#front
    if (!this.isOrdered || front === undefined) return undefined
    const isFirst = front.isFound && this.#firstQuestions > 0
    if (!mayAsk && !isFirst) return undefined
    if (this.#order.confirmations < CONFIRMATIONS_FIRST && this.#questions % 2 === 1) {
      const before = this.#findBefore(ready)
      if (before !== undefined) return before
    }
    let asked: Target | undefined
    for (let position = this.#lastReleased + 1; position < this.#members.length; position += 1) {
      const member = this.#members[position]
      if (member === undefined || member.isOver || member.isApart || member.releasedMs !== undefined) continue
      const target = ready(member.id)
      if (!front.isFound || (target?.createsSinceInfo ?? 0) >= CREATES_BEFORE_QUESTION) return target
      // The last one that should be released shows where the release is; the others can wait.
      if (front.releasedBy(member.at, nowMs) < SHARE_ASKED) break
      asked = target ?? asked
    }
    return asked
  }

  /** Whether the order holds is tested often until it has been confirmed, and when nothing has been released for long. */
  #createsPerTest(front: ReleaseFront, nowMs: RegistryMs): number {
    if (this.#order.confirmations >= CONFIRMATIONS) return CREATES_PER_LATE_TEST
    const isStalled = nowMs - this.#seenMs > STALLED_PACES * this.#usualPaceMs
    return front.isFound && !isStalled ? CREATES_PER_TEST : CREATES_PER_FIRST_TEST
  }

  /** A name that should be gone, since a later one is, and existed a moment ago: if it is not lost, the order is another one. */
  #findBefore(ready: (id: string) => Target | undefined): Target | undefined {
    let last: Member | undefined
    for (const member of this.#members.slice(0, this.#lastReleased)) {
      if (member.isOver || member.isApart || member.releasedMs !== undefined) continue
      if (member.refusedMs > (last?.refusedMs ?? -Infinity) && ready(member.id) !== undefined) last = member
    }
    return last && ready(last.id)
  }

  #likeliest(front: ReleaseFront, nowMs: RegistryMs, ready: (id: string) => Target | undefined) {
    let best: { target: Target; chance: number } | undefined
    const middle = this.#indexOf(front.placeAt(nowMs))
    let weighed = 0
    for (let index = middle + NAMES_AHEAD; index >= 0 && weighed < NAMES_WEIGHED; index -= 1) {
      const member = this.#open[index]
      if (member === undefined || member.isOver || member.isApart || member.releasedMs !== undefined) continue
      weighed += 1
      const target = ready(member.id)
      if (target === undefined) continue
      const chance = front.chanceOf(member.at, Math.max(member.refusedMs, member.triedMs), nowMs)
      if (chance > (best?.chance ?? 0)) best = { target, chance }
    }
    return best
  }

  /** Of the open names, the index of the first that is not before this place in the order. */
  #indexOf(place: number): number {
    let from = 0
    let to = this.#open.length
    while (from < to) {
      const middle = (from + to) >> 1
      if ((this.#open[middle]?.at ?? 0) < place) from = middle + 1
      else to = middle
    }
    return from
  }

  /** Of the first names, the one without a command for longest. */
  #longestUntried(ready: (id: string) => Target | undefined): Target | undefined {
    let longest: Target | undefined
    let seen = 0
    for (const member of this.#open) {
      if (seen === FIRST_NAMES) break
      if (member.isOver) continue
      seen += 1
      const target = ready(member.id)
      if (target === undefined) continue
      if (longest === undefined || (target.lastSentMs ?? -Infinity) < (longest.lastSentMs ?? -Infinity))
        longest = target
    }
    return longest
  }

  /** All names take turns in being tested. */
  #nextTested(ready: (id: string) => Target | undefined): Target | undefined {
    for (let passed = 0; passed < Math.min(PASSED_MAX, this.#open.length); passed += 1) {
      this.#nextTest = (this.#nextTest + 1) % this.#open.length
      const member = this.#open[this.#nextTest]
      const target = member === undefined || member.isOver ? undefined : ready(member.id)
      if (target !== undefined) return target
    }
    return undefined
  }

  /** Nothing is followed before the window: until then names are still prepared, and so get their places. */
  #begin(nowMs: RegistryMs): ReleaseFront | undefined {
    if (this.#front === undefined && nowMs < this.fromMs - LEAD_MS) return undefined
    this.#sort()
    return (this.#front ??= this.#newFront())
  }

  #newFront(): ReleaseFront {
    const last = Math.max(...this.#members.map(({ dropToMs }) => dropToMs))
    const paceMs = Math.max(1, (last - this.fromMs) / this.#members.length)
    this.#usualPaceMs = paceMs
    return new ReleaseFront(paceMs, seededRandom(this.#members.length))
  }

  /** Names that come later (a takeover asks about each) get their place; what was learned stays. */
  #sort(): void {
    if (this.#isSorted) return
    this.#isSorted = true
    this.#members = this.#members.toSorted((one, other) => (one.key < other.key ? -1 : 1))
    for (const [position, member] of this.#members.entries()) member.position = position
    placeAll(this.#members)
    this.#open = this.#members.filter(isOpen)
    this.#lastReleased = this.#members.findLastIndex(
      ({ releasedMs, isApart }) => releasedMs !== undefined && !isApart,
    )
    if (this.#front === undefined) return
    this.#front = this.#newFront()
    for (const { at, releasedMs, keptMs, refusedMs } of this.#members)
      if (releasedMs !== undefined)
        this.#front.released(at, Math.max(keptMs, Math.min(refusedMs, releasedMs)), releasedMs)
  }

  #toleranceMs(): number {
    return Math.max(DISORDER_MS_MIN, DISORDER_PACES * Math.min(this.#usualPaceMs, this.#front?.paceMs ?? 0))
  }

  /** A later name was released well before `keptMs`, when this one was not. */
  #isOutOfOrder({ position: own }: Member, keptMs: RegistryMs): boolean {
    const limitMs = keptMs - this.#toleranceMs()
    for (let position = own + 1; position <= this.#lastReleased; position += 1)
      if ((this.#members[position]?.releasedMs ?? Infinity) < limitMs) return true
    return false
  }
}
