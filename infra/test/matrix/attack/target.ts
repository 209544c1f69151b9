import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { TrustCell } from '@droplock/core/testing/trust-result'
import type { Server } from '../../doors/server.ts'
import { isFault, type Statuses } from './attackers.ts'
import type { GoodClient, GoodFigures } from './good-client.ts'

/** A process under attack, with a client that behaves well. */
export type Target = {
  readonly app: string
  readonly server: Server
  readonly good: GoodClient
  /** What the good client saw without an attack. */
  quiet: GoodFigures
}

/** What an attack got for answers, and what it saw that must not be. */
export type Found = { readonly statuses: Statuses; readonly violations: readonly string[] }

export type Attack = {
  readonly name: string
  readonly run: (target: Target) => Promise<Found>
  /** What the process is right to log as an error. */
  readonly logs?: RegExp
  /** When the connections of attackers that have hung up are gone, where that is not at once. Milliseconds. */
  readonly closedMsMax?: number
  /** It takes more than some seconds: `npm test` leaves it out. */
  readonly isLong?: true
}

/** An attack on a process, with its figures. */
export type Attacked = TrustCell & {
  readonly statuses: Statuses
  readonly rssMib: { readonly before: number; readonly peak: number; readonly after: number }
  readonly good: GoodFigures
  readonly quiet: GoodFigures
  readonly openAfter: number
}

/** The registry of the catcher does not answer here, attack or not. */
const registryIsAway = /"event":"account.lost"/

/** What a process may hold more at the most while it is attacked, garbage and all. MiB. */
const PEAK_MIB_MAX = 250
/** What it may still hold more after a full collection. MiB. */
const KEPT_MIB_MAX = 50
/** Connections of attackers that have hung up are gone by then, unless the attack says otherwise. Milliseconds. */
const CLOSED_MS_MAX = 5_000

/** Runs one attack on a process, and holds what it did to it against the bounds. */
export async function underAttack(
  target: Target,
  { name, run, logs, closedMsMax = CLOSED_MS_MAX }: Attack,
): Promise<Attacked> {
  const { app, server, good, quiet } = target
  const before = await server.measure('reset')
  const rssBefore = readMib(server.pid, 'VmRSS')
  // The peak is counted anew from here (proc(5)).
  writeFileSync(`/proc/${server.pid}/clear_refs`, '5')
  const errorsBefore = server.errors().length
  await good.take()
  const { statuses, violations } = await run(target)
  const beside = await good.take()
  const peak = readMib(server.pid, 'VmHWM')
  const openAfter = await waitUntilClosed(server.url, closedMsMax)
  const after = await server.measure('read')
  const rssAfter = readMib(server.pid, 'VmRSS')
  const kept = (after.heapBytes - before.heapBytes) / MIB
  const errors = server.errors().slice(errorsBefore)
  return {
    fault: name,
    step: app,
    runs: [...statuses.values()].reduce((sum, times) => sum + times, 0),
    violations: [
      ...violations,
      ...[...statuses].filter(([status]) => isFault(status)).map(([status, times]) => `${status} × ${times}`),
      ...errors
        .filter((line) => !(logs?.test(line) ?? false) && !registryIsAway.test(line))
        .map((line) => `logged as an error: ${line.slice(0, 300)}`),
      ...(server.isUp() ? [] : ['the process has ended']),
      ...(peak - rssBefore > PEAK_MIB_MAX ? [`held ${Math.round(peak - rssBefore)} MiB more`] : []),
      ...(kept > KEPT_MIB_MAX ? [`still holds ${Math.round(kept)} MiB more`] : []),
      ...(openAfter > 0 ? [`${openAfter} connections are left open`] : []),
      ...refusalsOf(beside),
    ],
    statuses,
    rssMib: { before: rssBefore, peak, after: rssAfter },
    good: beside,
    quiet,
    openAfter,
  }
}

/** The client that behaves well is always answered. */
export function refusalsOf({ asked, refused }: GoodFigures): readonly string[] {
  const reasons = Object.entries(refused).map(([reason, times]) => `${reason} × ${times}`)
  if (reasons.length > 0) return [`the good client was refused: ${reasons.join(', ')}`]
  return asked > 0 ? [] : ['the good client was not answered at all']
}

const MIB = 1_048_576

/** Of a Linux process. */
function readMib(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const kib = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(
    readFileSync(`/proc/${pid}/status`, 'utf8'),
  )?.[1]
  return Number(kib) / 1_024
}

async function waitUntilClosed(url: string, msMax: number): Promise<number> {
  const untilMs = performance.now() + msMax
  for (;;) {
    const open = countAttackers(url)
    if (open === 0 || performance.now() > untilMs) return open
    await wait(100)
  }
}

/** Of `/proc/net/tcp`: the state of a connection that both sides have. */
const ESTABLISHED = '01'
/** 127.0.0.1 in the kernel's order: the good client, and the other servers. */
const OURS = '0100007F'

/** Connections to the server that attackers have open. */
function countAttackers(url: string): number {
  const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0')
  const lines = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1)
  return lines.filter((line) => {
    const [, local = '', remote = '', state] = line.trim().split(/\s+/)
    return local.endsWith(`:${port}`) && !remote.startsWith(OURS) && state === ESTABLISHED
  }).length
}
