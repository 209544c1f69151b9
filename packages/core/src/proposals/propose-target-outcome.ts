import { decideByPeople } from '@droplock/rules/drop/outcome'
import type { Outcome } from '@droplock/rules/machines/catch-target'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockListing, lockTarget } from '../locks.ts'
import { insertProposal } from './internal.ts'

type ProposeTargetOutcome = {
  readonly targetId: string
  readonly outcome: Outcome
  /** For a win: the registry's creation date of our registration, and our account that holds it. */
  readonly crDate?: Date
  readonly registryAccountId?: string
  /** What the registry, RDAP or the registrar said, as text, for the second person to judge. */
  readonly evidence: string
  readonly reason: string
}

/**
 * Proposes the outcome of a target that stayed undecided after its grace period; another person decides, and nothing changes before.
 * Returns the proposal's id. Throws Refusal: forbidden, reason_required, target_not_found, target_decided, target_in_time,
 * outcome_not_possible, proposal_open, try_again.
 */
export async function proposeTargetOutcome(
  ctx: StaffContext,
  proposed: ProposeTargetOutcome,
): Promise<string> {
  requirePermission(ctx, 'targets:propose')
  const reason = requireReason(proposed.reason)
  const evidence = requireReason(proposed.evidence)
  const { targetId, outcome, crDate, registryAccountId } = proposed
  return inTransaction(ctx.db, async (tx) => {
    const target = await lockUndecided(tx, { targetId, outcome, crDate, registryAccountId })
    return insertProposal(tx, ctx, {
      kind: 'target_outcome',
      subject: targetId,
      terms: {
        name: target.name,
        outcome,
        cr_date: crDate?.toISOString() ?? null,
        registry_account_id: registryAccountId ?? null,
        evidence,
      },
      reason,
    })
  })
}

type DecidedByPeople = {
  readonly targetId: string
  readonly outcome: Outcome
  readonly crDate?: Date | undefined
  readonly registryAccountId?: string | undefined
}

/** Locks the listing and its target, and checks that people may decide this outcome now. Throws Refusal (see `decideByPeople`). */
export async function lockUndecided(tx: Transaction<Database>, decided: DecidedByPeople) {
  const { targetId, registryAccountId } = decided
  const seen = await tx
    .selectFrom('catch_target')
    .select(['listing_id', 'registry_id'])
    .where('id', '=', targetId)
    .executeTakeFirst()
  if (seen === undefined) throw new Refusal('target_not_found', 'No such target.', { id: targetId })
  await lockListing(tx, seen.listing_id)
  const target = await lockTarget(tx, targetId)
  const facts = {
    state: target.state,
    dropFrom: target.drop_from,
    graceUntil: target.grace_until,
    priorCrDate: target.prior_cr_date,
  }
  decideByPeople(facts, decided, await databaseTime(tx))
  if (decided.outcome !== 'registered') return target
  const account = await tx
    .selectFrom('registry_account')
    .select('id')
    .where('id', '=', registryAccountId ?? '')
    .where('registry_id', '=', seen.registry_id)
    .executeTakeFirst()
  if (account === undefined)
    throw new Refusal('outcome_not_possible', 'A win needs one of our accounts at this registry.')
  return target
}
