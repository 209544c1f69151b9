import { beginsWith } from '@droplock/rules/drop/service'
import TinyQueue from 'tinyqueue'
import { Batches } from './batches.ts'
import { AROUND_MS, isAround, Lateness } from './lateness.ts'
import type { Seen } from './observe-release.ts'
import {
  byKey,
  byKeyThenService,
  byService,
  byUrgency,
  type Entry,
  head,
  type Item,
  placeOf,
} from './queue.ts'
import {
  type Action,
  type Choice,
  canInfoDecide,
  commandFor,
  isUntried,
  needsInfo,
  type PlanFacts,
  type PlanRule,
  probeShareOverMs,
  readyAtMs,
  surelyReleasedMs,
} from './ready-at.ts'
import { Served } from './served.ts'
import type { RegistryMs, Target } from './target.ts'

/** Without work the plan is evaluated again after this long at the latest. */
const IDLE_MS = 1_000

/**
 * While names are firing, one slot in this many sends an `info` about an ambiguous name. An ambiguous name is not created until
 * `info` answers, so after a takeover in the middle of a drop a smaller share would lose names; a larger share would delay the
 * creates of the other names.
 */
const SLOTS_PER_INFO = 3

/** One slot in this many is for preparations, probes and late questions while names in their window could use every slot. */
const SLOTS_PER_OTHER = 10

/** The period of the registry's rate: commands for names that are released within it are kept free. */
const RATE_MS = 1_000

/** A little longer than the rate's period, since answers may be late. */
const RESERVED_MS = 100

/** An `info` finds out who got a name after this many refused creates. With an exact time one is enough. */
const CREATES_BEFORE_INFO = 4

/** So many questions may be saved up while names are tried. */
const CREDIT_MAX = 6

/** Names that are expected now wait so much less for their turn than the others. Milliseconds. */
const EXPECTED_FIRST_MS = 10_000

/** Creates are sent beside a full rate only when at least this share of it is free. */
const IDLE_SHARE = 0.5

/**
 * Chooses the command for the next free slot of one registry account. Deterministic: the same calls give the same choices. A choice
 * costs some microseconds, however many names there are: only what has become due is looked at.
 *
 * - A name whose release is known to the instant is tried when it is released for certain, in the order of service, and the rate is kept
 *   free for it before.
 * - Names of a batch whose order is known follow the front of the release (`Batches`).
 * - All others in their window take turns, as many as the rate serves, in the order of service (`Served`).
 * - Ambiguous names, on which money depends, have a fixed share of the slots.
 * - Questions about who got a name are few while there are names to be caught.
 */
export class Plan {
  readonly #rule: PlanRule
  readonly #entries = new Map<string, Entry>()
  readonly #waiting = new TinyQueue<Item>([], byKey)
  readonly #asked = new TinyQueue<Item>([], byUrgency)
  readonly #feeChecks = new TinyQueue<Item>([], byService)
  readonly #first: TinyQueue<Item>
  readonly #early = new TinyQueue<Item>([], byService)
  readonly #retry = new TinyQueue<Item>([], byKeyThenService)
  readonly #poll = new TinyQueue<Item>([], byKeyThenService)
  readonly #probe = new TinyQueue<Item>([], byKeyThenService)
  readonly #other = new TinyQueue<Item>([], byKeyThenService)
  /** Names that may be lost, those most likely lost first. */
  readonly #likelyLost = new TinyQueue<Item>([], byKeyThenService)
  readonly #batches: Batches
  readonly #served: Served
  readonly #lateness = new Lateness()
  #global = ''
  #hadBudget = true
  /** For each of them a command is kept free. */
  readonly #reserved = new Set<Entry>()
  #sinceAsked = SLOTS_PER_INFO
  #sinceOther = SLOTS_PER_OTHER
  #credit = 0
  #nextPollMs: RegistryMs = -Infinity

  constructor(rule: PlanRule) {
    this.#rule = rule
    const isOwn = (item: Item) => beginsWith(item.entry.target.listingId, rule.share)
    this.#first = new TinyQueue<Item>(
      [],
      (one, other) => Number(isOwn(other)) - Number(isOwn(one)) || byService(one, other),
    )
    this.#batches = new Batches()
    this.#served = new Served((target) => this.#consider(this.#entryOf(target)))
  }

  /** A target is new or has changed. */
  put(target: Target): void {
    const entry = this.#entries.get(target.id)
    this.#batches.follow(target)
    if (entry === undefined) {
      const created: Entry = { target, place: 'none', version: 0 }
      this.#entries.set(target.id, created)
      this.#consider(created)
    } else {
      entry.target = target
      this.#consider(entry)
    }
  }

  /** A target is decided, or gone. */
  remove(id: string): void {
    const entry = this.#entries.get(id)
    if (entry === undefined) return
    this.#leave(entry)
    for (const kept of [this.#served, this.#batches, this.#lateness]) kept.remove(entry.target)
    this.#entries.delete(id)
  }

  /** An answer showed something about the release of a name. */
  learn(id: string, seen: Seen): void {
    const about = this.#entries.get(id)
    if (about !== undefined && this.#lateness.learn(about.target, seen))
      for (const next of this.#reserved) if (next.target.zone === about.target.zone) this.#consider(next)
    // In another order its names take turns.
    if (this.#batches.learn(id, seen)) for (const entry of this.#entries.values()) this.#consider(entry)
  }

  /** Call with every command that is sent. */
  sent({ kind, target }: Action, nowMs: RegistryMs, facts: PlanFacts): void {
    this.#sinceAsked = needsInfo(target) ? 0 : this.#sinceAsked + 1
    if (kind === 'create') {
      this.#batches.sent(target, nowMs)
      this.#credit = Math.min(CREDIT_MAX, this.#credit + 1 / this.#rule.createsPerInfo)
      this.#sinceOther += 1
      this.#nextPollMs = nowMs + RATE_MS / facts.probes.commandsPerSecondMax
    } else if (kind === 'info' && target.phase === 'firing') {
      if (!this.#batches.spend(target)) this.#credit = Math.max(0, this.#credit - 1)
    } else this.#sinceOther = 0
  }

  /** The command for a slot that is free at `nowMs`. */
  choose(known: PlanFacts, nowMs: RegistryMs): Choice {
    const facts = { ...known, lateness: this.#lateness }
    this.#followFacts(facts)
    this.#wake(facts, nowMs)
    const firing = this.#chooseFiring(facts, nowMs)
    const asked = facts.sends === 'creates' ? undefined : head(this.#asked)
    const isAskedTurn = firing === undefined || this.#sinceAsked >= SLOTS_PER_INFO - 1
    if (asked !== undefined && isAskedTurn)
      return { kind: 'info', target: asked.target, isUrgent: firing?.isUrgent ?? false }
    return firing ?? this.#chooseOther(facts, nowMs) ?? this.#waitFor(facts, nowMs)
  }

  #chooseFiring(
    facts: PlanFacts,
    nowMs: RegistryMs,
  ): (Action & { isUrgent: boolean; mayOverlap?: boolean }) | undefined {
    const first = this.#firstOf(facts)
    if (first !== undefined) return first
    if (facts.commandsLeft <= this.#reserved.size) return undefined
    const other = this.#sinceOther >= SLOTS_PER_OTHER ? this.#chooseOther(facts, nowMs) : undefined
    if (other !== undefined) return other
    const asked = this.#chooseQuestion(facts, nowMs)
    if (asked !== undefined) return { kind: 'info', target: asked, isUrgent: false }
    if (facts.sends === 'questions' || !facts.hasBudget) return undefined
    const early = head(this.#early) ?? head(this.#retry)
    if (early !== undefined) return { kind: 'create', target: early.target, isUrgent: true }
    const { commandsPerSecondMax } = facts.probes
    const isTurn = nowMs >= this.#nextPollMs
    const pace = { rateLeft: facts.rateLeft, commandsPerSecondMax, isTurn }
    const aimed = this.#batches.choose(pace, nowMs, (id) => this.#isInBatch(id, nowMs))
    if (aimed !== undefined) return { kind: 'create', target: aimed, isUrgent: true, mayOverlap: true }
    const polled = isTurn ? head(this.#poll) : undefined
    return polled && { kind: 'create', target: polled.target, isUrgent: false }
  }

  /** Fee checks that decide about creates, and creates of names that are released. */
  #firstOf({ sends, hasBudget }: PlanFacts): (Action & { isUrgent: boolean }) | undefined {
    const check = sends === 'creates' ? undefined : head(this.#feeChecks)
    if (check !== undefined) return { kind: 'fee_check', target: check.target, isUrgent: true }
    const first = sends === 'questions' || !hasBudget ? undefined : head(this.#first)
    return first && { kind: 'create', target: first.target, isUrgent: true }
  }

  /** A question about a name that is most likely lost: few while names are to be caught, at once while the rate is hardly used. */
  #chooseQuestion(facts: PlanFacts, nowMs: RegistryMs): Target | undefined {
    if (facts.sends === 'creates') return undefined
    const mayAsk = this.#credit >= 1 || !this.#isCreating(facts)
    const inBatch = this.#batches.chooseQuestion(mayAsk, nowMs, (id) => this.#isInBatch(id, nowMs))
    return inBatch ?? (mayAsk ? head(this.#likelyLost)?.target : undefined)
  }

  /** Whether creates could use the commands that questions take. */
  #isCreating({ sends, hasBudget, commandsLeft, rateLeft, probes }: PlanFacts): boolean {
    if (sends === 'questions' || !hasBudget) return false
    const isBusy =
      rateLeft <= IDLE_SHARE || commandsLeft - this.#reserved.size <= IDLE_SHARE * probes.commandsPerSecondMax
    return isBusy || !this.#batches.isQuiet || head(this.#poll) !== undefined
  }

  #chooseOther(facts: PlanFacts, nowMs: RegistryMs): (Action & { isUrgent: boolean }) | undefined {
    const other = head(this.#other)?.target
    if (other !== undefined && facts.sends !== 'creates')
      return { kind: commandFor(other, this.#rule, facts, nowMs), target: other, isUrgent: false }
    const probe = head(this.#probe)?.target
    if (probe === undefined) return undefined
    const kind = commandFor(probe, this.#rule, facts, nowMs)
    const isSent = facts.sends === 'all' || (facts.sends === 'creates') === (kind === 'create')
    if (!isSent || (kind === 'create' && !facts.hasBudget)) return undefined
    return probeShareOverMs(probe, kind, facts) <= nowMs
      ? { kind, target: probe, isUrgent: false }
      : undefined
  }

  #waitFor(facts: PlanFacts, nowMs: RegistryMs): Choice {
    const waiting = head(this.#waiting)
    const nextMs = this.#waiting.peek()?.key ?? Infinity
    const isExact = waiting !== undefined && this.#reserved.has(waiting)
    const pollMs = this.#nextPollMs > nowMs && head(this.#poll) !== undefined ? this.#nextPollMs : Infinity
    const probe = head(this.#probe)?.target
    const probeMs =
      probe === undefined
        ? Infinity
        : probeShareOverMs(probe, commandFor(probe, this.#rule, facts, nowMs), facts)
    const isHeldBack = facts.commandsLeft <= this.#reserved.size
    const batchMs = this.#batches.isQuiet && !isHeldBack ? Infinity : nowMs + 1
    const untilMs = Math.min(nextMs, pollMs, batchMs, probeMs > nowMs ? probeMs : Infinity, nowMs + IDLE_MS)
    return { kind: 'wait', untilMs, isExact }
  }

  #isInBatch(id: string, nowMs: RegistryMs): Target | undefined {
    const entry = this.#entries.get(id)
    if (entry?.place !== 'batch') return undefined
    const { createRetry } = entry.target
    return (createRetry?.untilMs ?? -Infinity) > nowMs ? undefined : entry.target
  }

  /** What holds for all names, or for all that are free, has changed, so each of them has to be looked at again. */
  #followFacts({ feeAgreed, othersHidden, sends, hasBudget, probes }: PlanFacts): void {
    const global = `${feeAgreed} ${othersHidden} ${sends}`
    this.#served.resize(probes.commandsPerSecondMax)
    if (global === this.#global && hasBudget === this.#hadBudget) return
    const isForAll = global !== this.#global
    this.#global = global
    this.#hadBudget = hasBudget
    for (const entry of this.#entries.values())
      if (isForAll || entry.target.due === 'create') this.#consider(entry)
  }

  /** Takes the entry out of its place. It is looked at again with the next choice. */
  #consider(entry: Entry): void {
    this.#leave(entry)
    entry.place = 'waiting'
    this.#waiting.push({ entry, version: entry.version, key: -Infinity })
  }

  #leave(entry: Entry): void {
    entry.version += 1
    entry.place = 'none'
    this.#reserved.delete(entry)
  }

  #wake(facts: PlanFacts, nowMs: RegistryMs): void {
    for (
      let item = this.#waiting.peek();
      item !== undefined && item.key <= nowMs;
      item = this.#waiting.peek()
    ) {
      this.#waiting.pop()
      if (item.version !== item.entry.version) continue
      // What else was queued of it is stale.
      item.entry.version += 1
      this.#place(item.entry, facts, nowMs)
    }
  }

  #place(entry: Entry, facts: PlanFacts, nowMs: RegistryMs): void {
    const { target } = entry
    // What waits for an answer about its creates takes no turn: the next name is served instead.
    if (target.phase !== 'firing') this.#served.remove(target)
    const readyMs = readyAtMs(target, this.#rule, facts, nowMs)
    if (readyMs === Infinity) return void (entry.place = 'none')
    if (readyMs > nowMs) return this.#wait(entry, facts, readyMs, nowMs)
    this.#queue(entry, facts, nowMs)
  }

  #wait(entry: Entry, facts: PlanFacts, readyMs: RegistryMs, nowMs: RegistryMs): void {
    entry.place = 'waiting'
    const { target, version } = entry
    const surelyMs = isUntried(target, facts) ? surelyReleasedMs(target, facts) : undefined
    this.#waiting.push({
      entry,
      version,
      key: Math.min(readyMs, this.#reserve(entry, surelyMs, facts, nowMs)),
    })
  }

  /**
   * Keeps a command free for a name that is released soon: what is sent now counts for the time of the rate after its answer. Returns
   * when that begins, if it is later.
   */
  #reserve(
    entry: Entry,
    surelyMs: RegistryMs | undefined,
    { roundTripMs }: PlanFacts,
    nowMs: RegistryMs,
  ): RegistryMs {
    if (surelyMs === undefined || this.#reserved.has(entry)) return Infinity
    const fromMs = surelyMs - RATE_MS - RESERVED_MS - roundTripMs
    if (nowMs < fromMs) return fromMs
    this.#reserved.add(entry)
    return Infinity
  }

  #queue(entry: Entry, facts: PlanFacts, nowMs: RegistryMs): void {
    const { target } = entry
    const place = placeOf(target, this.#rule, facts, nowMs, this.#batches.has(target))
    entry.place = place
    this.#served.follow(target, place === 'poll')
    const { version } = entry
    const key = target.lastSentMs ?? -Infinity
    const item = { entry, version, key }
    // A name that gets no turn, or has only commands that cannot be sent, needs another one later.
    if (place !== 'asked' && place !== 'probe') this.#look(entry, nowMs)
    switch (place) {
      case 'asked':
        return this.#asked.push(item)
      case 'fee_check':
        return this.#feeChecks.push(item)
      case 'first':
        return this.#first.push(item)
      case 'early':
        this.#early.push(item)
        this.#reserve(entry, surelyReleasedMs(target, facts), facts, nowMs)
        // By then it is released for certain.
        return this.#waiting.push({ entry, version, key: surelyReleasedMs(target, facts) ?? Infinity })
      case 'retry':
        this.#queueRetry(item, nowMs)
        return this.#queueQuestion(entry, facts)
      case 'batch':
        return
      case 'poll':
        if (!this.#served.isServed(target)) return
        this.#poll.push(item)
        return this.#queueQuestion(entry, facts)
      case 'probe':
        return this.#probe.push(item)
      case 'other':
        return this.#other.push(item)
    }
  }

  /** Where the registry is late, names that are to be expected come first; the others still have a turn now and then. */
  #queueRetry({ entry, version, key }: Item, nowMs: RegistryMs): void {
    const expectedMs = this.#lateness.expectedMs(entry.target)
    this.#retry.push({ entry, version, key: isAround(expectedMs, nowMs) ? key - EXPECTED_FIRST_MS : key })
    if (expectedMs !== undefined && nowMs < expectedMs - AROUND_MS)
      this.#waiting.push({ entry, version, key: expectedMs - AROUND_MS })
  }

  /** Looks at it again when its window begins or its grace ends: then it may need another command, whether or not it had a turn. */
  #look(entry: Entry, nowMs: RegistryMs): void {
    const { target, version } = entry
    const { dropFromMs, probing, graceUntilMs } = target
    const turnsMs = [dropFromMs - this.#rule.aimLeadMs, probing.fromMs + 1, graceUntilMs + 1]
    const key = Math.min(...turnsMs.filter((atMs) => atMs > nowMs))
    if (key < Infinity) this.#waiting.push({ entry, version, key })
  }

  #queueQuestion(entry: Entry, facts: PlanFacts): void {
    const { target, version } = entry
    const creates = target.releaseMs === null ? CREATES_BEFORE_INFO : 1
    if (target.createsSinceInfo < creates || !canInfoDecide(target, facts)) return
    this.#likelyLost.push({ entry, version, key: -target.createsSinceInfo })
  }

  #entryOf({ id }: Target): Entry {
    const entry = this.#entries.get(id)
    if (entry === undefined) throw new Error(`no entry ${id}`)
    return entry
  }
}
