import type { InfoVerdict } from '@droplock/rules/drop/decide-by-info'
import type { CreateVerdict } from '@droplock/rules/drop/interpret-create'
import TinyQueue from 'tinyqueue'
import { observeCreate, observeInfo } from '../../src/plan/observe.ts'
import { seenIn } from '../../src/plan/observe-release.ts'
import { Plan } from '../../src/plan/plan.ts'
import { type Action, type PlanFacts, type PlanRule } from '../../src/plan/ready-at.ts'
import type { Target } from '../../src/plan/target.ts'
import { accountFacts, target } from './target.ts'

/** A drop in virtual time: a registry, rivals and our plan, each with its own limits. The same options give the same result. */

export type VirtualName = {
  readonly id: string
  readonly releaseMs: number
  readonly orderKey: string | null
  readonly updatedMs?: number
  readonly isWanted: boolean
}

type Rival = {
  readonly kind: 'naive' | 'knowing'
  /** Chooses in place of the plain loop. */
  readonly strategy?: () => Strategy
  readonly commandsPerSecondMax: number
  readonly sessionsMax: number
}

type Attempt = { readonly kind: 'create' | 'info'; readonly name: string }

/** How a rival of the simulator chooses. */
export type Strategy = {
  knowOrder(names: readonly string[]): void
  next(nowMs: number): Attempt | undefined
  observe(
    attempt: Attempt,
    outcome: { code: number; crDateMs?: number; isPending: boolean; sentMs: number; answeredMs: number },
  ): void
}

export type VirtualDrop = {
  readonly seed: number
  readonly names: readonly VirtualName[]
  readonly release: Target['release']
  readonly windowMs: readonly [number, number]
  /** When the windows of names with an exact time begin; their release by default. */
  readonly roundTripMs: number
  readonly clockErrorMs?: number
  readonly aimErrorMs?: number
  readonly commandsPerSecondMax: number
  readonly sessionsMax: number
  readonly rivals: readonly Rival[]
  readonly untilMs: number
}

type Outcome = {
  readonly winner: string | undefined
  readonly wonMs: number
  readonly firstMs: number | undefined
  readonly releaseMs: number
}

export type VirtualResult = {
  readonly names: ReadonlyMap<string, Outcome>
  readonly creates: number
  readonly infos: number
  readonly infosWhileReleasing: number
  readonly createsWhileReleasing: number
  readonly wasted: number
  readonly choices: number
  readonly choiceMs: number
}

const rule: PlanRule = {
  prepareLeadMs: 300_000,
  aimLeadMs: 50,
  nameGapMs: 0,
  createsPerInfo: 20,
  awardPauseMsMin: 5_000,
}

export function mulberry(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Event = { readonly atMs: number; readonly order: number; readonly run: () => void }

export function runVirtualDrop(options: VirtualDrop): VirtualResult {
  const events = new TinyQueue<Event>([], (one, other) => one.atMs - other.atMs || one.order - other.order)
  let order = 0
  let nowMs = Math.min(options.windowMs[0], ...options.names.map(({ releaseMs }) => releaseMs)) - 60_000
  const at = (atMs: number, run: () => void) =>
    events.push({ atMs: Math.max(nowMs, atMs), order: order++, run })
  const holders = new Map<string, { winner: string; wonMs: number }>()
  const byId = new Map(options.names.map((name) => [name.id, name]))
  const lastReleaseMs = Math.max(
    ...options.names.filter(({ isWanted }) => isWanted).map(({ releaseMs }) => releaseMs),
  )
  const firstOurs = new Map<string, number>()
  const half = options.roundTripMs / 2
  const random = mulberry(options.seed)

  const tryCreate = (id: string, who: string): 'won' | 'exists' => {
    const name = byId.get(id)
    if (name === undefined || nowMs < name.releaseMs || holders.has(id)) return 'exists'
    holders.set(id, { winner: who, wonMs: nowMs })
    return 'won'
  }

  for (const [index, rival] of options.rivals.entries()) startRival(`rival-${index}`, rival)

  function startStrategy(who: string, { commandsPerSecondMax, sessionsMax, strategy }: Rival): void {
    const chooser = strategy?.()
    if (chooser === undefined) return
    const gapMs = 1_000 / (commandsPerSecondMax * 0.9)
    chooser.knowOrder(options.names.toSorted((a, b) => a.releaseMs - b.releaseMs).map(({ id }) => id))
    let free = sessionsMax
    const step = () => {
      at(nowMs + gapMs * (0.8 + 0.4 * random()), step)
      if (free === 0) return
      const attempt = chooser.next(nowMs)
      if (attempt === undefined) return
      const sentMs = nowMs
      free -= 1
      at(nowMs + half, () => {
        const holder = holders.get(attempt.name)
        const name = byId.get(attempt.name) as VirtualName
        const isWon = attempt.kind === 'create' && tryCreate(attempt.name, who) === 'won'
        const isFree = nowMs >= name.releaseMs && holder === undefined
        const code = attempt.kind === 'create' ? (isWon ? 1000 : 2302) : isFree ? 2303 : 1000
        const crDateMs = isWon ? nowMs : attempt.kind === 'info' ? holder?.wonMs : undefined
        const isPending = attempt.kind === 'info' && nowMs < name.releaseMs
        at(nowMs + half, () => {
          free += 1
          chooser.observe(attempt, {
            code,
            ...(crDateMs !== undefined && { crDateMs }),
            isPending,
            sentMs,
            answeredMs: nowMs,
          })
        })
      })
    }
    at(options.windowMs[0] + random() * gapMs, step)
  }

  function startRival(who: string, rival: Rival): void {
    if (rival.strategy !== undefined) return startStrategy(who, rival)
    const gapMs = 1_000 / (rival.commandsPerSecondMax * 0.9)
    const theirs = options.names.filter(() => true).map(({ id }) => id)
    const gone = new Set<string>()
    const inOrder = options.names.toSorted((a, b) => a.releaseMs - b.releaseMs).map(({ id }) => id)
    let pass: string[] = []
    let free = rival.sessionsMax
    let turn = 0
    const refusals = new Map<string, number>()
    const nextNaive = () => {
      while (true) {
        if (pass.length === 0) {
          pass = theirs.filter((id) => !gone.has(id) && isOpenForNaive(id))
          for (let last = pass.length - 1; last > 0; last -= 1) {
            const other = Math.floor(random() * (last + 1))
            const swap = pass[last] as string
            pass[last] = pass[other] as string
            pass[other] = swap
          }
          if (pass.length === 0) return undefined
        }
        const id = pass.pop() as string
        if (!gone.has(id)) return id
      }
    }
    const isOpenForNaive = (id: string) => {
      const name = byId.get(id)
      return (
        name !== undefined &&
        nowMs >=
          (options.release === 'exact_instant' ? name.releaseMs - 60_000 : options.windowMs[0] - 60_000) &&
        nowMs < name.releaseMs + 60_000
      )
    }
    const ahead = () => inOrder.filter((id) => !gone.has(id)).slice(0, 3)
    const step = () => {
      at(nowMs + gapMs, step)
      if (free === 0) return
      turn += 1
      if (rival.kind === 'knowing') {
        const [first] = ahead()
        if (first === undefined) return
        // An info about the first name now and then shows whether it is lost.
        if ((refusals.get(first) ?? 0) >= 4 && turn % 6 === 0) {
          free -= 1
          const asked = first
          at(nowMs + half, () => {
            if (holders.has(asked)) gone.add(asked)
            refusals.set(asked, 0)
            at(nowMs + half, () => void (free += 1))
          })
          return
        }
        const candidates = ahead()
        const id = candidates[turn % candidates.length] as string
        send(id)
      } else {
        const id = nextNaive()
        if (id !== undefined) send(id)
      }
    }
    const send = (id: string) => {
      free -= 1
      at(nowMs + half, () => {
        const result = tryCreate(id, who)
        at(nowMs + half, () => {
          free += 1
          if (result === 'won') {
            if (rival.kind === 'knowing')
              for (const before of inOrder.slice(0, inOrder.indexOf(id) - 3)) gone.add(before)
            gone.add(id)
          } else refusals.set(id, (refusals.get(id) ?? 0) + 1)
        })
      })
    }
    at(nowMs + random() * gapMs, step)
  }

  // Ours.
  const plan = new Plan(rule)
  const targets = new Map<string, Target>()
  const clockErrorMs = options.clockErrorMs ?? 0
  for (const [index, name] of options.names.entries()) {
    if (!name.isWanted) continue
    const isExact = options.release === 'exact_instant'
    const fromMs = isExact ? name.releaseMs : options.windowMs[0]
    const toMs = isExact ? name.releaseMs + 60_000 : options.windowMs[1]
    const one = target({
      id: name.id,
      listingId: name.id,
      name: name.id,
      release: options.release,
      releaseMs: isExact ? name.releaseMs : null,
      prior: {
        kind: 'known',
        crDate: new Date(100),
        clid: 'someone',
        updatedAt: name.updatedMs === undefined ? null : new Date(name.updatedMs),
        roid: name.orderKey,
      },
      dropFromMs: fromMs,
      dropToMs: toMs,
      graceUntilMs: toMs + 600_000,
      orderedAt: new Date(Math.floor(mulberry(options.seed * 1_000 + index)() * 1e9)),
      probing: { fromMs: toMs + 60_000, everyMs: 10_000, share: 0.1 },
    })
    targets.set(one.id, one)
    plan.put(one)
  }
  const leaving: number[] = []
  let inFlight = 0
  let present = 0
  let creates = 0
  let infos = 0
  let infosWhile = 0
  let createsWhile = 0
  let wasted = 0
  let choices = 0
  let choiceMs = 0
  let wakeAtMs = Infinity
  const arrivalMs = () => nowMs + half + clockErrorMs
  const factsNow = (): PlanFacts => {
    while (leaving.length > 0 && (leaving[0] as number) <= nowMs) {
      leaving.shift()
      present -= 1
    }
    return {
      ...accountFacts(),
      sends: 'all',
      hasBudget: true,
      commandsLeft: options.commandsPerSecondMax - present,
      aimErrorMs: options.aimErrorMs ?? 1,
      roundTripMs: options.roundTripMs,
      probes: {
        lastMs: -Infinity,
        lastCreateMs: -Infinity,
        commandsPerSecondMax: options.commandsPerSecondMax,
        failedCreatesPerDayMax: Infinity,
      },
    }
  }
  const dispatch = (): void => {
    for (;;) {
      const facts = factsNow()
      if (inFlight >= options.sessionsMax) return
      if (facts.commandsLeft <= 0) return wakeAt(leaving[0] ?? nowMs + 1)
      const startedMs = performance.now()
      const choice = plan.choose(facts, arrivalMs())
      choiceMs += performance.now() - startedMs
      choices += 1
      if (choice.kind === 'wait')
        return wakeAt(nowMs + Math.max(choice.isExact ? 0.05 : 0.5, choice.untilMs - arrivalMs()))
      sendOurs(choice, facts)
    }
  }
  const wakeAt = (atMs: number) => {
    if (atMs >= wakeAtMs) return
    wakeAtMs = atMs
    at(atMs, () => {
      if (wakeAtMs !== atMs) return
      wakeAtMs = Infinity
      dispatch()
    })
  }
  const sendOurs = (action: Action & { readonly mayOverlap?: boolean }, facts: PlanFacts) => {
    const { target: one } = action
    const kind = action.kind === 'create' ? 'create' : 'info'
    const sentMs = arrivalMs()
    plan.sent(action, sentMs, facts)
    const creating = one.creating + (kind === 'create' ? 1 : 0)
    const busy = { ...one, creating, busy: action.mayOverlap !== true || creating >= 3 }
    targets.set(one.id, busy)
    plan.put(busy)
    inFlight += 1
    present += 1
    at(nowMs + half, () => {
      const name = byId.get(one.id) as VirtualName
      const holder = holders.get(one.id)
      const isReleasing = nowMs <= lastReleaseMs
      let verdict: CreateVerdict | InfoVerdict
      if (kind === 'create') {
        creates += 1
        if (isReleasing) createsWhile += 1
        if (holder !== undefined) wasted += 1
        if (nowMs >= name.releaseMs && !firstOurs.has(one.id)) firstOurs.set(one.id, nowMs)
        verdict =
          tryCreate(one.id, 'us') === 'won'
            ? { kind: 'registered', crDate: new Date(nowMs) }
            : { kind: 'exists', code: 2302 }
      } else {
        infos += 1
        if (isReleasing) infosWhile += 1
        verdict =
          nowMs < name.releaseMs
            ? { kind: 'not_purged' }
            : holder === undefined
              ? { kind: 'gone' }
              : { kind: 'other', clID: holder.winner, crDate: new Date(holder.wonMs) }
      }
      at(nowMs + half, () => {
        inFlight -= 1
        insertSorted(leaving, nowMs + 1_000)
        const current = targets.get(one.id)
        if (current === undefined) return dispatch()
        const base = { ...current, creating: current.creating - (kind === 'create' ? 1 : 0) }
        const observed =
          kind === 'create'
            ? observeCreate(base, verdict as CreateVerdict, sentMs, accountFacts())
            : observeInfo(base, verdict as InfoVerdict, sentMs, accountFacts())
        const seen = seenIn(kind, verdict, sentMs)
        if (seen !== undefined) plan.learn(one.id, seen)
        if (observed.decision !== undefined) {
          targets.delete(one.id)
          plan.remove(one.id)
        } else {
          const lastSentMs = Math.max(
            observed.target.lastSentMs ?? -Infinity,
            current.lastSentMs ?? -Infinity,
          )
          const next = { ...observed.target, lastSentMs }
          targets.set(one.id, next)
          plan.put(next)
        }
        dispatch()
      })
    })
  }
  at(nowMs, dispatch)
  for (let event = events.pop(); event !== undefined && event.atMs <= options.untilMs; event = events.pop()) {
    nowMs = event.atMs
    event.run()
    if (targets.size === 0) break
  }
  const results = new Map(
    options.names
      .filter(({ isWanted }) => isWanted)
      .map((name) => {
        const holder = holders.get(name.id)
        return [
          name.id,
          {
            winner: holder?.winner,
            wonMs: holder?.wonMs ?? Infinity,
            firstMs: firstOurs.get(name.id),
            releaseMs: name.releaseMs,
          },
        ]
      }),
  )
  return {
    names: results,
    creates,
    infos,
    infosWhileReleasing: infosWhile,
    createsWhileReleasing: createsWhile,
    wasted,
    choices,
    choiceMs,
  }
}

function insertSorted(times: number[], atMs: number): void {
  let index = times.length
  while (index > 0 && (times[index - 1] as number) > atMs) index -= 1
  times.splice(index, 0, atMs)
}
