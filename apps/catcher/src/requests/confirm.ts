import { claimDueInfos, type DueInfo } from '@droplock/core/confirmations/claim-infos'
import { recordAnswer } from '@droplock/core/confirmations/record-answer'
import { infoDomain } from '@droplock/epp/commands/domain'
import { confirmByInfo } from '@droplock/rules/confirmations'
import type { Answer, DomainInfo } from '@droplock/rules/ports/registrar'
import { answeredAtOf, askUntil, type QuestionRule } from './questions.ts'
import { guard, heldContext, resultOf, type Serving } from './serving.ts'

/** Requests that are read from the database at a time. */
const INFOS_PER_BATCH_MAX = 20

/**
 * Asks the registry about suspects until the signal aborts: outside fire windows only, spaced, within a share of the account's rate,
 * and beside the other requests. A question that fails is logged and asked again. Rule 15.
 */
export function confirmUntil(on: Serving, rule: QuestionRule, signal: AbortSignal): Promise<void> {
  return askUntil(on, rule, signal, {
    due: () => claimDueInfos(on.ctx, on.account.id, INFOS_PER_BATCH_MAX),
    ask: (due) => ask(on, due),
    failed: 'confirmation.failed',
  })
}

/** False where nothing was sent: no session or no room. Then it is still due. */
async function ask(on: Serving, { requestId, listingId, suspicion, facts }: DueInfo): Promise<boolean> {
  const clTRID = on.newClTRID()
  const answer = await on.pool.send(infoDomain(facts.name), clTRID, guard(on))
  if (answer.kind === 'not_sent') return false
  const answeredAt = answeredAtOf(answer)
  const confirmed = confirmByInfo(answer, facts, answeredAt ?? answer.sentAt)
  const recorded = await recordAnswer(heldContext(on), {
    means: 'info',
    requestId,
    listingId,
    suspicion,
    registryAccountId: on.account.id,
    clTRID,
    askedAt: answer.sentAt,
    answeredAt,
    lease: on.lease.lease,
    ...resultOf(answer),
    ...shown(answer),
    ...confirmed,
  })
  on.log.info({ event: 'confirmation.answered', name: facts.name, ...confirmed, recorded })
  return true
}

/** What the answer says of the domain, as evidence. */
function shown(answer: Answer<DomainInfo>) {
  const info = answer.kind === 'answered' ? answer.data : undefined
  if (info === undefined) return {}
  const { statuses, rgpStatuses, crDate, exDate, clID: registrar } = info
  return { statuses, rgpStatuses, crDate, exDate, registrar }
}
