import { recordContactResult } from '@droplock/core/contacts/record-result'
import type { DueContact } from '@droplock/core/registry-requests/claim-due'
import { recordSending, recordUnfinished } from '@droplock/core/registry-requests/record'
import { infoContact } from '@droplock/epp/commands/contact'
import { type ContactVerdict, interpretContactCreate, judgeContactInfo } from '@droplock/rules/contacts'
import { type DecidingResult, guard, heldContext, resultOf, type Serving } from './serving.ts'

/** The verdict about the contact, and the answer that it is based on. */
type Known = { readonly verdict: ContactVerdict; readonly result: DecidingResult }

/**
 * Creates one contact at the registry. The create may be repeated after any result, since our id is always the same: it is then
 * answered "exists", and `info` shows whether the contact is ours. RFC 5733 §3.2.1.
 */
export async function serveContact(on: Serving, request: DueContact): Promise<void> {
  const { id, handle, details } = request
  const clTRID = on.newClTRID()
  if (!(await recordSending(heldContext(on), id, clTRID))) return
  const order = { ...details, id: handle, clTRID, authInfo: on.newAuthInfo() }
  const answer = await on.pool.contacts.create(order, guard(on))
  const verdict = interpretContactCreate(answer)
  await decide(
    on,
    request,
    verdict.kind === 'exists' ? await queryContact(on, request) : { verdict, result: resultOf(answer) },
  )
}

async function queryContact(on: Serving, { handle }: DueContact): Promise<Known> {
  const answer = await on.pool.send(infoContact(handle), on.newClTRID(), guard(on))
  return { verdict: judgeContactInfo(answer, on.account.clid), result: resultOf(answer) }
}

async function decide(on: Serving, request: DueContact, { verdict, result }: Known): Promise<void> {
  const { id: requestId, contactId } = request
  const common = { requestId, contactId, registryAccountId: on.account.id, ...result }
  switch (verdict.kind) {
    case 'made':
      await recordContactResult(heldContext(on), { ...common, outcome: 'created', handle: verdict.handle })
      return on.log.info({ event: 'contact.created', contactId, handle: verdict.handle })
    case 'refused':
      await recordContactResult(heldContext(on), { ...common, outcome: 'failed', message: verdict.message })
      return on.log.error({ event: 'contact.refused', contactId, code: verdict.code })
    case 'absent':
      on.log.warn({ event: 'contact.not_made', contactId, reason: verdict.reason })
      return recordUnfinished(heldContext(on), requestId, { event: 'clear' })
    case 'in_doubt':
      on.log.warn({ event: 'contact.in_doubt', contactId, reason: verdict.reason })
      return recordUnfinished(heldContext(on), requestId, result)
  }
}
