import { ACCOUNT, SESSIONS_MAX, type Testbed } from '../../support/testbed.ts'
import { type Injected, TAKEOVER_MS_MAX } from './inject.ts'
import { isOurs, readUse } from './judge-outcomes.ts'
import type { Trial } from './trial.ts'
import type { LeaseSeen, LeaseWatch } from './watch-leases.ts'

export type Sending = {
  readonly creates: number
  /** From the last create of the process that was lost to the first command of its successor. */
  readonly takeoverMs?: number
  /** From the fault until the successor had the lease. */
  readonly leasedAfterMs?: number
  /** Logins that the registry refused because the sessions of a stopped process were still open, or because of the lock. */
  readonly refusedLogins: number
  /** Creates that a process was writing at the moment in which it was stopped, see `writtenInTurn`. */
  readonly inTurn: number
  readonly wrong: readonly string[]
}

type Use = {
  readonly clid: string
  readonly violations: Readonly<Record<string, number>>
  readonly lock?: { readonly logins: number }
}

/** Two processes may each be refused, with all the sessions that they were opening. */
const LOCKED_LOGINS_MAX = 2 * SESSIONS_MAX

/** Checks what was sent, by the registry's record: within limits, within leases, and by no process after its lease. */
export async function judgeSending(
  testbed: Testbed,
  trial: Trial,
  watch: LeaseWatch,
  injected: Injected,
): Promise<Sending> {
  const leases = watch.seen()
  const creates = createsOf(testbed.simulator.truth('sim'))
  const wrong: string[] = []
  let refusedLogins = 0
  for (const { clid, violations, lock } of await readUse<Use>(testbed)) {
    if (!isOurs(clid)) continue
    refusedLogins += (violations['sessions'] ?? 0) + (lock?.logins ?? 0)
    for (const [limit, count] of Object.entries(violations))
      if (count > 0 && !isUnavoidable(trial, limit)) wrong.push(`${clid} exceeded ${limit} ${count} times`)
    if ((lock?.logins ?? 0) > LOCKED_LOGINS_MAX)
      wrong.push(`${clid} logged in ${lock?.logins} times while locked`)
  }
  const { ended, atMs } = injected
  const { inTurn, wrong: outside } = judgeLeases(creates, leases, injected)
  const counted = { creates: creates.length, refusedLogins, inTurn }
  wrong.push(...outside)
  if (ended === undefined) return { ...counted, wrong }
  const successor = leases.find((lease) => lease.accountId === ACCOUNT && lease.epoch > ended.epoch)
  if (successor === undefined) return { ...counted, wrong: [...wrong, 'nobody took over'] }
  const leasedAfterMs = successor.acquiredMs - atMs
  if (leasedAfterMs > TAKEOVER_MS_MAX + watch.silentMsMax())
    wrong.push(`the lease was taken over after ${leasedAfterMs} ms`)
  const last = creates.filter((create) => create.owner === ended.owner && !isLate(create, ended))
  const lastMs = Math.max(...last.map((create) => create.atMs))
  const firstMs = await firstCommandMs(testbed, successor.owner)
  const takeoverMs = firstMs === undefined ? {} : { takeoverMs: firstMs - lastMs }
  return { ...counted, leasedAfterMs, ...takeoverMs, wrong }
}

/** Whether creates were sent by whoever held the lease, and by no process after its own had ended. */
export function judgeLeases(
  creates: readonly Create[],
  leases: readonly LeaseSeen[],
  injected: Injected,
): { readonly inTurn: number; readonly wrong: readonly string[] } {
  const { ended } = injected
  const inTurn = writtenInTurn(creates, injected)
  const others = creates.filter((create) => !inTurn.includes(create))
  const late = ended === undefined ? [] : others.filter((create) => isLate(create, ended))
  const lateWords = late.length === 0 ? [] : [`${late.length} creates of a process whose lease had ended`]
  return { inTurn: inTurn.length, wrong: [...sentWithoutLease(others, leases), ...lateWords] }
}

/** A login is the only way to find out whether a stopped process still has its sessions. */
function isUnavoidable({ variant }: Trial, limit: string): boolean {
  return variant === 'no_session_free' && limit === 'sessions'
}

type Create = { readonly atMs: number; readonly owner: string; readonly clid: string; readonly name: string }

/** What came for a name, of the registry's record. */
type Arrived = {
  readonly name: string
  readonly arrivals: readonly {
    readonly at: string
    readonly clID: string
    readonly clTRID?: string | undefined
  }[]
}

/** The creates of ours that reached the registry. The clTRID names the process. */
export function createsOf(truths: readonly Arrived[]): readonly Create[] {
  return truths.flatMap(({ name, arrivals }) =>
    arrivals.flatMap(({ at, clID, clTRID }) => {
      const owner = /^DL-(.+)-[^-]+$/.exec(clTRID ?? '')?.[1]
      return owner === undefined || !isOurs(clID) ? [] : [{ atMs: Date.parse(at), owner, clid: clID, name }]
    }),
  )
}

/** A process that continues finishes the turn in which it was stopped at once. */
const TURN_MS_MAX = 1_000

/**
 * A process may be stopped between its check of the lease and the system call that writes the frame, in one turn of its event loop: then
 * it writes this one frame when it continues, and no client can prevent that. There is one such turn, so one such create at most.
 */
function writtenInTurn(creates: readonly Create[], { ended, atMs, awayMs }: Injected): readonly Create[] {
  if (ended === undefined || awayMs === undefined) return []
  const continuedMs = atMs + awayMs
  return creates
    .filter((create) => isLate(create, ended))
    .filter((create) => create.atMs >= continuedMs && create.atMs <= continuedMs + TURN_MS_MAX)
    .slice(0, 1)
}

function isLate({ owner, atMs }: Create, ended: LeaseSeen): boolean {
  return owner === ended.owner && atMs > ended.endsMs
}

/** Creates of a process after another one had acquired the lease of the account, and before it had it again itself. */
function sentWithoutLease(creates: readonly Create[], leases: readonly LeaseSeen[]): readonly string[] {
  const ofAccount = leases.filter(({ accountId }) => accountId === ACCOUNT)
  const wrong = creates.filter(({ atMs, owner, clid }) => {
    if (clid !== 'droplock') return false
    const held = ofAccount.findLast(({ acquiredMs }) => acquiredMs <= atMs)
    return held !== undefined && held.owner !== owner
  })
  return wrong.length === 0 ? [] : [`${wrong.length} creates of a process while another one had the lease`]
}

async function firstCommandMs({ clone }: Testbed, owner: string): Promise<number | undefined> {
  const first = await clone.db
    .selectFrom('catch_attempt')
    .select('sent_at')
    .where('cltrid', 'like', `DL-${owner}-%`)
    .orderBy('sent_at')
    .limit(1)
    .executeTakeFirst()
  return first?.sent_at.getTime()
}
