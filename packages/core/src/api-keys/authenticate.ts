import { isScope } from '@droplock/rules/accounts/scopes'
import type { AccountActor, Context } from '../context.ts'
import { isShutOut } from './require-not-revoked.ts'

/** The account behind an API key's SHA-256, or undefined for a key that is unknown or revoked, or whose account is disabled. */
export async function authenticateApiKey(
  ctx: Context,
  keySha256: Uint8Array,
): Promise<AccountActor | undefined> {
  const key = await ctx.db
    .selectFrom('api_key')
    .innerJoin('account', 'account.id', 'api_key.account_id')
    .select(['api_key.id', 'account_id', 'scopes', 'account.currency'])
    .where('key_sha256', '=', Buffer.from(keySha256))
    .where(({ not }) => not(isShutOut))
    .executeTakeFirst()
  if (key === undefined) return undefined
  return {
    kind: 'account',
    accountId: key.account_id,
    keyId: key.id,
    scopes: key.scopes.filter(isScope),
    currency: key.currency,
  }
}
