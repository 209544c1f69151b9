import { readHandlesOfChange } from '@droplock/core/account-contacts/wanted'
import type { DueChange } from '@droplock/core/registry-requests/claim-due'
import { recordSending } from '@droplock/core/registry-requests/record'
import type { ContactHandles } from '@droplock/rules/contacts'
import { type ContactChange, changeOfContacts } from '@droplock/rules/registrations/contacts'
import { failChange, postponeChange, queryHeld, refuseChange, settleUpdate, succeedChange } from './change.ts'
import { guard, heldContext, NO_RESULT, type Serving } from './serving.ts'

/**
 * Sets the contacts of a registration, once they are made at the registry: asks for what it has, and sends one update with the
 * difference. Each try begins with `info`, so a command that was carried out without an answer is not repeated. RFC 5731 §3.2.5.
 */
export async function serveContacts(on: Serving, request: DueChange): Promise<void> {
  const made = await readHandlesOfChange(on.ctx, request.changeId)
  const refused = made.find(({ state }) => state === 'failed')
  if (refused !== undefined) {
    const { code, message } = refused
    const verdict = {
      kind: 'refused',
      code: code ?? 0,
      message: message ?? 'the contact was refused',
    } as const
    return refuseChange(on, request, verdict, NO_RESULT)
  }
  if (made.some(({ state }) => state === 'pending'))
    return postponeChange(on, request, { kind: 'retry', reason: 'its contacts are being made' })
  const wanted: ContactHandles = Object.fromEntries(made.map(({ role, handle }) => [role, handle]))
  const held = await queryHeld(on, request)
  if (held.kind === 'not_held') return failChange(on, request, 'not_held')
  if (held.kind === 'undecided') return postponeChange(on, request, held)
  const change = changeOfContacts(held.info, wanted)
  if (change === undefined) return succeedChange(on, request, held.info)
  return update(on, request, wanted, change)
}

async function update(
  on: Serving,
  request: DueChange,
  wanted: ContactHandles,
  { add, remove, registrant }: ContactChange,
): Promise<void> {
  const { id, name } = request
  const clTRID = on.newClTRID()
  if (!(await recordSending(heldContext(on), id, clTRID))) return
  const order = { name, clTRID, add: { contacts: add }, remove: { contacts: remove } }
  const answer = await on.pool.update(registrant === undefined ? order : { ...order, registrant }, guard(on))
  return settleUpdate(on, request, answer, (info) => changeOfContacts(info, wanted) === undefined)
}
