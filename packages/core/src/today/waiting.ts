import { sql } from 'kysely'
import type { StaffContext } from '../context.ts'

/** What needs a person, or soon may. */
export type Waiting = {
  readonly alarms: number
  readonly quarantinedRuns: number
  readonly proposedRefunds: number
  readonly suspectListings: number
  readonly ambiguousTargets: number
  readonly financeTasks: number
  readonly proposedReversals: number
  readonly unmatchedItems: number
  /** Of targets, transfers and credit, for another person to decide. */
  readonly openProposals: number
  /** Since when the oldest of each waits. */
  readonly oldestProposedRefundAt: Date | null
  readonly oldestFinanceTaskAt: Date | null
  readonly oldestProposedReversalAt: Date | null
  readonly oldestUnmatchedItemAt: Date | null
  readonly oldestOpenProposalAt: Date | null
}

export async function readWaiting(ctx: StaffContext, alarms: number): Promise<Waiting> {
  const { rows } = await sql<Omit<Waiting, 'alarms'>>`
    select
      (select count(*)::integer from sync_run where state = 'quarantined') as "quarantinedRuns",
      (select count(*)::integer from refund where state = 'proposed') as "proposedRefunds",
      (select count(*)::integer from listing where suspect and state in ('upcoming', 'open', 'closed')) as "suspectListings",
      (select count(*)::integer from catch_target where state = 'ambiguous') as "ambiguousTargets",
      (select count(*)::integer from finance_task where closed_at is null) as "financeTasks",
      (select count(*)::integer from bank_transfer where state = 'reversal_proposed') as "proposedReversals",
      (select count(*)::integer from reconciliation_item where closed_at is null) as "unmatchedItems",
      (select count(*)::integer from proposal where state = 'proposed' and expires_at > statement_timestamp()) as "openProposals",
      (select min(proposed_at) from proposal where state = 'proposed' and expires_at > statement_timestamp()) as "oldestOpenProposalAt",
      (select min(first_seen_at) from reconciliation_item where closed_at is null) as "oldestUnmatchedItemAt",
      (select min(created_at) from refund where state = 'proposed') as "oldestProposedRefundAt",
      (select min(opened_at) from finance_task where closed_at is null) as "oldestFinanceTaskAt",
      (select min(reversal_proposed_at) from bank_transfer where state = 'reversal_proposed') as "oldestProposedReversalAt"`.execute(
    ctx.db,
  )
  const waiting = rows[0]
  if (waiting === undefined) throw new Error('a row of counts is always there')
  return { alarms, ...waiting }
}
