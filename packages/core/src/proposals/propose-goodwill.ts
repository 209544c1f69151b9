import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { post } from '../ledger/post.ts'
import { lockNamedAccount } from '../locks.ts'
import { insertProposal } from './internal.ts'

/** Bounds the damage of a typing error: a hundred thousand of most currencies. Minor units. */
const GOODWILL_MINOR_MAX = 10_000_000n

type ProposeGoodwill = {
  readonly accountId: string
  /** Minor units of the account's currency, more than 0. */
  readonly amountMinor: bigint
  readonly currency: string
  readonly reason: string
}

/**
 * Proposes a goodwill credit; another person decides, and no money moves before. One of an account waits at a time. Returns the
 * proposal's id. Throws Refusal: forbidden, reason_required, amount_out_of_range, account_not_found, currency_mismatch, proposal_open,
 * try_again.
 */
export async function proposeGoodwill(ctx: StaffContext, proposed: ProposeGoodwill): Promise<string> {
  requirePermission(ctx, 'goodwill:propose')
  const reason = requireReason(proposed.reason)
  const { accountId, amountMinor, currency } = proposed
  if (amountMinor <= 0n || amountMinor > GOODWILL_MINOR_MAX)
    throw new Refusal('amount_out_of_range', 'This amount is out of range for a goodwill credit.', {
      min_minor: 1,
      max_minor: Number(GOODWILL_MINOR_MAX),
    })
  return inTransaction(ctx.db, async (tx) => {
    const account = await lockNamedAccount(tx, accountId)
    if (account.currency !== currency)
      throw new Refusal('currency_mismatch', `This account is kept in ${account.currency}.`, {
        currency: account.currency,
      })
    return insertProposal(tx, ctx, {
      kind: 'goodwill_credit',
      subject: account.id,
      terms: { account_name: account.name, amount_minor: amountMinor.toString(), currency },
      reason,
    })
  })
}

type Approved = Pick<ProposeGoodwill, 'accountId' | 'amountMinor' | 'currency' | 'reason'> & {
  readonly proposalId: string
}

/** Credits as it was proposed: goodwill → customer balance. Throws Refusal('account_not_found'). */
export async function creditGoodwill(
  tx: Transaction<Database>,
  ctx: StaffContext,
  { accountId, amountMinor, currency, reason, proposalId }: Approved,
): Promise<void> {
  const account = await lockNamedAccount(tx, accountId)
  const id = ctx.newId()
  const credit = { account_id: account.id, amount_minor: amountMinor, currency, proposal_id: proposalId }
  await tx
    .insertInto('goodwill_credit')
    .values({ ...credit, id, reason, credited_at: await databaseTime(tx) })
    .execute()
  await post(tx, {
    cause: 'goodwill',
    causeId: id,
    from: 'goodwill',
    to: 'customer_balance',
    amountMinor,
    currency,
    accountId: account.id,
  })
  await publish(tx, ctx, 'account.credited', id)
  await recordAudit(tx, {
    by: ctx.actor,
    action: 'account.goodwill_credited',
    subjectType: 'account',
    subjectId: account.id,
    reason,
    before: { balance_minor: account.balance_minor },
    after: { name: account.name, goodwill_credit_id: id, ...credit },
  })
}
