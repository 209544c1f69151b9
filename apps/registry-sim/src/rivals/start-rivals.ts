import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock, Log } from '../clock.ts'
import type { Hosted } from '../control/reads.ts'
import {
  type Credentials,
  offersProducts,
  readCode,
  readServerMs,
  writeCreate,
  writeLogin,
} from './documents.ts'
import { type Endpoint, type Link, openLink } from './link.ts'
import { makeTargets, type Targets, type Window } from './targets.ts'

type RivalOptions = Credentials &
  Endpoint &
  Window & {
    /** The URL of the registry's drop list. */
    readonly dropListUrl: string
    readonly seed: number
    /** Above 0, up to 1: the share of the account's limits that it uses. */
    readonly strength: number
    readonly sessionsMax: number
    readonly commandsPerSecondMax: number
    readonly nowMs: () => number
    readonly log: Log
  }

type Rival = {
  /** Creates sent so far, and names won. */
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
/** Final answers: registered, applied for, or never available. */
const FINAL = new Set([1000, 1001, 2003, 2004, 2005, 2104, 2201, 2306, 2308])

type State = {
  readonly targets: Targets
  /** The beginning of every clTRID, so that a later run does not repeat one. */
  readonly run: string
  readonly ended: AbortController
  sent: number
  won: number
  nextSlotMs: number
  skewMs: number
}

function isStopping({ ended }: State): boolean {
  return ended.signal.aborted
}

async function rest(state: State, ms: number): Promise<void> {
  await sleep(ms, undefined, { signal: state.ended.signal }).catch(() => undefined)
}

async function readList(options: RivalOptions, state: State): Promise<void> {
  while (!isStopping(state)) {
    try {
      state.targets.learn(await (await fetch(options.dropListUrl, { signal: state.ended.signal })).text())
    } catch {
      // The registry is not available, or not yet. The list is read again later.
    }
    await rest(state, LIST_EVERY_MS)
  }
}

/** Waits for this create's turn among all sessions. */
async function takeSlot(options: RivalOptions, state: State): Promise<void> {
  const gapMs = 1000 / (options.commandsPerSecondMax * options.strength * OF_RATE)
  const nowMs = performance.now()
  const slotMs = Math.max(nowMs, state.nextSlotMs)
  state.nextSlotMs = slotMs + gapMs
  if (slotMs > nowMs) await rest(state, slotMs - nowMs)
}

async function logIn(options: RivalOptions, state: State): Promise<Link | undefined> {
  try {
    const link = await openLink(options)
    const serverMs = readServerMs(link.greeting)
    if (Number.isFinite(serverMs)) state.skewMs = serverMs - options.nowMs()
    const answer = await link.ask(writeLogin(options, offersProducts(link.greeting)))
    if (answer !== undefined && readCode(answer) === 1000) return link
    link.close()
  } catch {
    // Refused, or no greeting: as at a registry without free sessions.
  }
  return undefined
}

async function tryOnce(options: RivalOptions, state: State, link: Link, name: string): Promise<void> {
  await takeSlot(options, state)
  if (isStopping(state)) return
  state.sent += 1
  const xml = writeCreate(name, `${state.run}-${state.sent}`, offersProducts(link.greeting))
  const answer = await link.ask(xml)
  const code = answer === undefined ? undefined : readCode(answer)
  if (code === 1000) state.won += 1
  if (code !== undefined && FINAL.has(code)) state.targets.drop(name)
  // Any x5xx ends the session (RFC 5730 §3).
  if (code !== undefined && Math.floor(code / 100) % 10 === 5) link.close()
}

/** One session: a plain loop of creates while a window is open, no connection while none is. */
async function runSession(options: RivalOptions, state: State): Promise<void> {
  let link: Link | undefined
  while (!isStopping(state)) {
    const name = state.targets.next(options.nowMs() + state.skewMs)
    if (name === undefined) {
      link?.close()
      link = undefined
      await rest(state, LOOK_EVERY_MS)
      continue
    }
    if (!link?.isOpen) link = await logIn(options, state)
    if (link) await tryOnce(options, state, link, name)
    else await rest(state, RECONNECT_MS)
  }
  link?.close()
}

/** Starts a drop-catcher that sends creates over EPP, at `strength` of its account's limits. */
export function startRival(options: RivalOptions): Rival {
  const targets = makeTargets(options.seed, options.clid, options)
  const run = `${options.clid}-${options.nowMs().toString(36)}`
  const ended = new AbortController()
  const state: State = { targets, run, ended, sent: 0, won: 0, nextSlotMs: 0, skewMs: 0 }
  const sessions = Math.max(1, Math.floor(options.sessionsMax * options.strength))
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
      password: account.password,
      dropListUrl: `${control}/registries/${id}/drop-list.csv`,
      seed: registry.seed,
      host,
      port,
      ca,
      nowMs: () => clock.nowMs(),
      log,
    })
  })
}
