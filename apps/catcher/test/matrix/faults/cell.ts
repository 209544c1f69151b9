import {
  type Fault,
  type FaultKind,
  faultMoments,
  orderFault,
} from '../../../../registry-sim/src/registry/faults.ts'
import { closeWorld, openWorld, violationsIn, type World } from '../world/world.ts'
import { nameCommands } from './names.ts'
import { objectCommands } from './objects.ts'
import { type Change, dataOf, type Question } from './trial.ts'

/** Every command of the client but the login, which `logins.ts` has. */
export const commands: Readonly<Record<string, Change | Question>> = { ...nameCommands, ...objectCommands }

/** What came of one cell: a fault on a command, some times. */
export type Cell = {
  readonly fault: FaultKind
  readonly command: string
  runs: number
  /** How often the fault injected; each run is injected at least once. */
  injected: number
  /** What the client concluded: from the answer, or by asking. */
  done: number
  notDone: number
  asked: number
  /** One line for each mistake; empty for a correct client and simulator. */
  readonly wrong: string[]
}

export function emptyCell(fault: FaultKind, command: string): Cell {
  return { fault, command, runs: 0, injected: 0, done: 0, notDone: 0, asked: 0, wrong: [] }
}

const SESSIONS_MAX = 3
/** One run with its recovery. After a 2502 each session takes half a minute to come back. */
export const TRIAL_MS_MAX = 600_000
/** How often a command is sent, or asked about, again at most. */
const TRIES_MAX = 100
const PAUSE_MS = 200

/** A delay, and one that is longer than the client waits. */
const SLOW_MS = [2_000, 15_000] as const
/** The client waits for octets that do not arrive, or reads the end of a frame as the next one. */
const LENGTHS_OFF = [7, -3] as const
const SKEW_MS = 3_600_000

/** A fault applies to greetings or to commands, never to both. */
export function applies(fault: FaultKind, { verb }: Change | Question): boolean {
  return (faultMoments[fault] === 'greeting') === (verb === 'hello') && fault !== 'plain_text_banner'
}

/** Runs `objects` at once in a new world, with one fault in each. Adds to the cell; throws errors that end the world early. */
export async function runTogether(cell: Cell, seed: number, objects: readonly string[]): Promise<void> {
  const command = commands[cell.command]
  if (command === undefined) throw new Error(`no command ${cell.command}`)
  const world = await openWorld({
    seed,
    registry: { extensions: ['rgp', 'fee'] },
    // Every second world has commands in flight behind the one with the fault.
    profile: 'generic',
    limits: {
      sessionsMax: SESSIONS_MAX,
      commandsPerSecondMax: 40,
      idleSecondsMax: 600,
      commandsInFlightMax: isPipelined(seed) ? 3 : 1,
    },
  })
  const { time } = world
  for (const object of objects) await time.until(command.prepare(world, object), TRIAL_MS_MAX)
  const fault = order(world, cell.fault, command, seed, objects)
  const stage = { cell, world, fault }
  const runs = objects.map((object) => runOne(stage, command, object))
  // Without other commands nothing could be answered out of order.
  const company = isPipelined(seed) ? objects.map((object) => accompany(stage, object)) : []
  const judges = await time.until(Promise.all([...runs, ...company]), TRIAL_MS_MAX)
  cell.injected += fault.injected
  await time.until(recover(world), TRIAL_MS_MAX)
  // Checked at the end: a command that was considered not done must not be done later either.
  cell.wrong.push(...judges.flatMap((judge) => judge() ?? []))
  for (const [rule, count] of Object.entries(violationsIn(world))) cell.wrong.push(`${rule} broken ${count}×`)
  await closeWorld(world)
}

const isPipelined = (seed: number) => seed % 2 === 1

/** A check without a fault, in flight beside a command with one: its answer is right, or there is none. */
async function accompany({ world }: Stage, object: string): Promise<Judge> {
  const name = `beside-${object}.test`
  const answer = await world.pool.check([name], world.newClTRID())
  const [checked] = dataOf(answer) ?? []
  const isRight = answer.kind !== 'answered' || (checked?.name === name && checked.available)
  return () => (isRight ? undefined : `beside ${object}: ${JSON.stringify(answer)}`)
}

type Stage = { readonly cell: Cell; readonly world: World; readonly fault: Fault }
/** The mistakes, collected at the end. */
type Judge = () => string | undefined

function order(
  { registry }: World,
  kind: FaultKind,
  { verb, aim }: Change | Question,
  seed: number,
  objects: readonly string[],
): Fault {
  const which = (seed >> 1) % 2
  return orderFault(registry.faults, {
    kind,
    on: 'any',
    commands: [verb],
    count: aim ? 1 : objects.length,
    probability: 1,
    delayMs: SLOW_MS[which],
    lengthOff: LENGTHS_OFF[which],
    skewMs: SKEW_MS,
    ...(aim && { names: objects.map(aim) }),
  })
}

async function runOne(stage: Stage, command: Change | Question, object: string): Promise<Judge> {
  stage.cell.runs += 1
  const judge =
    command.kind === 'change' ? await change(stage, command, object) : await question(stage, command, object)
  return () => {
    const wrong = judge()
    return wrong === undefined ? undefined : `${object}: ${wrong}`
  }
}

/**
 * Checks that the client's conclusion is the registry's truth. A command that was not sent because of the fault in another
 * command is sent again.
 */
async function change(stage: Stage, command: Change, object: string): Promise<Judge> {
  const { cell, world, fault } = stage
  const isAhead = () => command.aim !== undefined && (fault.leftByName?.get(command.aim(object)) ?? 0) > 0
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const sent = await sendUntilSent(world, (clTRID) => command.send(world, object, clTRID))
    if (typeof sent === 'string') return () => sent
    const concluded =
      sent.conclusion === 'ask' ? await ask(cell, world, command, object) : sent.conclusion === 'done'
    if (concluded === undefined) return () => 'info never decided it'
    if (!concluded && isAhead()) continue
    cell[concluded ? 'done' : 'notDone'] += 1
    return () => {
      const truth = command.isDone(world, object)
      const answer = JSON.stringify({ ...sent.answer, data: undefined })
      return concluded === truth ? undefined : `concluded ${concluded}, is ${truth}, after ${answer}`
    }
  }
  return () => 'never injected'
}

async function ask(cell: Cell, world: World, command: Change, object: string): Promise<boolean | undefined> {
  cell.asked += 1
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const mistake = await command.ask(world, object)
    if (mistake !== undefined) return mistake
    await pause(world)
  }
  return undefined
}

/** Sends again, with a new clTRID, what was not sent. The old clTRID must never have arrived. */
async function sendUntilSent<Sent extends { readonly conclusion: string }>(
  world: World,
  send: (clTRID: string) => Promise<Sent>,
): Promise<Sent | string> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const clTRID = world.newClTRID()
    const sent = await send(clTRID)
    if (sent.conclusion !== 'not_sent') return sent
    await pause(world)
    if (world.received.has(clTRID)) return 'called not sent, and arrived'
  }
  return 'never sent'
}

/** Asks until there is an answer, which has to be right. */
async function question({ cell, world }: Stage, command: Question, object: string): Promise<Judge> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const clTRID = world.newClTRID()
    const answer = await command.send(world, object, clTRID)
    const succeeded = answer.kind === 'answered' && !('code' in answer && answer.code >= 2000)
    if (succeeded) {
      cell.done += 1
      return () => command.complain(world, object, answer)
    }
    cell.asked += 1
    await pause(world)
    if (answer.kind === 'not_sent' && world.received.has(clTRID)) return () => 'called not sent, and arrived'
  }
  return () => 'never answered'
}

/**
 * Resolves when the pool has its sessions again and several checks in a row are answered. An
 * answer that is repeated late may end one more session.
 */
export async function recover(world: World): Promise<void> {
  const { pool, account } = world
  for (let inRow = 0; inRow < 2 * SESSIONS_MAX; ) {
    if (account.sessions.size > SESSIONS_MAX) throw new Error('more sessions than allowed')
    if (pool.status().ready < SESSIONS_MAX) await pause(world)
    else inRow = (await isServed(world)) ? inRow + 1 : 0
  }
}

async function isServed({ pool, newClTRID }: World): Promise<boolean> {
  const answer = await pool.check(['recovered.test'], newClTRID())
  if (answer.kind !== 'answered') return false
  if (dataOf(answer)?.[0]?.available !== true) throw new Error(`after recovery: ${JSON.stringify(answer)}`)
  return true
}

function pause({ time }: World): Promise<void> {
  return new Promise((resolve) => void time.after(PAUSE_MS, resolve))
}
