import { recordAuthCodeUnset } from '@droplock/core/auth-codes/unset'
import type { DueChange } from '@droplock/core/registry-requests/claim-due'
import { recordSending, recordUnfinished } from '@droplock/core/registry-requests/record'
import { interpretChange } from '@droplock/rules/registrations/change'
import { failChange, postponeChange, queryHeld, refuseChange, succeedChange } from './change.ts'
import { guard, heldContext, NO_RESULT, resultOf, type Serving } from './serving.ts'

/**
 * Sets the auth code of a registration. It is derived anew for every try and always the same, so a command without an answer is
 * repeated without harm, and the code itself is stored nowhere. RFC 5731 §2.6, RFC 9154, ADR 24.
 */
export async function serveAuthCode(on: Serving, request: DueChange): Promise<void> {
  const { id, changeId, name, salt } = request
  const { authCodes } = on
  if (authCodes === undefined || salt === null) {
    on.log.error({ event: 'auth_code.no_secret', request_id: changeId })
    return postponeChange(on, request, { kind: 'retry', reason: 'this catcher has no secret for auth codes' })
  }
  const held = await queryHeld(on, request)
  if (held.kind === 'not_held') return failChange(on, request, 'not_held')
  if (held.kind === 'undecided') return postponeChange(on, request, held)
  const clTRID = on.newClTRID()
  if (!(await recordSending(heldContext(on), id, clTRID))) return
  const authInfo = authCodes.current.derive(changeId, salt)
  const answer = await on.pool.update({ name, clTRID, authInfo }, guard(on))
  const result = resultOf(answer)
  const verdict = interpretChange(answer)
  switch (verdict.kind) {
    case 'done':
      return succeedChange(on, request, held.info, result, authCodes.current.id)
    case 'refused': {
      // A registry may repeat in its message what it refuses.
      const message = verdict.message.replaceAll(authInfo, '***')
      return refuseChange(on, request, { ...verdict, message }, result)
    }
    case 'retry':
    case 'ambiguous':
      return postponeChange(on, request, verdict, result)
  }
}

/** Replaces an auth code that is no longer valid by one that nobody knows. RFC 9154 §4.3. */
export async function unsetAuthCode(on: Serving, request: DueChange): Promise<void> {
  const { id, changeId, name } = request
  if (request.isReplaced) return done(on, request)
  const held = await queryHeld(on, request)
  if (held.kind === 'not_held') return done(on, request)
  if (held.kind === 'undecided') return recordUnfinished(heldContext(on), id, {})
  const clTRID = on.newClTRID()
  if (!(await recordSending(heldContext(on), id, clTRID))) return
  const answer = await on.pool.update({ name, clTRID, authInfo: on.newAuthInfo() }, guard(on))
  const verdict = interpretChange(answer)
  if (verdict.kind === 'done') return done(on, request, resultOf(answer))
  on.log.error({ event: 'auth_code.not_unset', request_id: changeId, verdict: verdict.kind })
  await recordUnfinished(heldContext(on), id, { event: 'clear', ...resultOf(answer) })
}

async function done(on: Serving, { id, changeId }: DueChange, result = NO_RESULT): Promise<void> {
  await recordAuthCodeUnset(heldContext(on), { requestId: id, changeId, ...result })
  on.log.info({ event: 'auth_code.unset', request_id: changeId })
}
