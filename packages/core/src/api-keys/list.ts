import { isScope, type Scope } from '@droplock/rules/accounts/scopes'
import { type OperatorContext, requirePermission } from '../context.ts'
import type { Listed, Paging } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'

/** A key as people see it: the key itself is known to nobody here. */
export type ApiKeyView = {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly label: string
  readonly scopes: readonly Scope[]
  readonly createdAt: Date
  readonly revokedAt: Date | null
}

export type ListApiKeys = Paging & { readonly accountId?: string }

/** API keys, the newest first, revoked ones too. Throws Refusal('forbidden'). */
export async function listApiKeys(ctx: OperatorContext, query: ListApiKeys): Promise<Listed<ApiKeyView>> {
  requirePermission(ctx, 'keys:revoke')
  let matching = ctx.db
    .selectFrom('api_key')
    .innerJoin('account', 'account.id', 'api_key.account_id')
    .select([
      'api_key.id',
      'account_id',
      'account.name',
      'label',
      'scopes',
      'api_key.created_at',
      'revoked_at',
    ])
  if (query.accountId !== undefined) matching = matching.where('account_id', '=', query.accountId)
  return readListed(matching.orderBy('api_key.id', 'desc'), query, (row) => ({
    id: row.id,
    accountId: row.account_id,
    accountName: row.name,
    label: row.label,
    scopes: row.scopes.filter(isScope),
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
  }))
}
