import { createHash } from 'node:crypto'
import { Refusal } from '@droplock/rules/refusals'
import {
  countFailure,
  DEVICE_FAILURES_MAX,
  FORGOTTEN_MS,
  type SignInCount,
  type SignInScope,
} from '@droplock/rules/staff'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'

export type Attempt = {
  readonly email: string
  /** Where it comes from: an IP address or network, as far as it can be trusted. */
  readonly source: string
  /** The SHA-256 of the device's token, where the browser sent one. */
  readonly deviceSha256: Uint8Array | undefined
}

export type CountedAttempt = {
  /** Undefined for an address that no enabled person has, and while the address is paused. */
  readonly account: { readonly id: string; readonly passwordHash: string | null } | undefined
  /** The known device, which is counted instead of source and address. */
  readonly deviceId: string | undefined
  /** The counts that a success undoes. */
  readonly counts: readonly Counted[]
  /** Earlier failures of the device, or of the address. */
  readonly failuresBefore: number
}

type Counted = {
  readonly scope: SignInScope
  readonly subject: string
  readonly before: number
  readonly count: SignInCount
}

/** Each attempt deletes more forgotten counts than it makes. */
const FORGOTTEN_PER_ATTEMPT_MAX = 10

/**
 * Counts a sign-in as failed before its password is checked, with its counts locked: a thousand guesses at once are a thousand failures.
 * Known and unknown addresses are handled alike. Throws Refusal('sign_in_locked') where the source is paused; facts: `retry_at`.
 */
export async function countAttempt(ctx: Context, attempt: Attempt): Promise<CountedAttempt> {
  return inTransaction(ctx.db, async (tx) => {
    const now = await databaseTime(tx)
    return (await countDevice(tx, attempt, now)) ?? countUnknownDevice(tx, attempt, now)
  })
}

/** Counts for a known device of the person, whose counts nobody else can raise. */
async function countDevice(
  tx: Transaction<Database>,
  { email, deviceSha256 }: Attempt,
  now: Date,
): Promise<CountedAttempt | undefined> {
  if (deviceSha256 === undefined) return undefined
  const device = await tx
    .selectFrom('staff_device')
    .innerJoin('staff_account', 'staff_account.id', 'staff_device.staff_id')
    .select(['staff_device.id', 'staff_device.failures', 'staff_id', 'password_hash'])
    .where('token_sha256', '=', Buffer.from(deviceSha256))
    .where('email', '=', email.toLowerCase())
    .where('disabled_at', 'is', null)
    .where('expires_at', '>', now)
    .where('staff_device.failures', '<', DEVICE_FAILURES_MAX)
    .forUpdate('staff_device')
    .executeTakeFirst()
  if (device === undefined) return undefined
  await tx
    .updateTable('staff_device')
    .set({ failures: device.failures + 1 })
    .where('id', '=', device.id)
    .execute()
  return {
    account: { id: device.staff_id, passwordHash: device.password_hash },
    deviceId: device.id,
    counts: [],
    failuresBefore: device.failures,
  }
}

async function countUnknownDevice(
  tx: Transaction<Database>,
  { email, source }: Attempt,
  now: Date,
): Promise<CountedAttempt> {
  const address = email.toLowerCase()
  // The source first, always: so two attempts never wait for each other's second lock.
  const bySource = await countOne(tx, 'source', source, now)
  if (bySource instanceof Date) {
    throw new Refusal('sign_in_locked', 'Too many failed sign-ins from your network. Please wait.', {
      retry_at: bySource.toISOString(),
    })
  }
  const byAddress = await countOne(tx, 'address', createHash('sha256').update(address).digest('hex'), now)
  const account = await tx
    .selectFrom('staff_account')
    .select(['id', 'password_hash'])
    .where('email', '=', address)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  await deleteForgotten(tx)
  const isPaused = byAddress instanceof Date
  return {
    account: account && !isPaused ? { id: account.id, passwordHash: account.password_hash } : undefined,
    deviceId: undefined,
    counts: isPaused ? [bySource] : [bySource, byAddress],
    failuresBefore: isPaused ? 0 : byAddress.before,
  }
}

/** Adds one failure, or returns the end of the pause, during which none is counted. */
async function countOne(
  tx: Transaction<Database>,
  scope: SignInScope,
  subject: string,
  now: Date,
): Promise<Counted | Date> {
  const row = await tx
    .insertInto('sign_in_count')
    .values({ scope, subject, failures: 0, counted_at: now })
    // Changes nothing, but locks the row and returns its current state.
    .onConflict((on) => on.columns(['scope', 'subject']).doUpdateSet({ scope }))
    .returningAll()
    .executeTakeFirstOrThrow()
  const before = { failures: row.failures, pausedUntil: row.paused_until, countedAt: row.counted_at }
  const count = countFailure(before, scope, now)
  if (count === undefined) return row.paused_until ?? now
  await tx
    .updateTable('sign_in_count')
    .set({ failures: count.failures, paused_until: count.pausedUntil, counted_at: count.countedAt })
    .where('scope', '=', scope)
    .where('subject', '=', subject)
    .execute()
  return { scope, subject, before: count.failures - 1, count }
}

async function deleteForgotten(tx: Transaction<Database>): Promise<void> {
  await sql`
    delete from sign_in_count where (scope, subject) in (
      select scope, subject from sign_in_count
      where counted_at < clock_timestamp() - make_interval(secs => ${FORGOTTEN_MS / 1_000})
      order by counted_at limit ${FORGOTTEN_PER_ATTEMPT_MAX} for update skip locked)`.execute(tx)
}

/** Undoes what was counted before password or code turned out to be right. Failures that others added meanwhile stay. */
export async function undoAttempt(
  tx: Transaction<Database>,
  { counts, deviceId }: CountedAttempt,
): Promise<void> {
  if (deviceId !== undefined) {
    await sql`update staff_device set failures = greatest(failures - 1, 0) where id = ${deviceId}`.execute(tx)
  }
  for (const { scope, subject, count } of counts) {
    await sql`
      update sign_in_count set failures = greatest(failures - 1, 0),
        paused_until = case when paused_until = ${count.pausedUntil} then null else paused_until end
      where scope = ${scope} and subject = ${subject}`.execute(tx)
  }
}
