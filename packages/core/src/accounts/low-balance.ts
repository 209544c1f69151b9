import { decidePrecondition, editedMeanwhile, type Precondition } from '@droplock/rules/preconditions'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { type AccountContext, type Context, requireScope } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import { inTransaction } from '../database/transaction.ts'
import { publishAll } from '../events/publish.ts'

/** The caller's own account. Amounts in minor units. */
export type OwnAccount = {
  readonly id: string
  readonly name: string
  readonly currency: string
  /** Below this the account is notified; null: never. */
  readonly lowBalanceMinor: bigint | null
  readonly createdAt: Date
  /** Raised by each edit. */
  readonly version: number
}

/** Throws Refusal('insufficient_scope'). */
export async function getOwnAccount(ctx: AccountContext): Promise<OwnAccount> {
  requireScope(ctx, 'balance:read')
  return readOwnAccount(ctx)
}

async function readOwnAccount({ db, actor }: AccountContext): Promise<OwnAccount> {
  return db
    .selectFrom('account')
    .select(['id', 'name', 'currency', 'version'])
    .select(['low_balance_minor as lowBalanceMinor', 'created_at as createdAt'])
    .where('id', '=', actor.accountId)
    .executeTakeFirstOrThrow()
}

type Threshold = { readonly amountMinor: bigint; readonly currency: string }

/**
 * Sets below which balance the account is notified (`balance.low`), or null: no more. A balance that is below it already is a reason at
 * once. Throws Refusal: insufficient_scope, key_exceeds_own (a key of a sub-account), currency_mismatch, precondition_failed.
 */
export async function setLowBalance(
  ctx: AccountContext,
  threshold: Threshold | null,
  precondition: Precondition,
): Promise<OwnAccount> {
  requireScope(ctx, 'keys:manage')
  const { accountId, currency, subAccountId } = ctx.actor
  if (subAccountId !== undefined)
    throw new Refusal('key_exceeds_own', 'A key of a sub-account cannot change the account.', {
      sub_account_id: subAccountId,
    })
  if (threshold !== null && threshold.currency !== currency)
    throw new Refusal('currency_mismatch', 'The threshold is in the currency of the account.', { currency })
  const { version } = await readOwnAccount(ctx)
  decidePrecondition(precondition, version)
  const changed = await ctx.db
    .updateTable('account')
    .set({
      low_balance_minor: threshold?.amountMinor ?? null,
      balance_is_low: false,
      version: version + 1,
    })
    .where('id', '=', accountId)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  if (changed === undefined) throw editedMeanwhile()
  noteWork(ctx.db)
  return readOwnAccount(ctx)
}

/** Accounts per transaction: their rows are those that orders wait for. */
const ACCOUNTS_PER_BATCH_MAX = 50

/**
 * Notifies accounts whose balance has fallen below their threshold, once, and notes which have risen again. Returns how many changed;
 * call again while not 0. Locked accounts are skipped: an order is about to change them.
 */
export async function noticeLowBalances(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ id: string; isLow: boolean }>`
      update account set balance_is_low = not balance_is_low
      where id in (select id from account
        where low_balance_minor is not null and (balance_minor < low_balance_minor) <> balance_is_low
        order by id limit ${ACCOUNTS_PER_BATCH_MAX} for no key update skip locked)
      returning id, balance_is_low as "isLow"`.execute(tx)
    await publishAll(
      tx,
      ctx,
      'balance.low',
      rows.filter(({ isLow }) => isLow).map(({ id }) => id),
    )
    return rows.length
  })
}
