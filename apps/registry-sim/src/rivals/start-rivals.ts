import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock, Log } from '../clock.ts'
import type { Hosted } from '../control/reads.ts'
import { stream } from '../random.ts'
import { ClockBounds } from './clock-bounds.ts'
import {
  type Credentials,
  isPendingDelete,
  offersProducts,
  readCode,
  readCrDateMs,
  readServerTime,
  writeCreate,
  writeInfo,
  writeLogin,
} from './documents.ts'
import { type Endpoint, type Link, openLink } from './link.ts'
import { OrderedStrategy } from './ordered.ts'
import type { Attempt, Strategy } from './strategy.ts'
import { loopOver, makeTargets, type Window } from './targets.ts'
import { evenTurns, rollingTurns, type Turns } from './turns.ts'

type RivalOptions = Credentials &
  Endpoint &
  Window & {
    /** The URL of the registry in the control API: its drop list, and the order of release. */
    readonly registryUrl: string
    readonly seed: number
    /** Above 0, up to 1: the share of the account's limits that it uses. */
    readonly strength: number
    /** What it wants; absent: everything that is listed. */
    readonly names?: ReadonlySet<string> | undefined
    /** It knows in which order names are released: `OrderedStrategy` says what it does with that. Else it loops over its names. */
    readonly knowsOrder: boolean
    /** If so, it also sends its commands when they are worth most, and not at an even pace. */
    readonly timesCommands: boolean
    readonly sessionsMax: number
    readonly commandsPerSecondMax: number
    readonly nowMs: () => number
    readonly log: Log
  }

type Rival = {
  /** Commands sent so far, and names won. */
  readonly sent: number
  readonly won: number
  stop(): Promise<void>
}

/** How often a rival reads the list and checks whether a window is open. */
const LIST_EVERY_MS = 500
const LOOK_EVERY_MS = 20
/** After a lost session. */
const RECONNECT_MS = 500
/** Commands below the limit, since a stall can push commands together: one for each session. */
const OF_RATE = 0.9
type State = {
  readonly strategy: Strategy
  /** Reads the order of release; absent: the rival does not know it. */
  readonly knowOrder: ((names: readonly string[]) => void) | undefined
  /** The beginning of every clTRID, so that a later run does not repeat one. */
  readonly run: string
  readonly ended: AbortController
  readonly turns: Turns
  sent: number
  won: number
  readonly clock: ClockBounds
}

function isStopping({ ended }: State): boolean {
  return ended.signal.aborted
}

async function rest({ signal }: AbortController, ms: number): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}

async function readList(options: RivalOptions, state: State): Promise<void> {
  while (!isStopping(state)) {
    try {
      const { signal } = state.ended
      if (state.knowOrder) state.knowOrder(await readOrder(options, signal))
      const list = await fetch(`${options.registryUrl}/drop-list.csv`, { signal })
      state.strategy.learn(await list.text())
    } catch {
      // The registry is not available, or not yet. The list is read again later.
    }
    await rest(state.ended, LIST_EVERY_MS)
  }
}

async function readOrder({ registryUrl }: RivalOptions, signal: AbortSignal): Promise<readonly string[]> {
  const answer = await fetch(`${registryUrl}/release-order`, { signal })
  const body: { readonly names?: readonly string[] } = JSON.parse(await answer.text())
  return body.names ?? []
}

async function logIn(options: RivalOptions, state: State): Promise<Link | undefined> {
  try {
    const openedMs = options.nowMs()
    const link = await openLink(options)
    noteGreeting(state, link, openedMs, options.nowMs())
    const answer = await link.ask(writeLogin(options, offersProducts(link.greeting)))
    if (answer !== undefined && readCode(answer) === 1000) return link
    link.close()
  } catch {
    // Refused, or no greeting: as at a registry without free sessions.
  }
  return undefined
}

function noteGreeting({ clock }: State, { greeting }: Link, openedMs: number, readMs: number): void {
  const server = readServerTime(greeting)
  if (server !== undefined) clock.note(openedMs, readMs, server.atMs, server.resolutionMs)
}

async function tryOnce(options: RivalOptions, state: State, link: Link): Promise<void> {
  const turn = await state.turns.take((usedShare) =>
    isStopping(state) ? undefined : state.strategy.next(options.nowMs() + state.clock.offsetMs, usedShare),
  )
  if (turn === undefined) return
  const { attempt } = turn
  state.sent += 1
  const sentMs = options.nowMs()
  const answer = await link.ask(write(attempt, `${state.run}-${state.sent}`, link))
  turn.done()
  if (answer === undefined) return
  note(state, attempt, answer, { sentMs, answeredMs: options.nowMs() })
  // Any x5xx ends the session (RFC 5730 §3).
  if (Math.floor(readCode(answer) / 100) % 10 === 5) link.close()
}

function write({ kind, name }: Attempt, clTRID: string, { greeting }: Link): string {
  return (kind === 'info' ? writeInfo : writeCreate)(name, clTRID, offersProducts(greeting))
}

type Times = { readonly sentMs: number; readonly answeredMs: number }

function note(state: State, attempt: Attempt, answer: string, { sentMs, answeredMs }: Times): void {
  const code = readCode(answer)
  const crDateMs = readCrDateMs(answer)
  if (attempt.kind === 'create' && code === 1000) {
    state.won += 1
    if (crDateMs !== undefined) state.clock.note(sentMs, answeredMs, crDateMs)
  }
  state.strategy.observe(attempt, {
    code,
    crDateMs,
    isPending: isPendingDelete(answer),
    sentMs: sentMs + state.clock.offsetMs,
    answeredMs: answeredMs + state.clock.offsetMs,
  })
}

/** One session: commands while a window is open, no connection while none is. */
async function runSession(options: RivalOptions, state: State): Promise<void> {
  let link: Link | undefined
  while (!isStopping(state)) {
    if (!state.strategy.isOpen(options.nowMs() + state.clock.offsetMs)) {
      link?.close()
      link = undefined
      await rest(state.ended, LOOK_EVERY_MS)
      continue
    }
    if (!link?.isOpen) link = await logIn(options, state)
    if (link) await tryOnce(options, state, link)
    else await rest(state.ended, RECONNECT_MS)
  }
  link?.close()
}

function startState(options: RivalOptions, sessions: number): State {
  const { seed, clid, names, knowsOrder, timesCommands } = options
  const ended = new AbortController()
  const commandsPerSecond = options.commandsPerSecondMax * options.strength * OF_RATE
  const targets = makeTargets(seed, clid, options, names)
  const timing = timesCommands ? { commandsPerSecond, sessions } : undefined
  const ordered = knowsOrder ? new OrderedStrategy(targets, timing) : undefined
  const pace = {
    commandsPerSecond,
    random: stream(seed, 'wire-rival-pauses', clid),
    rest: (ms: number) => rest(ended, ms),
  }
  return {
    strategy: ordered ?? loopOver(targets),
    knowOrder: ordered && ((order) => ordered.knowOrder(order)),
    turns: ordered && timing ? rollingTurns(pace) : evenTurns(pace),
    run: `${clid}-${options.nowMs().toString(36)}`,
    ended,
    sent: 0,
    won: 0,
    clock: new ClockBounds(),
  }
}

/** Starts a drop-catcher that sends its commands over EPP, at `strength` of its account's limits. */
export function startRival(options: RivalOptions): Rival {
  const sessions = Math.max(1, Math.floor(options.sessionsMax * options.strength))
  const state = startState(options, sessions)
  const running = [
    readList(options, state),
    ...Array.from({ length: sessions }, () => runSession(options, state)),
  ]
  options.log.info({ clid: options.clid, strength: options.strength, sessions }, 'rival started')
  return {
    get sent() {
      return state.sent
    },
    get won() {
      return state.won
    },
    async stop() {
      state.ended.abort()
      await Promise.all(running)
    },
  }
}

type RivalsOptions = {
  readonly control: string
  readonly ca: string
  readonly clock: Clock
  readonly log: Log
}

/** Starts the wire rivals of a registry's settings in this process. Each must have an account there. */
export function startRivals({ registry, host, port }: Hosted, options: RivalsOptions): readonly Rival[] {
  const { control, ca, clock, log } = options
  const { id, wireRivals } = registry.settings
  return wireRivals.flatMap((rival) => {
    const account = registry.accounts.get(rival.clid)
    if (!account) return []
    return startRival({
      ...rival,
      ...account.limits,
      names: rival.names && new Set(rival.names),
      password: account.password,
      registryUrl: `${control}/registries/${id}`,
      seed: registry.seed,
      host,
      port,
      ca,
      nowMs: () => clock.nowMs(),
      log,
    })
  })
}
