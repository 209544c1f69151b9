import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { AccountContext, Whose } from './context.ts'
import { violated } from './database/errors.ts'
import type { Database } from './database/tables.gen.ts'

/**
 * Whether the order `backorderId` is one that the caller sees: all of its account, or those of its sub-account alone. For a statement that
 * checks the account itself.
 */
export function isOwnOrder({ actor }: Pick<Whose, 'actor'>, backorderId: RawBuilder<unknown>) {
  const { subAccountId } = actor
  if (subAccountId === undefined) return sql<boolean>`true`
  return sql<boolean>`exists (select from backorder as own
    where own.id = ${backorderId} and own.sub_account_id = ${subAccountId})`
}

/** Throws Refusal('backorder_not_found') for an order of another sub-account, where the caller has one. */
export function requireOwnOrder(ctx: AccountContext, id: string): Promise<void> {
  return requireOwn(ctx, sql`${id}::uuid`, new Refusal('backorder_not_found', 'No such backorder.', { id }))
}

/** Throws Refusal('renewal_not_found') for a renewal of another sub-account's name, where the caller has one. */
export function requireOwnRenewal(ctx: AccountContext, id: string): Promise<void> {
  const backorderId = sql`(select backorder_id from renewal join registration on registration.id = registration_id
    where renewal.id = ${id})`
  return requireOwn(ctx, backorderId, new Refusal('renewal_not_found', 'No such renewal.', { id }))
}

/** Throws Refusal('registration_not_found') for the registration of another sub-account's order, where the caller has one. */
export function requireOwnRegistration(ctx: AccountContext, id: string): Promise<void> {
  const backorderId = sql`(select backorder_id from registration where registration.id = ${id})`
  return requireOwn(ctx, backorderId, new Refusal('registration_not_found', 'No such registration.', { id }))
}

async function requireOwn(
  ctx: AccountContext,
  backorderId: RawBuilder<unknown>,
  refusal: Refusal,
): Promise<void> {
  if (ctx.actor.subAccountId === undefined) return
  const { rows } = await sql<{ own: boolean }>`select ${isOwnOrder(ctx, backorderId)} as own`.execute(ctx.db)
  if (rows[0]?.own !== true) throw refusal
}

/** The listing of the caller's order, which is locked before it. Throws Refusal('backorder_not_found'). */
export async function listingOfOwnOrder(
  tx: Transaction<Database>,
  ctx: AccountContext,
  id: string,
): Promise<string> {
  const order = await tx
    .selectFrom('backorder')
    .select('listing_id')
    .where('id', '=', id)
    .where('account_id', '=', ctx.actor.accountId)
    .where(isOwnOrder(ctx, sql.ref('backorder.id')))
    .executeTakeFirst()
  if (order === undefined) throw new Refusal('backorder_not_found', 'No such backorder.', { id })
  return order.listing_id
}

/** The sub-account of an order: the caller's, or the one that a caller without one names. Throws Refusal('sub_account_not_found'). */
export function ofSubAccount<Order extends { readonly subAccountId?: string | undefined }>(
  { actor }: Pick<AccountContext, 'actor'>,
  order: Order,
): Order {
  const { subAccountId } = actor
  if (subAccountId === undefined || order.subAccountId === subAccountId) return order
  if (order.subAccountId !== undefined) throw noSubAccount(order.subAccountId)
  return { ...order, subAccountId }
}

export function noSubAccount(id: string): Refusal {
  return new Refusal('sub_account_not_found', 'No such sub-account.', { id })
}

/** Throws the refusal of a statement that failed because of an order's sub-account: sub_account_not_found, sub_account_limit_reached. */
export function refuseSubAccount(error: unknown): void {
  if (violated(error, 'sub_account_within_limit')) throw limitReached()
  // What it spent is written first: of one that nobody has, that fails.
  if (violated(error, 'order_is_of_own_sub_account') || violated(error, 'spend_is_of_a_sub_account'))
    throw new Refusal('sub_account_not_found', 'No such sub-account.')
}

export function limitReached(): Refusal {
  return new Refusal(
    'sub_account_limit_reached',
    'The sub-account would spend more than its limit of this month.',
  )
}
