import { settleDeletion } from '@droplock/core/registrations/settle-deletion'
import type { DueDeletion } from '@droplock/core/registry-requests/claim-due'
import { recordSending, recordUnfinished } from '@droplock/core/registry-requests/record'
import { deleteDomain, infoDomain } from '@droplock/epp/commands/domain'
import { deleteHost } from '@droplock/epp/commands/host'
import type { DomainInfo } from '@droplock/rules/ports/registrar'
import { interpretChange } from '@droplock/rules/registrations/change'
import { judgeHeld, type RegistrationEnd } from '@droplock/rules/registrations/held'
import { isBelow } from '@droplock/rules/registrations/name-servers'
import { type DecidingResult, guard, heldContext, NO_RESULT, resultOf, type Serving } from './serving.ts'

/**
 * Deletes a name that nobody renewed. Its registry keeps it as pendingDelete in redemption (RFC 3915 §3.1), or purges it at once. What
 * it shows decides, before a delete and after it, so a command without an answer is never repeated blindly. RFC 5731 §3.2.2, ADR 28.
 */
export async function serveDeletion(on: Serving, request: DueDeletion): Promise<void> {
  const before = await look(on, request)
  if (before.kind === 'ended') return settle(on, request, before.end, NO_RESULT)
  if (before.kind === 'undecided') return postpone(on, request, before.reason, NO_RESULT)
  await removeHosts(on, before.info)
  const clTRID = on.newClTRID()
  if (!(await recordSending(heldContext(on), request.id, clTRID))) return
  const answer = await on.pool.send(deleteDomain(request.name), clTRID, guard(on))
  const result = resultOf(answer)
  const after = await look(on, { ...request, wasSent: true })
  if (after.kind === 'ended') return settle(on, request, after.end, result)
  const verdict = interpretChange(answer)
  // Refused, or certainly without effect: nothing is ambiguous.
  const isCertain = verdict.kind === 'refused' || verdict.kind === 'retry'
  return postpone(on, request, verdict.kind, result, isCertain)
}

type Looked =
  | { readonly kind: 'ended'; readonly end: RegistrationEnd }
  | { readonly kind: 'held'; readonly info: DomainInfo }
  | { readonly kind: 'undecided'; readonly reason: string }

/** What the registry shows of the name. */
async function look(on: Serving, { name, crDate, wasSent }: DueDeletion): Promise<Looked> {
  const answer = await on.pool.send(infoDomain(name), on.newClTRID(), guard(on))
  const held = judgeHeld(answer, { name, crDate, clid: on.account.clid })
  if (held.kind === 'not_held') {
    // Purged at once by our delete, or taken by somebody else since.
    const isPurged = wasSent && answer.kind === 'answered' && answer.code === 2303
    return { kind: 'ended', end: isPurged ? 'deleted' : 'not_held' }
  }
  if (held.kind === 'held' && held.info.statuses.includes('pendingDelete'))
    return { kind: 'ended', end: 'deleted' }
  return held
}

/**
 * Removes the hosts below the name, without which it is not deleted (RFC 5731 §3.2.2: 2305), and its delegation to them. One that another name
 * uses stays, and the registry says so to the delete.
 */
async function removeHosts(on: Serving, { name, nameServers = [], subordinateHosts = [] }: DomainInfo) {
  const own = nameServers.filter((server) => isBelow(server.name, name))
  if (own.length > 0)
    await on.pool.update({ name, clTRID: on.newClTRID(), remove: { nameServers: own } }, guard(on))
  for (const host of subordinateHosts) await on.pool.send(deleteHost(host), on.newClTRID(), guard(on))
}

async function settle(
  on: Serving,
  { id, registrationId, name }: DueDeletion,
  outcome: RegistrationEnd,
  result: DecidingResult,
): Promise<void> {
  const settled = await settleDeletion(heldContext(on), { requestId: id, registrationId, outcome, ...result })
  on.log.info({ event: 'registration.deletion_settled', name, outcome, settled })
}

async function postpone(
  on: Serving,
  { id, name }: DueDeletion,
  reason: string,
  result: DecidingResult,
  isCertain = false,
): Promise<void> {
  on.log.warn({ event: 'registration.not_deleted', name, reason, code: result.code })
  await recordUnfinished(heldContext(on), id, { ...(isCertain && { event: 'clear' as const }), ...result })
}
