import type { OutcomeBasis } from '@droplock/rules/drop/outcome'
import { type CamelCased, camelCased } from '@droplock/rules/letter-case'
import type { Outcome } from '@droplock/rules/machines/catch-target'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { contactsOfOrder } from '../account-contacts/shown.ts'
import { type AccountContext, requireScope } from '../context.ts'
import type { Page } from '../database/page.ts'
import { type PaymentView, selectPayments, toPaymentView } from '../payments/read.ts'
import { type RefundOfPayment, readRefunds } from '../refunds/read.ts'
import { findWithdrawalEvidence } from '../withdrawal-evidence.ts'
import {
  ATTEMPTS_WITH_BACKORDER_MAX,
  type AttemptView,
  type RemovedAttempts,
  readAttempts,
  readDecidingAttempt,
  readRemoved,
} from './attempts.ts'

/** The caller's backorders with their listing's schedule, ready for `toBackorderView`. */
export function selectBackorders(ctx: AccountContext) {
  const { accountId, subAccountId } = ctx.actor
  const ofAccount = ctx.db
    .selectFrom('backorder')
    .innerJoin('listing', 'listing.id', 'backorder.listing_id')
    .selectAll('backorder')
    .select(['listing.cutoff_at', 'listing.drop_from', 'listing.drop_to'])
    .select(contactsOfOrder('backorder', sql.ref('listing.zone')).as('contacts'))
    .where('backorder.account_id', '=', accountId)
  return subAccountId === undefined
    ? ofAccount
    : ofAccount.where('backorder.sub_account_id', '=', subAccountId)
}

type BackorderRow = Awaited<ReturnType<ReturnType<typeof selectBackorders>['execute']>>[number]

/** A backorder as its customer sees it, with the schedule of its listing. Rule 7. The contract says which columns are shown. */
export type BackorderView = CamelCased<BackorderRow>

export const toBackorderView: (row: BackorderRow) => BackorderView = camelCased

/** What was tried: the deciding EPP command and the newest ones. `listAttempts` returns them all. */
type Evidence = {
  readonly outcome: Outcome | null
  readonly decidedCode: number | null
  readonly basis: OutcomeBasis | null
  readonly holderClid: string | null
  /** When that registrar's registration was created, according to the registry; of lost names, where it says so. */
  readonly winnerCreatedAt: Date | null
  /** By how much it was lost, as far as that is known. Milliseconds. */
  readonly lostBy: { readonly minMs: number; readonly maxMs: number } | null
  /** From then until we sent our next create, by our clock; null where attempts of that time are no longer kept. */
  readonly lostByMs: number | null
  readonly deciding: AttemptView | null
  /** Newest first. */
  readonly attempts: Page<AttemptView>
  readonly removed: RemovedAttempts | null
}

export type BackorderCase = BackorderView & {
  readonly evidence: Evidence | null
  /** When the registration expires, if the name was caught. */
  readonly expiresAt: Date | null
  /** Every payment for it, also those that failed, oldest first. */
  readonly payments: readonly PaymentView[]
  readonly refunds: readonly RefundOfPayment[]
}

/** One of the caller's backorders with its evidence. Throws Refusal: insufficient_scope, backorder_not_found. */
export async function getBackorder(ctx: AccountContext, id: string): Promise<BackorderCase> {
  requireScope(ctx, 'backorders:read')
  const row = await selectBackorders(ctx).where('backorder.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('backorder_not_found', 'No such backorder.', { id })
  const [evidence, payments, expiresAt] = await Promise.all([
    readEvidence(ctx, id, row.listing_id),
    readPayments(ctx, id),
    readExpiry(ctx, id),
  ])
  const refunds = await readRefunds(
    ctx,
    payments.map((payment) => payment.id),
  )
  return { ...toBackorderView(row), evidence, expiresAt, payments, refunds }
}

async function readExpiry(ctx: AccountContext, backorderId: string): Promise<Date | null> {
  const registration = await ctx.db
    .selectFrom('registration')
    .select('expires_at')
    .where('backorder_id', '=', backorderId)
    .executeTakeFirst()
  return registration?.expires_at ?? null
}

async function readEvidence(
  ctx: AccountContext,
  backorderId: string,
  listingId: string,
): Promise<Evidence | null> {
  const target = await ctx.db
    .selectFrom('catch_target')
    .selectAll()
    .where('backorder_id', '=', backorderId)
    .executeTakeFirst()
  if (target === undefined) return readWithdrawal(ctx, listingId)
  const of = { targetId: target.id, decidingClTRID: target.deciding_cltrid }
  return {
    outcome: target.decided_at === null ? null : (target.state as Outcome),
    decidedCode: target.decided_code,
    basis: target.decided_basis,
    holderClid: target.holder_clid,
    winnerCreatedAt: target.winner_created_at,
    lostBy:
      target.lost_by_min_ms === null || target.lost_by_max_ms === null
        ? null
        : { minMs: target.lost_by_min_ms, maxMs: target.lost_by_max_ms },
    lostByMs: target.attempts_removed_at === null ? await readLostBy(ctx, target) : null,
    deciding: await readDecidingAttempt(ctx.db, of),
    attempts: await readAttempts(ctx.db, of, { limit: ATTEMPTS_WITH_BACKORDER_MAX }),
    removed: await readRemoved(ctx.db, target.id),
  }
}

async function readLostBy(
  { db }: AccountContext,
  {
    id,
    winner_created_at: winnerCreatedAt,
  }: { readonly id: string; readonly winner_created_at: Date | null },
): Promise<number | null> {
  if (winnerCreatedAt === null) return null
  const next = await db
    .selectFrom('catch_attempt')
    .select((eb) => eb.fn.min('sent_at').as('sent_at'))
    .where('target_id', '=', id)
    .where('command', '=', 'create')
    .where('sent_at', '>=', winnerCreatedAt)
    .executeTakeFirst()
  return next?.sent_at ? next.sent_at.getTime() - winnerCreatedAt.getTime() : null
}

/** A name that was withdrawn before it had a target: by what the registry showed, or by operators. */
async function readWithdrawal({ db }: AccountContext, listingId: string): Promise<Evidence | null> {
  const shown = await findWithdrawalEvidence(db, listingId)
  if (shown === undefined) return null
  return {
    outcome: 'withdrawn',
    decidedCode: shown.code,
    basis: shown.means,
    holderClid: null,
    winnerCreatedAt: null,
    lostBy: null,
    lostByMs: null,
    deciding: null,
    attempts: { items: [] },
    removed: null,
  }
}

async function readPayments(ctx: AccountContext, backorderId: string): Promise<readonly PaymentView[]> {
  const rows = await selectPayments(ctx)
    .where('payment.backorder_id', '=', backorderId)
    .orderBy('payment.id')
    .execute()
  return rows.map(toPaymentView)
}
