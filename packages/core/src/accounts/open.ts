import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'

export type OpenAccount = {
  readonly name: string
  /** ISO 4217. An account has one currency, for ever. */
  readonly currency: string
}

/** Opens a reseller's account with an empty balance. Returns its id. Throws Refusal('forbidden'). */
export async function openAccount(ctx: OperatorContext, { name, currency }: OpenAccount): Promise<string> {
  requirePermission(ctx, 'resellers:manage')
  const id = ctx.newId()
  await inTransaction(ctx.db, async (tx) => {
    await tx.insertInto('account').values({ id, name, currency }).execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'account.opened',
      subjectType: 'account',
      subjectId: id,
      after: { name, currency },
    })
  })
  return id
}
