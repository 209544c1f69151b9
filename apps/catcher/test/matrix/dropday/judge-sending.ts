import type { NameTruth } from '../../../../registry-sim/src/registry/truth.ts'
import { ACCOUNT, SESSIONS_MAX, type Testbed } from '../../support/testbed.ts'
import { type Injected, TAKEOVER_MS_MAX } from './inject.ts'
import { isOurs, readUse } from './judge-outcomes.ts'
import type { Trial } from './trial.ts'
import type { LeaseSeen } from './watch-leases.ts'

export type Sending = {
  readonly creates: number
  /** From the last create of the process that was lost to the first command of its successor. */
  readonly takeoverMs?: number
  /** From the fault until the successor had the lease. */
  readonly leasedAfterMs?: number
  /** Logins that the registry refused because the sessions of a stopped process were still open, or because of the lock. */
  readonly refusedLogins: number
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
  leases: readonly LeaseSeen[],
  injected: Injected,
): Promise<Sending> {
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
  wrong.push(...sentWithoutLease(creates, leases))
  const { ended, atMs } = injected
  if (ended === undefined) return { creates: creates.length, refusedLogins, wrong }
  const late = creates.filter(
    ({ owner, atMs: arrivedMs }) => owner === ended.owner && arrivedMs > ended.endsMs,
  )
  if (late.length > 0) wrong.push(`${late.length} creates of a process whose lease had ended`)
  const successor = leases.find((lease) => lease.accountId === ACCOUNT && lease.epoch > ended.epoch)
  if (successor === undefined)
    return { creates: creates.length, refusedLogins, wrong: [...wrong, 'nobody took over'] }
  const leasedAfterMs = successor.acquiredMs - atMs
  if (leasedAfterMs > TAKEOVER_MS_MAX) wrong.push(`the lease was taken over after ${leasedAfterMs} ms`)
  const lastMs = Math.max(
    ...creates.filter(({ owner }) => owner === ended.owner).map((create) => create.atMs),
  )
  const firstMs = await firstCommandMs(testbed, successor.owner)
  const takeoverMs = firstMs === undefined ? {} : { takeoverMs: firstMs - lastMs }
  return { creates: creates.length, refusedLogins, leasedAfterMs, ...takeoverMs, wrong }
}

/** A login is the only way to find out whether a stopped process still has its sessions. */
function isUnavoidable({ variant }: Trial, limit: string): boolean {
  return variant === 'no_session_free' && limit === 'sessions'
}

type Create = { readonly atMs: number; readonly owner: string; readonly clid: string; readonly name: string }

/** The creates of ours that reached the registry. The clTRID names the process. */
function createsOf(truths: readonly NameTruth[]): readonly Create[] {
  return truths.flatMap(({ name, arrivals }) =>
    arrivals.flatMap(({ at, clID, clTRID }) => {
      const owner = /^DL-(.+)-[^-]+$/.exec(clTRID ?? '')?.[1]
      return owner === undefined || !isOurs(clID) ? [] : [{ atMs: Date.parse(at), owner, clid: clID, name }]
    }),
  )
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
