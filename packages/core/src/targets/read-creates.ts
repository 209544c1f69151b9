import { type LossWindow, lossMargin, lossWindow } from '@droplock/rules/drop/loss-margin'
import { type CreateFacts, wastedCreates } from '@droplock/rules/statistics'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import type { TargetOutcome } from './target-outcome.ts'

type Row = {
  readonly creates: number
  readonly unjudged: number
  readonly late: number
  readonly possibleSentAt: Date | null
  readonly certainAnsweredAt: Date | null
}

/**
 * Reads what the recorded attempts show, for each outcome in the same order. What depends on times is of the deciding account alone, whose
 * catcher measured the registry's clock against its own. The caller has written the evidence.
 */
export async function readCreates(
  tx: Transaction<Database>,
  outcomes: readonly TargetOutcome[],
): Promise<readonly CreateFacts[]> {
  const windows = outcomes.map(lossWindowOf)
  const { rows } = await sql<Row>`
    select count(cltrid)::integer as creates,
      count(*) filter (where code <> all ('{1000,1001,2302}'))::integer as unjudged,
      count(*) filter (where is_own and code = 2302 and sent_at >= ended.certain_from)::integer as late,
      min(sent_at) filter (where is_own and (answered_at is null or answered_at > ended.possible_after) and coalesce(code, 2302) = 2302)
        as "possibleSentAt",
      min(answered_at) filter (where is_own and code = 2302 and sent_at >= ended.certain_from) as "certainAnsweredAt"
    from unnest(
      ${outcomes.map(({ targetId }) => targetId)}::uuid[],
      ${windows.map((window) => window?.possibleAfter ?? null)}::timestamptz[],
      ${windows.map((window) => window?.certainFrom ?? null)}::timestamptz[],
      ${outcomes.map(({ registryAccountId }) => registryAccountId)}::text[])
      with ordinality as ended (id, possible_after, certain_from, account_id, place)
    left join catch_attempt on target_id = ended.id and command = 'create' and outcome <> 'not_sent'
    cross join lateral (select registry_account_id = ended.account_id) as sender (is_own)
    group by place order by place`.execute(tx)
  return outcomes.map(({ outcome }, index) => {
    const { [index]: row = nothing } = rows
    return {
      creates: row.creates,
      wasted: wastedCreates(outcome, row),
      margin: marginOf(windows[index], row),
    }
  })
}

const nothing: Row = { creates: 0, unjudged: 0, late: 0, possibleSentAt: null, certainAnsweredAt: null }

/** Undefined where the registry does not say when the winner's registration was created, or its clock was not measured. */
function lossWindowOf(ended: TargetOutcome): LossWindow | undefined {
  const { outcome, holderCrDate, clockOffsetMs, clockErrorMs, decidingClTRID, attempts } = ended
  if (outcome !== 'lost' || holderCrDate === undefined) return undefined
  if (clockOffsetMs === undefined || clockErrorMs === undefined) return undefined
  const shownAt = attempts.find(({ clTRID }) => clTRID === decidingClTRID)?.answeredAt ?? undefined
  return lossWindow({
    createdAt: holderCrDate,
    shownAt,
    clock: { offsetMs: clockOffsetMs, errorMs: clockErrorMs },
  })
}

function marginOf(window: LossWindow | undefined, { possibleSentAt, certainAnsweredAt }: Row) {
  if (window === undefined || possibleSentAt === null || certainAnsweredAt === null) return null
  return lossMargin(window, { possibleSentAt, certainAnsweredAt })
}
