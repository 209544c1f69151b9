import { ReleaseFront } from './release-front.ts'
import { orderKeyOf, type RegistryMs, type Target } from './target.ts'

/** What an answer showed about the release of a name. */
export type Seen =
  /** A create was refused because it exists: not released yet, or lost. */
  | { readonly kind: 'refused'; readonly atMs: RegistryMs }
  /** The registry showed the old registration. */
  | { readonly kind: 'kept'; readonly atMs: RegistryMs }
  /** It was released by then, and is ours, free, or another's. */
  | { readonly kind: 'released'; readonly byMs: RegistryMs; readonly isOurs: boolean }

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
  readonly dropToMs: RegistryMs
  refusedMs: RegistryMs
  releasedMs: RegistryMs | undefined
  keptMs: RegistryMs
  isOver: boolean
  /** It was seen out of order. */
  isApart: boolean
}

/** Before the first release is seen, so many names at the front take turns. */
const FIRST_NAMES = 3

/** So many names from the front on are weighed for one choice. */
const NAMES_WEIGHED = 16

/** One create in this many goes to a name away from the front, until the order has been confirmed so often; then one in many more. */
const CREATES_PER_TEST = 8
const CONFIRMATIONS = 6
const CREATES_PER_LATE_TEST = 40

/** Below this chance a name that should have been released long ago is lost, and only a question can still show it. */
const HOPELESS = 0.01

/** Releases this far out of order, in names, do not agree with the order. Registries work on several names at once. */
const DISORDER_PACES = 1.5
const DISORDER_MS_MIN = 200
/** So many names out of order, and this share of those whose release is known, mean that the order is another one. */
const VIOLATIONS_MIN = 2
const VIOLATIONS_SHARE = 0.2

/** A name that was tried so often and still exists has most likely been lost: a question shows how far the release has got. */
const CREATES_BEFORE_QUESTION = 10
/** Otherwise a question tells most about a name that is released with this likelihood, give or take. */
const SHARE_ASKED = 0.75
const SHARE_ASKED_MIN = 0.05
const DOUBT_MAX = 0.25

/** How the least chance for which a create is sent depends on the share of the rate that is left: less rate, better chances. */
const CHANCE_TIMES = 2
const CHANCE_WISHED_MAX = 0.7

/**
 * Names of one zone that are released one after another, in an order that was read from the registry beforehand: by the time of the last
 * update, then by ROID. The order is only assumed: a batch in which names are released in another order is not followed.
 */
export class Batch {
  readonly zone: string
  readonly fromMs: RegistryMs
  #members: Member[] = []
  readonly #positions = new Map<string, number>()
  #front: ReleaseFront | undefined
  #violations = 0
  #isRefuted = false
  #confirmations = 0
  #turn = 0
  /** Everything before this position is decided or hopeless. */
  #first = 0
  #isSorted = false

  constructor(zone: string, fromMs: RegistryMs) {
    this.zone = zone
    this.fromMs = fromMs
  }

  get isOrdered(): boolean {
    return !this.#isRefuted
  }

  get isOver(): boolean {
    return this.#members.every(({ isOver }) => isOver)
  }

  get isQuiet(): boolean {
    return !this.isOrdered || this.#front === undefined || this.#first >= this.#members.length
  }

  add(target: Target): void {
    const { id, dropToMs } = target
    const key = orderKeyOf(target)
    if (key === null) return
    const never = {
      refusedMs: -Infinity,
      releasedMs: undefined,
      keptMs: -Infinity,
      isOver: false,
      isApart: false,
    }
    this.#members.push({ id, key, dropToMs, ...never })
    this.#isSorted = false
  }

  end(id: string): void {
    const member = this.#memberOf(id)
    if (member !== undefined) member.isOver = true
  }

  sent(_id: string): void {
    this.#turn += 1
  }

  learn(id: string, seen: Seen): void {
    this.#sort()
    const position = this.#positions.get(id)
    const member = position === undefined ? undefined : this.#members[position]
    if (position === undefined || member === undefined || this.#front === undefined) return
    if (seen.kind === 'refused') {
      this.#front.refused(position, member.refusedMs, seen.atMs)
      member.refusedMs = Math.max(member.refusedMs, seen.atMs)
    } else if (seen.kind === 'kept') {
      member.keptMs = seen.atMs
      member.refusedMs = Math.max(member.refusedMs, seen.atMs)
      if (this.#isOutOfOrder(position, seen.atMs)) this.#setApart(member)
      else this.#front.kept(position, seen.atMs)
    } else if (member.releasedMs === undefined) {
      member.releasedMs = seen.byMs
      // When it was refused last it was not released yet, for it was registered later.
      const fromMs = Math.max(member.keptMs, Math.min(member.refusedMs, seen.byMs))
      if (this.#isOutOfOrder(position, fromMs)) return this.#setApart(member)
      if (member.isApart) return
      this.#confirmations += 1
      this.#front.released(position, fromMs, seen.byMs, seen.isOurs)
    }
  }

  /** It is not released in the order of the others, so it says nothing about them. */
  #setApart(member: Member): void {
    if (!member.isApart) this.#violations += 1
    member.isApart = true
    const share = this.#violations / (this.#confirmations + this.#violations)
    if (this.#violations >= VIOLATIONS_MIN && share >= VIOLATIONS_SHARE) this.#isRefuted = true
  }

  choose(
    { rateLeft, commandsPerSecondMax, isTurn }: Pace,
    nowMs: RegistryMs,
    ready: (id: string) => Target | undefined,
  ) {
    if (!this.isOrdered) return undefined
    const front = this.#begin()
    if (front === undefined) return undefined
    const isConfirmed = this.#confirmations >= CONFIRMATIONS
    const isTest = this.#turn % (isConfirmed ? CREATES_PER_LATE_TEST : CREATES_PER_TEST) === 0
    if (isTest && isTurn) {
      const tested = this.#longestUntried(this.#first, this.#members.length, ready)
      if (tested !== undefined) return tested
    }
    if (!front.isFound)
      return isTurn ? this.#longestUntried(this.#first, this.#members.length, ready, FIRST_NAMES) : undefined
    const best = this.#likeliest(front, nowMs, ready)
    const usual = 1_000 / front.paceMs / commandsPerSecondMax
    const least = Math.min(CHANCE_WISHED_MAX, CHANCE_TIMES * usual) * (1 - rateLeft) ** 2
    return best !== undefined && best.chance >= least ? best.target : undefined
  }

  chooseDoubtful(nowMs: RegistryMs, ready: (id: string) => Target | undefined): Target | undefined {
    const front = this.#front
    if (!this.isOrdered || front === undefined) return undefined
    let asked: Target | undefined
    let least = DOUBT_MAX
    for (const [position, member] of this.#members.entries()) {
      if (member.isOver || member.isApart || member.releasedMs !== undefined) continue
      const target = ready(member.id)
      if (target === undefined) continue
      if (!front.isFound || position < this.#first || target.createsSinceInfo >= CREATES_BEFORE_QUESTION)
        return target
      const share = front.releasedBy(position, nowMs)
      if (share < SHARE_ASKED_MIN) break
      if (Math.abs(share - SHARE_ASKED) >= least) continue
      least = Math.abs(share - SHARE_ASKED)
      asked = target
    }
    return asked
  }

  #likeliest(front: ReleaseFront, nowMs: RegistryMs, ready: (id: string) => Target | undefined) {
    let best: { target: Target; chance: number } | undefined
    let weighed = 0
    for (
      let position = this.#first;
      position < this.#members.length && weighed < NAMES_WEIGHED;
      position += 1
    ) {
      const member = this.#members[position]
      if (member === undefined || member.isOver || member.isApart || member.releasedMs !== undefined) {
        if (position === this.#first) this.#first += 1
        continue
      }
      if (position === this.#first && this.#isHopeless(front, position, member, nowMs)) {
        this.#first += 1
        continue
      }
      weighed += 1
      const target = ready(member.id)
      if (target === undefined) continue
      const chance = front.chanceOf(position, member.refusedMs, nowMs)
      if (chance > (best?.chance ?? 0)) best = { target, chance }
    }
    return best
  }

  #isHopeless(front: ReleaseFront, position: number, { refusedMs }: Member, nowMs: RegistryMs): boolean {
    return front.releasedBy(position, nowMs) > 0.97 && front.chanceOf(position, refusedMs, nowMs) < HOPELESS
  }

  /** The one without a command for longest, of the first `namesMax` from the position that may be tried. */
  #longestUntried(
    from: number,
    to: number,
    ready: (id: string) => Target | undefined,
    namesMax = Infinity,
  ): Target | undefined {
    let longest: Target | undefined
    let seen = 0
    for (let position = from; position < to && seen < namesMax; position += 1) {
      const member = this.#members[position]
      if (member === undefined || member.isOver) continue
      seen += 1
      const target = ready(member.id)
      if (target === undefined) continue
      if (longest === undefined || (target.lastSentMs ?? -Infinity) < (longest.lastSentMs ?? -Infinity))
        longest = target
    }
    return longest
  }

  #begin(): ReleaseFront | undefined {
    this.#sort()
    if (this.#front !== undefined || this.#members.length === 0) return this.#front
    const last = Math.max(...this.#members.map(({ dropToMs }) => dropToMs))
    const paceMs = Math.max(1, (last - this.fromMs) / this.#members.length)
    this.#front = new ReleaseFront(paceMs, seededRandom(this.#members.length))
    return this.#front
  }

  /** Names that come later (a takeover asks about each) get their place; what was learned stays. */
  #sort(): void {
    if (this.#isSorted) return
    this.#isSorted = true
    this.#members = this.#members.toSorted((one, other) => (one.key < other.key ? -1 : 1))
    this.#positions.clear()
    for (const [position, { id }] of this.#members.entries()) this.#positions.set(id, position)
    this.#first = 0
    if (this.#front === undefined) return
    this.#front = undefined
    const front = this.#begin()
    for (const [position, { releasedMs, keptMs, refusedMs }] of this.#members.entries())
      if (releasedMs !== undefined)
        front?.released(position, Math.max(keptMs, Math.min(refusedMs, releasedMs)), releasedMs, false)
  }

  #memberOf(id: string): Member | undefined {
    this.#sort()
    return this.#members[this.#positions.get(id) ?? -1]
  }

  #toleranceMs(): number {
    return Math.max(DISORDER_MS_MIN, DISORDER_PACES * (this.#front?.paceMs ?? 0))
  }

  /** A later name was released well before `keptMs`, when this one was not. */
  #isOutOfOrder(position: number, keptMs: RegistryMs): boolean {
    const limitMs = keptMs - this.#toleranceMs()
    return this.#members
      .slice(position + 1)
      .some(({ releasedMs }) => releasedMs !== undefined && releasedMs < limitMs)
  }
}

/** The same numbers for the same seed: a plan that is repeated makes the same choices. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
