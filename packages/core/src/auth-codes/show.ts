import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { isOwnOrder } from '../own-orders.ts'
import type { AuthCodeSecrets } from './derive.ts'

export type ShownAuthCode = { readonly authCode: string; readonly validUntil: Date }

/**
 * Shows the auth code that a request of the caller's has set, once: its salt is removed in the same transaction, so that nobody can
 * derive it again. Where the answer is lost, another one is requested. Throws Refusal: insufficient_scope,
 * registration_request_not_found, auth_code_not_ready, auth_code_shown, auth_code_expired, auth_code_unavailable, try_again. ADR 24.
 */
export async function showAuthCode(
  ctx: AccountContext,
  requestId: string,
  secrets: AuthCodeSecrets | undefined,
): Promise<ShownAuthCode> {
  requireScope(ctx, 'registrations:write')
  return inTransaction(ctx.db, async (tx) => {
    const code = await tx
      .selectFrom('auth_code')
      .innerJoin('registration_request', 'registration_request.id', 'request_id')
      .innerJoin('registration', 'registration.id', 'registration_request.registration_id')
      .select(['salt', 'secret_id', 'valid_until', 'shown_at', 'registration_request.state'])
      .where('request_id', '=', requestId)
      .where('registration_request.account_id', '=', ctx.actor.accountId)
      .where(isOwnOrder(ctx, sql.ref('registration.backorder_id')))
      .executeTakeFirst()
    if (code === undefined)
      throw new Refusal('registration_request_not_found', 'No such request for an auth code.', {
        id: requestId,
      })
    const now = await databaseTime(tx)
    if (code.shown_at !== null) throw shownBefore()
    if (code.state !== 'succeeded')
      throw new Refusal('auth_code_not_ready', 'The auth code is not set at the registry.', {
        state: code.state,
      })
    if (code.valid_until === null || code.salt === null || now >= code.valid_until)
      throw new Refusal('auth_code_expired', 'The auth code is no longer valid.')
    const secret = secrets?.withId(code.secret_id ?? '')
    if (secret === undefined) throw new Refusal('auth_code_unavailable', 'The auth code cannot be shown.')
    // Of two that read the salt at once, one removes it.
    const { numUpdatedRows } = await tx
      .updateTable('auth_code')
      .set({ salt: null, shown_at: now })
      .where('request_id', '=', requestId)
      .where('salt', 'is not', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw shownBefore()
    return { authCode: secret.derive(requestId, code.salt), validUntil: code.valid_until }
  })
}

function shownBefore(): Refusal {
  return new Refusal('auth_code_shown', 'It was shown before.')
}
