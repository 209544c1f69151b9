import { type Expected, Forecast, OBSERVED_MS, type Release } from './forecast.ts'
import { type Attempt, isFinal, type Outcome, type Strategy } from './strategy.ts'
import type { Targets } from './targets.ts'

/** One command in this many is an `info`, where a name should have been released and nothing shows it yet. */
const COMMANDS_PER_INFO = 5
/** Also when so few commands are worth sending that it would take longer than this. */
const INFO_MS_MAX = 150
/** A name that was released earlier than this belongs to another by now. */
const LOST_AFTER_MS = 60
/** Below this probability of a release since its last create no name is worth a command more than the next one. */
const PROBABLE_MIN = 0.02
/** What it is worth to try a name once more that was released longer ago. */
const GONE_SHARE = 0.1
/** How long the list of undecided names is kept: rivals ask hundreds of times a second. */
const KEPT_MS = 100
/** Names that are released so many errors later are not considered yet, except these few. */
const IMPROBABLE_ERRORS = 4
const AHEAD_MIN = 8
/** A name is overdue this many errors after it was expected. */
const OVERDUE_ERRORS = 1.5
/** A release is uncertain for so many errors: nearly all of the probability. */
const UNCERTAIN_ERRORS = 4
/** A timed command is worth it at this probability, however few there are. */
const WORTH_MAX = 0.5
/** A timed command is also worth it at this share of what is possible at all, where the release is very uncertain. */
const REACHABLE_SHARE = 0.4
/** Timed commands that are not worth it are sent while less than this share of the second's commands is used. */
const SPARE_SHARE = 0.4
/** As if another name came after this, for the last one. */
const ALONE_MS = 500

type Own = {
  readonly name: string
  readonly index: number
  /** When the last create was sent, and when it should have arrived. */
  sentMs: number
  triedMs: number
  /** Of the last create that was refused because the name existed. */
  refusedMs: number
  refusedSentMs: number
}

/** The limits by which a rival times its commands. */
type Timing = { readonly commandsPerSecond: number; readonly sessions: number }

/**
 * A rival that knows in which order the names of a batch are released, and not when. It knows how many names there are between two of
 * its own, so each release that it sees (a win, or an `info` that shows a new holder) tells it that all names before are gone, and two
 * of them tell the pace. Every command then goes to the name that was most probably released since its last create; a name that is
 * known to be gone gets one more create and is given up if that is refused. Until it knows the pace it keeps to its next name. While a
 * name is overdue, every fifth command asks about the last name that should have been released: a new holder moves it on, a name that
 * still waits shifts what it expects.
 *
 * With `timing` it does not send at an even pace. A command is sent when the probability that a name was released since its last create
 * reaches its share of the commands for one name: so creates are close together around the expected instant. Commands that would not be
 * used otherwise are sent at the even pace.
 */
export class OrderedStrategy implements Strategy {
  readonly #targets: Pick<Targets, 'learn' | 'openNames'>
  readonly #timing: Timing | undefined
  readonly #indexes = new Map<string, number>()
  readonly #done = new Set<string>()
  readonly #owns = new Map<string, Own>()
  #undecided: readonly Own[] = []
  #undecidedUntilMs = -Infinity
  readonly #forecast = new Forecast()
  /** When the command was sent whose answer showed the last release: what is sent later comes after that release. */
  #goneMs = -Infinity
  #halfTripMs = Infinity
  #sinceInfo = 0
  #lastSentMs = -Infinity
  #lastInfoMs = -Infinity

  constructor(targets: Pick<Targets, 'learn' | 'openNames'>, timing?: Timing) {
    this.#targets = targets
    this.#timing = timing
  }

  learn(csv: string): void {
    this.#targets.learn(csv)
    this.#undecidedUntilMs = -Infinity
  }

  /** The order of release of all names of the batch, also those that the rival does not want. */
  knowOrder(names: readonly string[]): void {
    for (const [index, name] of names.entries()) this.#indexes.set(name, index)
    this.#undecidedUntilMs = -Infinity
  }

  isOpen(nowMs: number): boolean {
    return this.#undecidedAt(nowMs).length > 0
  }

  next(nowMs: number, usedShare = 0): Attempt | undefined {
    const arrivesMs = nowMs + (Number.isFinite(this.#halfTripMs) ? this.#halfTripMs : 0)
    const isSpare = this.#isSpare(nowMs, usedShare)
    const attempt = this.#choose(this.#undecidedAt(nowMs), arrivesMs, isSpare)
    if (attempt === undefined) return undefined
    this.#lastSentMs = nowMs
    if (attempt.kind === 'info') this.#lastInfoMs = arrivesMs
    this.#sinceInfo = attempt.kind === 'info' ? 0 : this.#sinceInfo + 1
    if (attempt.kind === 'create')
      Object.assign(this.#ownOf(attempt.name), { sentMs: nowMs, triedMs: arrivesMs })
    return attempt
  }

  observe({ kind, name }: Attempt, outcome: Outcome): void {
    const { sentMs, answeredMs } = outcome
    const own = this.#ownOf(name)
    this.#halfTripMs = Math.min((answeredMs - sentMs) / 2, this.#halfTripMs * 1.01)
    const arrivedMs = (sentMs + answeredMs) / 2
    if (kind === 'info') this.#noteInfo(own, outcome, arrivedMs)
    else this.#noteCreate(own, outcome, arrivedMs)
  }

  /** In the order of release. Windows open and close within `KEPT_MS` of the moment. */
  #undecidedAt(nowMs: number): readonly Own[] {
    if (nowMs >= this.#undecidedUntilMs) {
      this.#undecidedUntilMs = nowMs + KEPT_MS
      this.#undecided = this.#targets
        .openNames(nowMs)
        .filter((name) => !this.#done.has(name) && this.#indexes.has(name))
        .map((name) => this.#ownOf(name))
        .toSorted((one, other) => one.index - other.index)
    }
    return this.#undecided
  }

  #end(name: string): void {
    this.#done.add(name)
    this.#undecided = this.#undecided.filter((own) => own.name !== name)
  }

  #ownOf(name: string): Own {
    const known = this.#owns.get(name)
    if (known !== undefined) return known
    const index = this.#indexes.get(name) ?? 0
    const own: Own = {
      name,
      index,
      sentMs: -Infinity,
      triedMs: -Infinity,
      refusedMs: -Infinity,
      refusedSentMs: -Infinity,
    }
    this.#owns.set(name, own)
    return own
  }

  /** Whether a name that is gone may still be free: it was released a moment ago. */
  #isRecent({ index }: Own, atMs: number): boolean {
    const expected = this.#forecast.reckon()?.(index)
    return expected !== undefined && expected.atMs > atMs - LOST_AFTER_MS
  }

  /** Whether a command may be sent that is not worth it. */
  #isSpare(nowMs: number, usedShare: number): boolean {
    if (this.#timing === undefined) return true
    const isEven = nowMs - this.#lastSentMs >= 1000 / this.#timing.commandsPerSecond
    return isEven && (usedShare < SPARE_SHARE || this.#forecast.reckon() === undefined)
  }

  #choose(owns: readonly Own[], atMs: number, isSpare: boolean): Attempt | undefined {
    const gone = owns.findLast(({ index, sentMs }) => this.#forecast.isGone(index) && sentMs < this.#goneMs)
    if (gone !== undefined && this.#isRecent(gone, atMs)) return { kind: 'create', name: gone.name }
    const ahead = owns.filter(({ index }) => !this.#forecast.isGone(index))
    const [first] = ahead
    const reckon = this.#forecast.reckon()
    const isInfoDue = this.#sinceInfo >= COMMANDS_PER_INFO - 1
    if (reckon === undefined && gone !== undefined) return { kind: 'create', name: gone.name }
    if (reckon === undefined)
      return first && isSpare ? { kind: isInfoDue ? 'info' : 'create', name: first.name } : undefined
    const expected = expectedSoon(ahead, reckon, atMs)
    const overdue = expected.findLast((each) => each.atMs + OVERDUE_ERRORS * each.errorMs < atMs)
    const isLost = overdue !== undefined && atMs - this.#lastInfoMs >= INFO_MS_MAX
    if (overdue !== undefined && (isInfoDue || isLost)) return { kind: 'info', name: overdue.own.name }
    const probable = mostProbable(expected, atMs)
    const isWorthIt = probable !== undefined && probable.share >= this.#worthMin(expected)
    if (gone !== undefined && (probable?.share ?? 0) < GONE_SHARE) return { kind: 'create', name: gone.name }
    if (!isSpare && !isWorthIt) return undefined
    const own = probable?.own ?? expected.find((each) => each.atMs > atMs)?.own ?? ahead.at(-1)
    return own && { kind: 'create', name: own.name }
  }

  /**
   * The probability from which on a timed command is worth it: one of as many as there are for a name, by the rate from one name to the
   * next, and by the sessions while its release is uncertain.
   */
  #worthMin(expected: readonly Expected[]): number {
    const [first] = expected
    const last = expected.at(-1)
    if (this.#timing === undefined || first === undefined || last === undefined) return 0
    const { commandsPerSecond, sessions } = this.#timing
    const gapMs = expected.length > 1 ? (last.atMs - first.atMs) / (expected.length - 1) : ALONE_MS
    const ofRate = (commandsPerSecond * gapMs) / 1000
    const ofSessions = (sessions * UNCERTAIN_ERRORS * first.errorMs) / (2 * this.#halfTripMs)
    const reachable = 2 * normal(LOST_AFTER_MS / 2 / first.errorMs) - 1
    return Math.min(WORTH_MAX, 1 / Math.min(ofRate, ofSessions), REACHABLE_SHARE * reachable)
  }

  #noteCreate(own: Own, { code, crDateMs, sentMs }: Outcome, arrivedMs: number): void {
    if (isFinal(code)) this.#end(own.name)
    if (code === 1000) {
      const atMs = crDateMs ?? arrivedMs
      const betweenMs = Math.max(0, atMs - own.refusedMs)
      this.#noteRelease({ index: own.index, atMs: atMs - Math.min(OBSERVED_MS, betweenMs / 2) }, sentMs)
    }
    if (code !== 2302) return
    own.refusedMs = Math.max(own.refusedMs, arrivedMs)
    own.refusedSentMs = Math.max(own.refusedSentMs, sentMs)
    this.#giveUp(own)
  }

  #noteInfo({ name, index }: Own, { code, crDateMs, isPending, sentMs }: Outcome, arrivedMs: number): void {
    if (code === 2303) this.#noteRelease({ index, atMs: arrivedMs }, sentMs)
    if (code !== 1000) return
    if (isPending) return this.#forecast.noteWaiting({ index, atMs: arrivedMs })
    this.#end(name)
    this.#noteRelease({ index, atMs: crDateMs ?? arrivedMs }, sentMs)
  }

  /** `sentMs`: of the command that showed it. */
  #noteRelease(release: Release, sentMs: number): void {
    if (this.#forecast.isGone(release.index)) return
    this.#forecast.noteRelease(release)
    this.#goneMs = sentMs
    for (const own of this.#owns.values()) this.#giveUp(own)
  }

  /** A name that existed after it was released is another's. */
  #giveUp({ name, index, refusedSentMs }: Own): void {
    if (this.#forecast.isGone(index) && refusedSentMs >= this.#goneMs) this.#end(name)
  }
}

/** What is expected of the names ahead, as far as they could be released by now, and of the next few. */
function expectedSoon(ahead: readonly Own[], reckon: (index: number) => Expected, atMs: number) {
  const expected: (Expected & { readonly own: Own })[] = []
  for (const own of ahead) {
    const each = { own, ...reckon(own.index) }
    expected.push(each)
    if (expected.length >= AHEAD_MIN && each.atMs - IMPROBABLE_ERRORS * each.errorMs > atMs) break
  }
  return expected
}

/** The name that was most probably released since its last create; `undefined` where that is improbable for all. */
function mostProbable(expected: readonly (Expected & { readonly own: Own })[], atMs: number) {
  let best: { readonly own: Own; readonly share: number } | undefined
  for (const each of expected) {
    const share = releasedSince(each.own, each, atMs)
    if (share > (best?.share ?? PROBABLE_MIN)) best = { own: each.own, share }
  }
  return best
}

/** The probability that the name was released since its last create, and so recently that no other registrar has it yet. */
function releasedSince({ triedMs }: Own, { atMs: expectedMs, errorMs }: Expected, atMs: number): number {
  const fromMs = Math.max(triedMs, atMs - LOST_AFTER_MS)
  return normal((atMs - expectedMs) / errorMs) - normal((fromMs - expectedMs) / errorMs)
}

/** The logistic curve that is close to the normal distribution. */
function normal(deviations: number): number {
  return 1 / (1 + Math.exp(-1.702 * deviations))
}
