import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { SESSION_KEY_SECONDS } from './session-key.ts'

/** Visitors of one server share a key, and pages are kept for a moment: this is far more than they ask for. Reads a minute. */
const READS_PER_MINUTE_MAX = 100_000

/** The currencies that names are sold in, in the order of their codes. */
export async function listCurrencies({ db }: Context): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('price_amount')
    .select('currency')
    .where('ended_at', 'is', null)
    .distinct()
    .orderBy('currency')
    .execute()
  return rows.map(({ currency }) => currency)
}

type RenewVisitorKey = {
  readonly currency: string
  /** As for a session's key. */
  readonly newKeyId: string
  readonly keySha256Of: (keyId: string) => Uint8Array
  /** What stands for the session of an account of visitors: another id where keys are derived in another way, so that the key is another too. */
  readonly sessionIdOf: (accountId: string) => string
}

/**
 * Renews the key by which visitors read listings in a currency, or makes it and the account it belongs to, which orders nothing. Throws
 * Refusal: currency_not_sold, try_again.
 */
export async function renewVisitorKey(
  ctx: Context,
  { currency, newKeyId, keySha256Of, sessionIdOf }: RenewVisitorKey,
): Promise<{ readonly keyId: string; readonly expiresAt: Date }> {
  if (!(await listCurrencies(ctx)).includes(currency))
    throw new Refusal('currency_not_sold', 'Names are not sold in this currency.', { currency })
  return inTransaction(ctx.db, async (tx) => {
    const accountId = await ensureVisitorAccount({ ...ctx, db: tx }, currency)
    const expires = sql<Date>`statement_timestamp() + ${SESSION_KEY_SECONDS} * interval '1 second'`
    const { rows } = await sql<{ keyId: string; expiresAt: Date }>`
      insert into api_key (id, account_id, label, scopes, key_sha256, expires_at, session_id)
      values (${newKeyId}, ${accountId}, 'Visitors', array['listings:read'], ${Buffer.from(keySha256Of(newKeyId))}, ${expires}, ${sessionIdOf(accountId)})
      on conflict (session_id) where revoked_at is null do update set expires_at = excluded.expires_at
      returning id as "keyId", expires_at as "expiresAt"`.execute(tx)
    const [key] = rows
    if (key === undefined) throw new Error('visitors have a key once it was renewed')
    return key
  })
}

async function ensureVisitorAccount(ctx: Context, currency: string): Promise<string> {
  const { db, newId } = ctx
  const find = () =>
    db.selectFrom('visitor_account').select('account_id').where('currency', '=', currency).executeTakeFirst()
  const known = await find()
  if (known !== undefined) return known.account_id
  const id = newId()
  await db
    .insertInto('account')
    .values({ id, name: `Visitors (${currency})`, currency, reads_per_minute_max: READS_PER_MINUTE_MAX })
    .execute()
  await db
    .insertInto('visitor_account')
    .values({ currency, account_id: id })
    .onConflict((conflict) => conflict.column('currency').doNothing())
    .execute()
  const account = await find()
  if (account === undefined) throw new Error('a currency has an account of visitors')
  return account.account_id
}
