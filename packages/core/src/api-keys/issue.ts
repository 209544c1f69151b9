import type { Scope } from '@droplock/rules/accounts/scopes'
import { Refusal } from '@droplock/rules/refusals'
import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'

export type IssueApiKey = {
  readonly accountId: string
  readonly label: string
  readonly scopes: readonly Scope[]
  /** SHA-256 of the whole key. The key itself is made by the caller, shown once, and never comes here. */
  readonly keySha256: Uint8Array
}

/** Issues an API key to an account. Returns the key's id. Throws Refusal: forbidden, account_not_found. */
export async function issueApiKey(ctx: OperatorContext, key: IssueApiKey): Promise<string> {
  requirePermission(ctx, 'resellers:manage')
  const id = ctx.newId()
  const { accountId, label, scopes } = key
  await inTransaction(ctx.db, async (tx) => {
    const account = await tx
      .selectFrom('account')
      .select('name')
      .where('id', '=', accountId)
      .executeTakeFirst()
    if (account === undefined) throw new Refusal('account_not_found', 'No such account.', { id: accountId })
    await tx
      .insertInto('api_key')
      .values({
        id,
        account_id: accountId,
        label,
        scopes: [...scopes],
        key_sha256: Buffer.from(key.keySha256),
      })
      .execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'api_key.issued',
      subjectType: 'api_key',
      subjectId: id,
      after: { account_id: accountId, name: account.name, label, scopes },
    })
  })
  return id
}
