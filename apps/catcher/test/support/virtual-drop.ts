import type { InfoVerdict } from '@droplock/rules/drop/decide-by-info'
import type { CreateVerdict } from '@droplock/rules/drop/interpret-create'
import { orderOfService } from '@droplock/rules/drop/outcome'
import { seededRandom } from '@droplock/rules/seeded-random'
import TinyQueue from 'tinyqueue'
import { observeCreate, observeInfo } from '../../src/plan/observe.ts'
import { seenIn } from '../../src/plan/observe-release.ts'
import { Plan } from '../../src/plan/plan.ts'
import type { PlanFacts, PlanRule } from '../../src/plan/ready-at.ts'
import type { Place, Target } from '../../src/plan/target.ts'
import { accountFacts, prior, target } from './target.ts'
import { loopOver, type Strategy } from './virtual-rival.ts'

export type VirtualName = {
  readonly id: string
  readonly releaseMs: number
  /** When it is to be released by its list, where the registry is not on time. */
  readonly listedMs?: number
  /** By what `info` shows the order of a batch. */
  readonly orderKey: string | null
  readonly updatedMs?: number
  /** Where it is among all names, where the registry was asked about them. */
  readonly place?: Place
  readonly isWanted: boolean
}

type Limits = { readonly commandsPerSecondMax: number; readonly sessionsMax: number }

/** A registrar that is not us; a plain loop over all names unless it has a strategy. */
type Rival = Limits & { readonly strategy?: () => Strategy }

export type VirtualDrop = Limits & {
  readonly seed: number
  readonly names: readonly VirtualName[]
  readonly release: Target['release']
  /** The window of names without an exact time. */
  readonly windowMs: readonly [number, number]
  readonly roundTripMs: number
  /** What our clock is off by, and what we know of that. */
  readonly clockErrorMs?: number
  readonly aimErrorMs?: number
  readonly rivals: readonly Rival[]
  readonly untilMs: number
}

/** `firstMs`: when our first create after the release arrived. */
type Ending = {
  readonly winner: string | undefined
  readonly firstMs: number | undefined
  readonly releaseMs: number
}

export type VirtualResult = {
  readonly names: ReadonlyMap<string, Ending>
  readonly creates: number
  readonly infos: number
  readonly createsWhileReleasing: number
  readonly infosWhileReleasing: number
  /** Our names by their first creates after the release, and as they are to be served. */
  readonly firstOrder: readonly string[]
  readonly orderOfService: readonly string[]
}

const rule: PlanRule = {
  prepareLeadMs: 300_000,
  aimLeadMs: 50,
  nameGapMs: 0,
  createsPerInfo: 28,
  awardPauseMsMin: 5_000,
  share: { rank: 0, accounts: 1 },
}

const US = 'us'
const RATE_MS = 1_000
const CREATES_IN_FLIGHT_MAX = 3

/** A drop in virtual time: a registry, rivals and our plan, each with its own limits. The same options give the same result. */
export function runVirtualDrop(drop: VirtualDrop): VirtualResult {
  const world = new World(drop)
  for (const [index, rival] of drop.rivals.entries()) startRival(world, `rival-${index}`, rival)
  const ours = new Ours(world)
  world.run(() => ours.isDone)
  return ours.result()
}

/** Time, what happens in it, and the registry. */
class World {
  readonly drop: VirtualDrop
  readonly draw: () => number
  readonly holders = new Map<string, { readonly winner: string; readonly wonMs: number }>()
  readonly #byId: ReadonlyMap<string, VirtualName>
  readonly #events = new TinyQueue<{ atMs: number; order: number; run: () => void }>(
    [],
    (one, other) => one.atMs - other.atMs || one.order - other.order,
  )
  #order = 0
  nowMs: number

  constructor(drop: VirtualDrop) {
    this.drop = drop
    this.draw = seededRandom(drop.seed)
    this.#byId = new Map(drop.names.map((name) => [name.id, name]))
    this.nowMs = Math.min(drop.windowMs[0], ...drop.names.map(({ releaseMs }) => releaseMs)) - 1_000
  }

  in(ms: number, run: () => void): void {
    this.#order += 1
    this.#events.push({ atMs: this.nowMs + Math.max(0, ms), order: this.#order, run })
  }

  run(isDone: () => boolean): void {
    for (let event = this.#events.pop(); event !== undefined; event = this.#events.pop()) {
      if (event.atMs > this.drop.untilMs || isDone()) return
      this.nowMs = event.atMs
      event.run()
    }
  }

  isReleased(id: string): boolean {
    return this.nowMs >= (this.#byId.get(id)?.releaseMs ?? Infinity)
  }

  /** Whether the create wins the name. */
  create(id: string, who: string): boolean {
    if (!this.isReleased(id) || this.holders.has(id)) return false
    this.holders.set(id, { winner: who, wonMs: this.nowMs })
    return true
  }

  info(id: string): InfoVerdict {
    const holder = this.holders.get(id)
    if (!this.isReleased(id)) return { kind: 'not_purged' }
    return holder === undefined
      ? { kind: 'gone' }
      : { kind: 'other', clID: holder.winner, crDate: new Date(holder.wonMs) }
  }
}

function startRival(world: World, who: string, { commandsPerSecondMax, sessionsMax, strategy }: Rival): void {
  const { drop, draw } = world
  const chooser = strategy?.() ?? loopOver(drop.names, drop.release === 'exact_instant', draw)
  chooser.knowOrder?.(
    drop.names.toSorted((one, other) => one.releaseMs - other.releaseMs).map(({ id }) => id),
  )
  const half = drop.roundTripMs / 2
  let free = sessionsMax
  const turn = () => {
    world.in((RATE_MS / (commandsPerSecondMax * 0.9)) * (0.8 + 0.4 * draw()), turn)
    const attempt = free === 0 ? undefined : chooser.next(world.nowMs)
    if (attempt === undefined) return
    const { kind, name } = attempt
    const sentMs = world.nowMs
    free -= 1
    world.in(half, () => {
      const shown = world.info(name)
      const isWon = kind === 'create' && world.create(name, who)
      const crDateMs = isWon ? world.nowMs : kind === 'info' ? world.holders.get(name)?.wonMs : undefined
      const code = kind === 'create' ? (isWon ? 1000 : 2302) : shown.kind === 'gone' ? 2303 : 1000
      const isPending = kind === 'info' && shown.kind === 'not_purged'
      world.in(half, () => {
        free += 1
        chooser.observe(attempt, { code, crDateMs, isPending, sentMs, answeredMs: world.nowMs })
      })
    })
  }
  world.in(draw() * 25, turn)
}

/** Our plan, its sessions and its rate. */
class Ours {
  readonly #world: World
  readonly #plan = new Plan(rule)
  readonly #targets = new Map<string, Target>()
  readonly #served: Target[]
  readonly #firsts = new Map<string, number>()
  readonly #lastReleaseMs: number
  /** When commands leave the window of the rate. */
  readonly #leaving: number[] = []
  #present = 0
  #inFlight = 0
  #wakeAtMs = Infinity
  #counts = { creates: 0, infos: 0, createsWhileReleasing: 0, infosWhileReleasing: 0 }

  constructor(world: World) {
    this.#world = world
    const wanted = world.drop.names.filter(({ isWanted }) => isWanted)
    this.#served = wanted.map((name) => targetOf(name, world))
    for (const each of this.#served) this.#put(each)
    this.#lastReleaseMs = Math.max(...wanted.map(({ releaseMs }) => releaseMs))
    world.in(0, () => this.#dispatch())
  }

  get isDone(): boolean {
    return this.#targets.size === 0
  }

  result(): VirtualResult {
    const { drop, holders } = this.#world
    const wanted = drop.names.filter(({ isWanted }) => isWanted)
    const names = wanted.map(({ id, releaseMs }): readonly [string, Ending] => [
      id,
      { winner: holders.get(id)?.winner, firstMs: this.#firsts.get(id), releaseMs },
    ])
    return {
      ...this.#counts,
      names: new Map(names),
      firstOrder: [...this.#firsts.keys()],
      orderOfService: orderOfService(this.#served).map(({ id }) => id),
    }
  }

  #put(one: Target): void {
    this.#targets.set(one.id, one)
    this.#plan.put(one)
  }

  /** The registry's clock when a command that is sent now arrives, as we know it. */
  #arrivalMs(): number {
    const { roundTripMs, clockErrorMs = 0 } = this.#world.drop
    return this.#world.nowMs + roundTripMs / 2 + clockErrorMs
  }

  #facts(): PlanFacts {
    const { commandsPerSecondMax, aimErrorMs = 1, roundTripMs } = this.#world.drop
    while ((this.#leaving[0] ?? Infinity) <= this.#world.nowMs) {
      this.#leaving.shift()
      this.#present -= 1
    }
    const pace = { lastMs: -Infinity, lastCreateMs: -Infinity, failedCreatesPerDayMax: Infinity }
    return {
      ...accountFacts(),
      sends: 'all',
      hasBudget: true,
      commandsLeft: commandsPerSecondMax - this.#present,
      rateLeft: 1 - this.#present / commandsPerSecondMax,
      aimErrorMs,
      roundTripMs,
      probes: { ...pace, commandsPerSecondMax },
    }
  }

  #dispatch(): void {
    for (;;) {
      const facts = this.#facts()
      if (this.#inFlight >= this.#world.drop.sessionsMax) return
      if (facts.commandsLeft <= 0) return this.#wakeIn((this.#leaving[0] ?? 0) - this.#world.nowMs)
      const choice = this.#plan.choose(facts, this.#arrivalMs())
      if (choice.kind === 'wait')
        return this.#wakeIn(Math.max(choice.isExact ? 0.05 : 0.5, choice.untilMs - this.#arrivalMs()))
      const kind = choice.kind === 'create' ? 'create' : 'info'
      this.#plan.sent(choice, this.#arrivalMs(), facts)
      this.#send(kind, choice.target, choice.mayOverlap ?? false)
    }
  }

  #wakeIn(ms: number): void {
    const atMs = this.#world.nowMs + ms
    if (atMs >= this.#wakeAtMs) return
    this.#wakeAtMs = atMs
    this.#world.in(ms, () => {
      if (this.#wakeAtMs !== atMs) return
      this.#wakeAtMs = Infinity
      this.#dispatch()
    })
  }

  #send(kind: 'create' | 'info', one: Target, mayOverlap: boolean): void {
    const sentMs = this.#arrivalMs()
    const half = this.#world.drop.roundTripMs / 2
    const creating = one.creating + (kind === 'create' ? 1 : 0)
    this.#put({ ...one, creating, busy: !mayOverlap || creating >= CREATES_IN_FLIGHT_MAX })
    this.#inFlight += 1
    this.#present += 1
    this.#world.in(half, () => {
      this.#count(kind)
      if (kind === 'create' && this.#world.isReleased(one.id) && !this.#firsts.has(one.id))
        this.#firsts.set(one.id, this.#world.nowMs)
      const answer = kind === 'create' ? this.#create(one.id) : this.#world.info(one.id)
      this.#world.in(half, () => this.#answered(kind, one.id, answer, sentMs))
    })
  }

  #create(id: string): CreateVerdict {
    const isWon = this.#world.create(id, US)
    return isWon
      ? { kind: 'registered', crDate: new Date(this.#world.nowMs) }
      : { kind: 'exists', code: 2302 }
  }

  #count(kind: 'create' | 'info'): void {
    this.#counts[`${kind}s`] += 1
    if (this.#world.nowMs <= this.#lastReleaseMs) this.#counts[`${kind}sWhileReleasing`] += 1
  }

  #answered(kind: 'create' | 'info', id: string, verdict: CreateVerdict | InfoVerdict, sentMs: number): void {
    this.#inFlight -= 1
    this.#leave(this.#world.nowMs + RATE_MS)
    const current = this.#targets.get(id)
    if (current !== undefined) this.#observe(kind, current, verdict, sentMs)
    this.#dispatch()
  }

  #observe(
    kind: 'create' | 'info',
    current: Target,
    verdict: CreateVerdict | InfoVerdict,
    sentMs: number,
  ): void {
    const base = { ...current, creating: current.creating - (kind === 'create' ? 1 : 0) }
    const { target: next, decision } =
      kind === 'create'
        ? observeCreate(base, verdict as CreateVerdict, sentMs, accountFacts())
        : observeInfo(base, verdict as InfoVerdict, sentMs, accountFacts())
    const seen = seenIn(kind, verdict, sentMs)
    if (seen !== undefined) this.#plan.learn(current.id, seen)
    if (decision !== undefined) {
      this.#targets.delete(current.id)
      return this.#plan.remove(current.id)
    }
    const lastSentMs = Math.max(next.lastSentMs ?? -Infinity, current.lastSentMs ?? -Infinity)
    this.#put({ ...next, lastSentMs })
  }

  #leave(atMs: number): void {
    const later = this.#leaving.findLastIndex((other) => other <= atMs)
    this.#leaving.splice(later + 1, 0, atMs)
  }
}

/** The names are not ordered in the order of their release. */
function targetOf(name: VirtualName, { drop, draw }: World): Target {
  const { id, orderKey, updatedMs, place } = name
  const releaseMs = name.listedMs ?? name.releaseMs
  const isExact = drop.release === 'exact_instant'
  const [dropFromMs, dropToMs] = isExact ? [releaseMs, releaseMs + 60_000] : drop.windowMs
  return target({
    id,
    listingId: id,
    name: id,
    orderedAt: new Date(Math.floor(draw() * 1e9)),
    release: drop.release,
    releaseMs: isExact ? releaseMs : null,
    dropFromMs,
    dropToMs,
    graceUntilMs: dropToMs + 600_000,
    probing: { fromMs: dropToMs + 60_000, everyMs: 10_000, share: 0.1 },
    place: place ?? null,
    prior: prior({ updatedAt: updatedMs === undefined ? null : new Date(updatedMs), roid: orderKey }),
  })
}
