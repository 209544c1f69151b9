import { decidePrecondition, editedMeanwhile, type Precondition } from '@droplock/rules/preconditions'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import {
  type AccountContext,
  type OperatorContext,
  requirePermission,
  requireScope,
  rowsOf,
  type Whose,
} from './context.ts'
import { violated } from './database/errors.ts'
import { type Listed, type Page, type Paging, readListed, requireCursor, toPage } from './database/page.ts'
import { noSubAccount } from './own-orders.ts'

/** A part of an account, with what it has paid from the balance in this calendar month (UTC). Minor units. */
export type SubAccountView = {
  readonly id: string
  readonly label: string
  readonly currency: string
  readonly monthlyLimitMinor: bigint | null
  readonly spentMinor: bigint
  /** ISO 8601: `2026-02`. */
  readonly month: string
  readonly createdAt: Date
  /** Raised by each edit. */
  readonly version: number
}

function selectSubAccounts({ db, actor }: Whose) {
  const own = db
    .selectFrom('sub_account')
    .innerJoin('account', 'account.id', 'sub_account.account_id')
    .leftJoin('sub_account_spend as spend', (join) =>
      join
        .onRef('spend.sub_account_id', '=', 'sub_account.id')
        .on('spend.month', '=', sql<string>`month_of(clock_timestamp())`),
    )
    .select(['sub_account.id', 'sub_account.label', 'sub_account.monthly_limit_minor', 'account.currency'])
    .select(['sub_account.created_at', 'sub_account.version', 'spend.spent_minor'])
    .select(sql<string>`to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM')`.as('month'))
    .where('sub_account.account_id', '=', actor.accountId)
  return actor.subAccountId === undefined ? own : own.where('sub_account.id', '=', actor.subAccountId)
}

type Row = Awaited<ReturnType<ReturnType<typeof selectSubAccounts>['execute']>>[number]

function toView(row: Row): SubAccountView {
  return {
    id: row.id,
    label: row.label,
    currency: row.currency,
    monthlyLimitMinor: row.monthly_limit_minor,
    spentMinor: row.spent_minor ?? 0n,
    month: row.month,
    createdAt: row.created_at,
    version: row.version,
  }
}

/** The account's sub-accounts, newest first; of a sub-account's key its own alone. Throws Refusal: insufficient_scope, invalid_cursor. */
export async function listSubAccounts(
  ctx: AccountContext,
  { after, limit }: { readonly after?: string; readonly limit: number },
): Promise<Page<SubAccountView>> {
  requireScope(ctx, 'keys:manage')
  let select = selectSubAccounts(ctx)
    .orderBy('sub_account.id', 'desc')
    .limit(limit + 1)
  if (after !== undefined) {
    await requireCursor(selectSubAccounts(ctx).where('sub_account.id', '=', after))
    select = select.where('sub_account.id', '<', after)
  }
  return toPage((await select.execute()).map(toView), limit, ({ id }) => id)
}

/** The sub-accounts of an account for operators, newest first. Throws Refusal('forbidden'). */
export async function listAccountSubAccounts(
  ctx: OperatorContext,
  { accountId, ...page }: Paging & { readonly accountId: string },
): Promise<Listed<SubAccountView>> {
  requirePermission(ctx, 'money:read')
  const own = selectSubAccounts(rowsOf(ctx, accountId)).orderBy('sub_account.id', 'desc')
  return readListed(ctx.db, own, page, toView)
}

/** One of them. Throws Refusal: insufficient_scope, sub_account_not_found. */
export async function getSubAccount(ctx: AccountContext, id: string): Promise<SubAccountView> {
  requireScope(ctx, 'keys:manage')
  const row = await selectSubAccounts(ctx).where('sub_account.id', '=', id).executeTakeFirst()
  if (row === undefined) throw noSubAccount(id)
  return toView(row)
}

/** Of the account's currency. */
type Limit = { readonly amountMinor: bigint; readonly currency: string }

type MakeSubAccount = { readonly label: string; readonly monthlyLimit?: Limit | null | undefined }

type ChangeSubAccount = {
  readonly id: string
  readonly label?: string | undefined
  readonly monthlyLimit?: Limit | null | undefined
  readonly precondition: Precondition
}

/** Throws Refusal: insufficient_scope, key_exceeds_own, sub_account_exists, currency_mismatch. */
export async function makeSubAccount(
  ctx: AccountContext,
  { label, monthlyLimit }: MakeSubAccount,
): Promise<SubAccountView> {
  requireWholeAccount(ctx)
  const id = ctx.newId()
  const values = {
    id,
    account_id: ctx.actor.accountId,
    label,
    monthly_limit_minor: minorOf(ctx, monthlyLimit),
  }
  await orExists(() => ctx.db.insertInto('sub_account').values(values).execute())
  return getSubAccount(ctx, id)
}

/**
 * Changes label or limit; what is left out stays. A lower limit than what is spent refuses further orders of this month, and undoes none.
 * Throws Refusal: insufficient_scope, key_exceeds_own, sub_account_not_found, sub_account_exists, currency_mismatch, precondition_failed.
 */
export async function changeSubAccount(
  ctx: AccountContext,
  { id, label, monthlyLimit, precondition }: ChangeSubAccount,
): Promise<SubAccountView> {
  requireWholeAccount(ctx)
  const before = await getSubAccount(ctx, id)
  decidePrecondition(precondition, before.version)
  const changes = {
    version: before.version + 1,
    ...(label !== undefined && { label }),
    ...(monthlyLimit !== undefined && { monthly_limit_minor: minorOf(ctx, monthlyLimit) }),
  }
  const change = ctx.db
    .updateTable('sub_account')
    .set(changes)
    .where('id', '=', id)
    .where('account_id', '=', ctx.actor.accountId)
    .where('version', '=', before.version)
    .returning('id')
  if ((await orExists(() => change.executeTakeFirst())) === undefined) throw editedMeanwhile()
  return getSubAccount(ctx, id)
}

/** A sub-account never sets its own limit. */
function requireWholeAccount(ctx: AccountContext): void {
  requireScope(ctx, 'keys:manage')
  if (ctx.actor.subAccountId === undefined) return
  throw new Refusal('key_exceeds_own', 'A key of a sub-account cannot change sub-accounts.', {
    sub_account_id: ctx.actor.subAccountId,
  })
}

function minorOf({ actor }: AccountContext, limit: Limit | null | undefined): bigint | null {
  if (limit === undefined || limit === null) return null
  if (limit.currency === actor.currency) return limit.amountMinor
  throw new Refusal('currency_mismatch', 'The limit is in the currency of the account.', {
    currency: actor.currency,
  })
}

async function orExists<Written>(write: () => Promise<Written>): Promise<Written> {
  try {
    return await write()
  } catch (error) {
    if (!violated(error, 'one_sub_account_per_label')) throw error
    throw new Refusal('sub_account_exists', 'Another sub-account has this label.')
  }
}
