import type { CatchTargetState } from '@droplock/rules/machines/catch-target'
import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import { lockMsDefault } from './database/bounded-dialect.ts'
import type { Database } from './database/tables.gen.ts'
import { setLockTimeout } from './database/transaction.ts'

/** A zone that a person named, locked. Throws Refusal('zone_not_found'). */
export async function lockNamedZone(tx: Transaction<Database>, name: string) {
  const zone = await tx
    .selectFrom('zone')
    .select(['name', 'enabled'])
    .where('name', '=', name)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (zone === undefined) throw new Refusal('zone_not_found', 'No registry here serves this zone.', { name })
  return zone
}

/** A sync run under FOR UPDATE; taken before any listing. Throws Refusal('sync_run_not_found'). */
export async function lockRun(tx: Transaction<Database>, id: string) {
  const run = await tx.selectFrom('sync_run').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (run === undefined) throw new Refusal('sync_run_not_found', 'No such sync run.')
  return run
}

/** A publication waits so long for the one before it: longer than for other locks, for a large list takes its time. Milliseconds. */
const PUBLICATION_LOCK_MS_MAX = 10_000

/**
 * A sync run and its registry, so that lists of a registry are published one after another: which of them is the latest is
 * then the same for all. Throws as `lockRun` does.
 */
export async function lockForPublication(tx: Transaction<Database>, id: string) {
  const run = await lockRun(tx, id)
  await setLockTimeout(tx, PUBLICATION_LOCK_MS_MAX)
  await tx
    .selectFrom('registry')
    .select('id')
    .where('id', '=', run.registry_id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  await setLockTimeout(tx, lockMsDefault)
  return run
}

export type LockedRun = Awaited<ReturnType<typeof lockRun>>

/**
 * The newest cycle of a name under FOR UPDATE, so that claims on it queue. What was read is as of after the wait; time is
 * not, so ask `databaseTime` afterwards. Throws Refusal('listing_not_found').
 */
export async function lockListingByName(tx: Transaction<Database>, name: string) {
  const listing = await tx
    .selectFrom('listing')
    .selectAll()
    .where('name', '=', name)
    .orderBy('cycle', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  if (listing === undefined) throw new Refusal('listing_not_found', `No listing of ${name}.`, { name })
  return listing
}

/** A listing under FOR UPDATE. Throws Refusal('listing_not_found'). */
export async function lockListing(tx: Transaction<Database>, id: string) {
  const listing = await byId(tx, id).forUpdate().executeTakeFirst()
  if (listing === undefined) throw new Refusal('listing_not_found', 'No such listing.', { id })
  return listing
}

/** A listing as it is now, for looking only. Throws Refusal('listing_not_found'). */
export async function readListing(db: Kysely<Database>, id: string) {
  const listing = await byId(db, id).executeTakeFirst()
  if (listing === undefined) throw new Refusal('listing_not_found', 'No such listing.', { id })
  return listing
}

function byId(db: Kysely<Database>, id: string) {
  return db.selectFrom('listing').selectAll().where('id', '=', id)
}

export type LockedListing = Awaited<ReturnType<typeof lockListing>>

/** A target's row under FOR UPDATE; the caller holds its listing's lock already (lock order: listing, then target). */
export async function lockTarget(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('catch_target').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

/**
 * For a statement that writes many targets: the ids of those in one of `states`, locked in id order. An UPDATE by a list of ids
 * locks in whatever order it finds them, and two catchers that write the same targets would lock each other out.
 */
export function lockedInOrder(
  targetIds: readonly string[],
  ...states: readonly CatchTargetState[]
): RawBuilder<unknown> {
  return sql`(select id from catch_target
    where id = any(${[...targetIds]}::uuid[]) and state = any(${[...states]}::text[]) order by id for update)`
}

/** A backorder's row under FOR UPDATE; its listing and target are locked before it. */
export async function lockBackorder(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('backorder').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

export type LockedBackorder = Awaited<ReturnType<typeof lockBackorder>>

/** A registration's row under FOR UPDATE: whoever moves its expiry, or orders on it, holds this. After its backorder. */
export async function lockRegistration(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('registration').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

/** A renewal's row under FOR UPDATE; its registration, where that is written, is locked before it. */
export async function lockRenewal(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('renewal').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

export type LockedRenewal = Awaited<ReturnType<typeof lockRenewal>>

/** A request's row under FOR UPDATE; its renewal is locked before it. */
export async function lockRequest(tx: Transaction<Database>, id: string) {
  return tx
    .selectFrom('registry_request')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** The payment that secures a backorder, under FOR UPDATE: the place where its refunds are counted. */
export async function lockSecuringPayment(tx: Transaction<Database>, backorderId: string) {
  return securingPayment(tx, 'backorder_id', backorderId).executeTakeFirstOrThrow()
}

/** The same where there may be none: an order that expired unpaid. */
export async function findSecuringPayment(tx: Transaction<Database>, backorderId: string) {
  return securingPayment(tx, 'backorder_id', backorderId).executeTakeFirst()
}

/** A payment under FOR UPDATE; its listing and backorder are locked before it. */
export async function lockPayment(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('payment').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

export type LockedPayment = Awaited<ReturnType<typeof lockPayment>>

/** The payment that paid a renewal, under FOR UPDATE. */
export async function lockRenewalPayment(tx: Transaction<Database>, renewalId: string) {
  return securingPayment(tx, 'renewal_id', renewalId).executeTakeFirstOrThrow()
}

/** The same where there may be none. */
export async function findRenewalPayment(tx: Transaction<Database>, renewalId: string) {
  return securingPayment(tx, 'renewal_id', renewalId).executeTakeFirst()
}

function securingPayment(tx: Transaction<Database>, order: 'backorder_id' | 'renewal_id', id: string) {
  return tx.selectFrom('payment').selectAll().where(order, '=', id).where('secures', '=', true).forUpdate()
}

/**
 * A payment with the backorder or the renewal that it is of, locked in the lock order, and the domain name. Throws Refusal: payment_not_found,
 * try_again (the payment claimed a name meanwhile).
 */
export async function lockPaymentWithOrder(tx: Transaction<Database>, id: string) {
  const seen = await tx
    .selectFrom('payment')
    .leftJoin('renewal', 'renewal.id', 'payment.renewal_id')
    .leftJoin('registration', 'registration.id', 'renewal.registration_id')
    .select(['payment.backorder_id', 'payment.renewal_id', 'registration.name'])
    .where('payment.id', '=', id)
    .executeTakeFirst()
  if (seen === undefined) throw new Refusal('payment_not_found', 'No such payment.', { id })
  const backorder = seen.backorder_id === null ? undefined : await lockBackorder(tx, seen.backorder_id)
  const renewal = seen.renewal_id === null ? undefined : await lockRenewal(tx, seen.renewal_id)
  const payment = await lockPayment(tx, id)
  // Late money claims a free name under the listing's lock, which is not held here.
  if (payment.backorder_id !== seen.backorder_id)
    throw new Refusal('try_again', 'The payment has just claimed a name.')
  return { backorder, renewal, payment, name: backorder?.name ?? seen.name }
}

/** A customer's account under FOR UPDATE, so that refunds read its debt in the order they are made (rule 9). */
export async function lockAccount(tx: Transaction<Database>, id: string) {
  return locked(tx, id).executeTakeFirstOrThrow()
}

/** The same for an id that a person sent. Throws Refusal('account_not_found'). */
export async function lockNamedAccount(tx: Transaction<Database>, id: string) {
  const account = await locked(tx, id).executeTakeFirst()
  if (account === undefined) throw new Refusal('account_not_found', 'No such account.', { id })
  return account
}

function locked(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('account').selectAll().where('id', '=', id).forUpdate()
}

/** A bank transfer with its account, locked: the account first. Throws Refusal('bank_transfer_not_found'). */
export async function lockTransfer(tx: Transaction<Database>, id: string) {
  // Which account it is of never changes, so that is read before any lock.
  const seen = await tx
    .selectFrom('bank_transfer')
    .select('account_id')
    .where('id', '=', id)
    .executeTakeFirst()
  if (seen === undefined) throw new Refusal('bank_transfer_not_found', 'No such transfer.', { id })
  const account = await lockAccount(tx, seen.account_id)
  const transfer = await tx
    .selectFrom('bank_transfer')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return {
    account,
    transfer,
    facts: { state: transfer.state, reversalProposedBy: transfer.reversal_proposed_by },
  }
}

/**
 * A refund with all it touches, locked in the lock order: backorder or renewal (where there is one), payment, account, refund. Which
 * payment it is of never changes, so that is read before any lock. Throws Refusal: refund_not_found, try_again.
 */
export async function lockRefund(tx: Transaction<Database>, id: string) {
  const seen = await tx.selectFrom('refund').select('payment_id').where('id', '=', id).executeTakeFirst()
  if (seen === undefined) throw new Refusal('refund_not_found', 'No such refund.', { id })
  const { backorder, renewal, payment, name } = await lockPaymentWithOrder(tx, seen.payment_id)
  const account = await lockAccount(tx, payment.account_id)
  const refund = await tx
    .selectFrom('refund')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { backorder, renewal, payment, name, account, refund }
}

export type LockedRefund = Awaited<ReturnType<typeof lockRefund>>

/** A receiver of operators that is not disabled. Throws Refusal: receiver_not_found, receiver_disabled. */
export async function lockLiveReceiver(tx: Transaction<Database>, id: string) {
  const receiver = await tx
    .selectFrom('event_receiver')
    .select(['kind', 'address', 'topics', 'alarm_kinds', 'secret_reference', 'disabled_at'])
    .where('id', '=', id)
    .where('account_id', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (receiver === undefined) throw new Refusal('receiver_not_found', 'No such receiver.', { id })
  const { disabled_at: disabledAt, ...live } = receiver
  if (disabledAt !== null) throw new Refusal('receiver_disabled', 'It was disabled before.')
  return live
}

/** A numberer says something every few milliseconds; one that is frozen must not keep the feed. */
const SILENCE_MS_MAX = 10_000

/**
 * The feed's row under FOR UPDATE, or undefined where another holds it: nobody waits for it. The transaction is undone when it is
 * silent for `silenceMsMax`. Milliseconds.
 */
export async function lockFeed(
  tx: Transaction<Database>,
  silenceMsMax: number = SILENCE_MS_MAX,
): Promise<{ readonly lastPosition: bigint } | undefined> {
  const { rows } = await sql<{ lastPosition: bigint }>`
    select last_position as "lastPosition", set_config('idle_in_transaction_session_timeout', ${String(silenceMsMax)}, true)
    from event_feed for update skip locked`.execute(tx)
  return rows[0]
}
