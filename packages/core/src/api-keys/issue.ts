import type { Scope } from '@droplock/rules/accounts/scopes'
import type { Context } from '../context.ts'

export type IssueApiKey = {
  readonly accountId: string
  readonly label: string
  readonly scopes: readonly Scope[]
  /** SHA-256 of the whole key. The key itself is made by the caller, shown once, and never comes here. */
  readonly keySha256: Uint8Array
}

/** Issues an API key to an account. Returns the key's id. */
export async function issueApiKey(ctx: Context, key: IssueApiKey): Promise<string> {
  const id = ctx.newId()
  await ctx.db
    .insertInto('api_key')
    .values({
      id,
      account_id: key.accountId,
      label: key.label,
      scopes: [...key.scopes],
      key_sha256: Buffer.from(key.keySha256),
    })
    .execute()
  return id
}
