import type { BalanceRange } from '@droplock/rules/ports/payments'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import type { Run } from './begin-run.ts'
import type { ProviderName } from './read-provider-facts.ts'

export type RangeTerms = {
  /** A range ends this long before now: the provider's clock may be behind ours, and its list behind its clock. Milliseconds. */
  readonly closedAfterMs: number
  /** What was read before is read again this far back, for late entries and changed ones. Milliseconds. */
  readonly lookBackMs: number
}

/** Clocks differ, and a payment's intent is older than its row here by no more than this. Milliseconds. */
const clockDifferenceMsMax = 86_400_000

/**
 * What is read of the provider: from where the last run ended, and some way back from now again; the first time, from our
 * oldest payment there.
 */
export async function chooseRange(
  db: Kysely<Database>,
  provider: ProviderName,
  run: Run,
  { closedAfterMs, lookBackMs }: RangeTerms,
): Promise<BalanceRange> {
  const to = new Date(run.startedAt.getTime() - closedAfterMs)
  const lookBack = to.getTime() - lookBackMs
  const { rows } = await sql<{ readTo: Date | null; oldest: Date | null }>`
    select (select max(provider_to) from reconciliation_run where provider = ${provider}) as "readTo",
      (select min(created_at) from payment where provider = ${provider}) as oldest`.execute(db)
  const { readTo, oldest } = rows[0] ?? { readTo: null, oldest: null }
  const unread = readTo?.getTime() ?? (oldest?.getTime() ?? lookBack) - clockDifferenceMsMax
  return { from: new Date(Math.min(unread, lookBack, to.getTime())), to }
}
