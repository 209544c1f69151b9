import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { changeWithAudit } from '../audit/change.ts'
import { nameOf, type OperatorContext } from '../context.ts'
import { readPasswordOf } from './read.ts'

type RequestPasswordChange = {
  readonly registryAccountId: string
  /** The name of the next password among the catcher's credentials. */
  readonly passwordName: string
  readonly reason: string
}

/**
 * Requests the change of our password at a registry: the catcher of the account carries it out at its next login, which it makes for this
 * purpose while nothing drops. Throws Refusal: forbidden, reason_required, registry_account_not_found, password_in_use,
 * password_change_open.
 */
export async function requestPasswordChange(
  ctx: OperatorContext,
  { registryAccountId, passwordName, reason }: RequestPasswordChange,
): Promise<void> {
  const subject = ['registry_account', registryAccountId] as const
  await changeWithAudit(ctx, { permission: 'registries:set', subject, reason }, async (tx) => {
    const account = await readPasswordOf(tx, registryAccountId)
    if (account.password_name === passwordName)
      throw new Refusal('password_in_use', 'This password is in use already.', { name: passwordName })
    const { rows } = await sql`
      insert into password_change (id, registry_account_id, to_name, state, requested_at, requested_by)
      values (${ctx.newId()}, ${registryAccountId}, ${passwordName}, 'requested', clock_timestamp(), ${nameOf(ctx.actor)})
      on conflict (registry_account_id) where state in ('requested', 'sent') do nothing returning id`.execute(
      tx,
    )
    if (rows.length === 0)
      throw new Refusal('password_change_open', 'A change of this password is requested already.')
    return { action: 'registry_account.password_change_requested', after: { password_name: passwordName } }
  })
}
