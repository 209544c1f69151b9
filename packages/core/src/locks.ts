import type { CatchTargetState } from '@droplock/rules/machines/catch-target'
import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from './database/tables.gen.ts'
import { isListed } from './is-listed.ts'

// The row locks that transactions wait for, in lock order: every transaction takes those it needs from top to bottom, so that two
// of them never wait for each other. Rows of one table are locked by ascending id.
//
//   idempotency key (`answerOnce`, which never waits) · price rules and reserved words · proposal · sync run · registry · registry account · list source · zone · schedule change · listing · confirmation · catch target · backorder ·
//   registration · renewal · registry request ·
//   registry contact · payment · account · bank transfer · refund · seller · invoice series · event receiver ·
//   receiver queue · event delivery · alarm · statistics of orders · the acting person · audit chain
//
// Tries of a target are written under its lock, wherever in this order; what a message says of an award is written without it, in a
// transaction that waits for nothing but alarms after that.
// The last part, of receivers of events, is in `receiver-locks.ts`; what a batch of outcomes locks is in `batch-locks.ts`.
// What only one noun locks (its own administrative rows) is beside that noun. Sweeps skip locked rows and so wait for nobody.
// `infra/src/check/tidy.ts` checks both (`strayLocks`).

// ── Price rules and reserved words

/** Chosen once; other programs on the same database use other numbers. */
const TERMS_LOCK = 7_021_733_403

/**
 * Locks which price rules and reserved words are in force, for a transaction that changes them: it waits for batches that add or
 * rewrite listings, and the next ones see what it changed. Nobody who orders waits.
 */
export async function lockTerms(tx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${TERMS_LOCK})`.execute(tx)
}

/** Keeps rules and words as they are until a batch that adds or rewrites listings is committed. */
export async function keepTerms(tx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${TERMS_LOCK})`.execute(tx)
}

// ── The books

/** Those who post hold it shared, by the trigger `nothing_is_posted_in_a_closed_month`. */
const BOOKS_LOCK = 7_021_733_404

/**
 * Waits for every transaction that has posted, and keeps others from posting until this one ends: for the close of a month, which takes
 * no other row that those who post wait for.
 */
export async function lockBooks(tx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${BOOKS_LOCK})`.execute(tx)
}

// ── Lists, registries and zones

/** A sync run, locked before any listing. Throws Refusal('sync_run_not_found'). */
export async function lockRun(tx: Transaction<Database>, id: string) {
  const run = await tx.selectFrom('sync_run').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (run === undefined) throw new Refusal('sync_run_not_found', 'No such sync run.')
  return run
}

export type LockedRun = Awaited<ReturnType<typeof lockRun>>

/**
 * A sync run and its registry, locked for as long as it takes to decide whether it is published next. Lists of one registry are
 * published one after another, so that all agree on which is the latest. Throws as `lockRun` does.
 */
export async function lockForPublication(tx: Transaction<Database>, id: string) {
  const run = await lockRun(tx, id)
  const registry = await tx
    .selectFrom('registry')
    .select('publications')
    .where('id', '=', run.registry_id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  return { run, publications: registry.publications }
}

/** Sync runs, locked by ascending id: a publication and those that it supersedes. */
export async function lockRuns(tx: Transaction<Database>, ids: readonly string[]) {
  return tx
    .selectFrom('sync_run')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** A registry that is about to be defined anew, locked; nothing where it does not exist yet. */
export async function lockRegistry(tx: Transaction<Database>, id: string): Promise<void> {
  await tx.selectFrom('registry').select('id').where('id', '=', id).forUpdate().execute()
}

/** A source of drop lists, locked. Throws Refusal('source_not_found'). */
export async function lockSource(tx: Transaction<Database>, id: string) {
  const source = await tx
    .selectFrom('list_source')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (source === undefined) throw new Refusal('source_not_found', 'No such list source.', { id })
  return source
}

/** A zone by its name, locked. Throws Refusal('zone_not_found'). */
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

/** A change of schedules, locked. Throws Refusal('schedule_change_not_found'). */
export async function lockScheduleChange(tx: Transaction<Database>, id: string) {
  const change = await tx
    .selectFrom('schedule_change')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (change === undefined) throw new Refusal('schedule_change_not_found', 'No such change.', { id })
  return change
}

// ── Listings and catch targets

/**
 * The newest listed cycle of a name, locked: claims on a name queue here. The row is read after the wait, but the time is not: ask
 * `databaseTime` afterwards. Throws Refusal('listing_not_found').
 */
export async function lockListingByName(tx: Transaction<Database>, name: string) {
  const listing = await findListingByName(tx, name)
  if (listing === undefined) throw new Refusal('listing_not_found', `No listing of ${name}.`, { name })
  return listing
}

/** The same where there may be none. */
export async function findListingByName(tx: Transaction<Database>, name: string) {
  return selectNewestCycle(tx, name).executeTakeFirst()
}

function selectNewestCycle(tx: Transaction<Database>, name: string) {
  return tx
    .selectFrom('listing')
    .selectAll()
    .where('name', '=', name)
    .where(isListed())
    .orderBy('cycle', 'desc')
    .limit(1)
    .forUpdate()
}

/** A listing, locked. Throws Refusal('listing_not_found'). */
export async function lockListing(tx: Transaction<Database>, id: string) {
  const listing = await tx
    .selectFrom('listing')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (listing === undefined) throw new Refusal('listing_not_found', 'No such listing.', { id })
  return listing
}

export type LockedListing = Awaited<ReturnType<typeof lockListing>>

/** Listings, locked by ascending id, and then their catch targets: what a change of many schedules decides by. */
export async function lockListingsWithTargets(
  tx: Transaction<Database>,
  listingIds: readonly string[],
): Promise<void> {
  const ids = sql`any(${[...listingIds]}::uuid[])`
  await sql`select from listing where id = ${ids} order by id for update`.execute(tx)
  // After the locks of the listings, whose holders do not change meanwhile.
  await sql`
    select from catch_target where backorder_id in (select holder from listing where id = ${ids})
    order by id for update`.execute(tx)
}

/** The confirmation of a suspect, locked. The caller holds the lock of its listing. */
export async function lockConfirmation(tx: Transaction<Database>, listingId: string) {
  return tx
    .selectFrom('confirmation')
    .selectAll()
    .where('listing_id', '=', listingId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** The target of the order that holds a listing, locked; undefined where it has none yet. The caller holds the listing's lock. */
export async function findTargetOfListing(
  tx: Transaction<Database>,
  { holder }: Pick<LockedListing, 'holder'>,
) {
  return tx
    .selectFrom('catch_target')
    .selectAll()
    .where('backorder_id', '=', holder)
    .forUpdate()
    .executeTakeFirst()
}

/** A catch target, locked. The caller holds the lock of its listing. */
export async function lockTarget(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('catch_target').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

/**
 * For a statement that writes many targets: the ids of those in one of `states`, locked by ascending id. An UPDATE with a list of
 * ids locks them in any order, and two catchers that write the same targets would deadlock.
 */
export function lockedInOrder(
  targetIds: readonly string[],
  ...states: readonly CatchTargetState[]
): RawBuilder<unknown> {
  return sql`(select id from catch_target
    where id = any(${[...targetIds]}::uuid[]) and state = any(${[...states]}::text[]) order by id for update)`
}

// ── Orders

/** A backorder, locked. Its listing and target are locked before it. */
export async function lockBackorder(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('backorder').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

export type LockedBackorder = Awaited<ReturnType<typeof lockBackorder>>

/** The same for an id that a reseller sent. Throws Refusal('backorder_not_found') where it is not of this account. */
export async function lockOwnBackorder(tx: Transaction<Database>, id: string, accountId: string) {
  const own = tx.selectFrom('backorder').selectAll().where('id', '=', id).where('account_id', '=', accountId)
  const backorder = await own.forUpdate().executeTakeFirst()
  if (backorder === undefined) throw new Refusal('backorder_not_found', 'No such backorder.', { id })
  return backorder
}

/** A registration, locked by everyone who changes its expiry or orders a renewal of it. After its backorder. */
export async function lockRegistration(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('registration').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

/** A renewal, locked. Where its registration is written too, that is locked before it. */
export async function lockRenewal(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('renewal').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

export type LockedRenewal = Awaited<ReturnType<typeof lockRenewal>>

/** The same for an id that a reseller sent. Throws Refusal('renewal_not_found') where it is not of this account. */
export async function lockOwnRenewal(tx: Transaction<Database>, id: string, accountId: string) {
  const own = tx.selectFrom('renewal').selectAll().where('id', '=', id).where('account_id', '=', accountId)
  const renewal = await own.forUpdate().executeTakeFirst()
  if (renewal === undefined) throw new Refusal('renewal_not_found', 'No such renewal.', { id })
  return renewal
}

/** A registration that a reseller sent the id of, locked. Throws Refusal('registration_not_found') where it is not of this account. */
export async function lockOwnRegistration(tx: Transaction<Database>, id: string, accountId: string) {
  const own = tx
    .selectFrom('registration')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', accountId)
  const registration = await own.forUpdate().executeTakeFirst()
  if (registration === undefined) throw new Refusal('registration_not_found', 'No such registration.', { id })
  return registration
}

/** A registry request, locked. Its renewal is locked before it. */
export async function lockRequest(tx: Transaction<Database>, id: string) {
  return tx
    .selectFrom('registry_request')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

// ── Payments

/** A payment, locked. Its listing and its order are locked before it. */
export async function lockPayment(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('payment').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

export type LockedPayment = Awaited<ReturnType<typeof lockPayment>>

/** The payment that secures a backorder, locked. Refunds of the backorder are counted under this lock. */
export async function lockSecuringPayment(tx: Transaction<Database>, backorderId: string) {
  return selectSecuring(tx, 'backorder_id', backorderId).executeTakeFirstOrThrow()
}

/** The same where there may be none: an order that expired unpaid. */
export async function findSecuringPayment(tx: Transaction<Database>, backorderId: string) {
  return selectSecuring(tx, 'backorder_id', backorderId).executeTakeFirst()
}

/** The payment that paid a renewal, locked. */
export async function lockRenewalPayment(tx: Transaction<Database>, renewalId: string) {
  return selectSecuring(tx, 'renewal_id', renewalId).executeTakeFirstOrThrow()
}

/** The same where there may be none. */
export async function findRenewalPayment(tx: Transaction<Database>, renewalId: string) {
  return selectSecuring(tx, 'renewal_id', renewalId).executeTakeFirst()
}

function selectSecuring(tx: Transaction<Database>, order: 'backorder_id' | 'renewal_id', id: string) {
  return tx.selectFrom('payment').selectAll().where(order, '=', id).where('secures', '=', true).forUpdate()
}

/**
 * A payment with its backorder or renewal, locked in order, and the domain name. Throws Refusal: payment_not_found, try_again (the
 * payment has claimed a name in the meantime).
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
  // A late payment claims a free name under the listing's lock, which is not held here.
  if (payment.backorder_id !== seen.backorder_id)
    throw new Refusal('try_again', 'The payment has just claimed a name.')
  return { backorder, renewal, payment, name: backorder?.name ?? seen.name }
}

// ── Accounts, bank transfers and refunds

/** A customer's account, locked: refunds read its debt one after another, in the order in which they are created. Rule 9. */
export async function lockAccount(tx: Transaction<Database>, id: string) {
  return selectAccount(tx, id).executeTakeFirstOrThrow()
}

/** The same for an id that a person sent. Throws Refusal('account_not_found'). */
export async function lockNamedAccount(tx: Transaction<Database>, id: string) {
  const account = await selectAccount(tx, id).executeTakeFirst()
  if (account === undefined) throw new Refusal('account_not_found', 'No such account.', { id })
  return account
}

function selectAccount(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('account').selectAll().where('id', '=', id).forUpdate()
}

/** A bank transfer and its account, locked. Throws Refusal('bank_transfer_not_found'). */
export async function lockTransfer(tx: Transaction<Database>, id: string) {
  // A transfer's account never changes, so it is read before any lock.
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
 * A refund and all rows that it concerns, locked in order: backorder or renewal (where there is one), payment, account, refund.
 * Throws Refusal: refund_not_found, try_again.
 */
export async function lockRefund(tx: Transaction<Database>, id: string) {
  // A refund's payment never changes, so it is read before any lock.
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
