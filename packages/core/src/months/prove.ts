import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { balancesHash } from './figures.ts'
import { readClosedBalances } from './read.ts'

/**
 * How many balances of closed months differ from the postings, or from the hash that was kept at the close. All months in one statement;
 * opening and closing balances are compared too, because each is the sum of all postings before it.
 */
export async function countChangedMonths(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ wrong: number }>`
    with posted as (
      select month.month, posting.currency, posting.ledger_account, -sum(amount_minor) filter (where amount_minor < 0) as debit,
        sum(amount_minor) filter (where amount_minor > 0) as credit, count(*) as postings
      from closed_month as month join posting on posted_at < month.ends_at
        and (posted_at >= month.month at time zone 'UTC' or month.month = (select min(month) from closed_month))
      group by 1, 2, 3
    ), compared as (
      select kept.*, posted.debit, posted.credit, posted.postings as found,
        lag(kept.closing_minor) over (partition by kept.currency, kept.ledger_account order by kept.month) as before
      from closed_balance as kept left join posted using (month, currency, ledger_account)
    )
    select (select count(*) from compared where debit_minor <> coalesce(debit, 0) or credit_minor <> coalesce(credit, 0)
        or postings <> coalesce(found, 0) or opening_minor <> coalesce(before, 0))::integer
      + (select count(*) from posted left join closed_balance as kept using (month, currency, ledger_account)
        where kept.month is null)::integer as wrong`.execute(db)
  return (rows[0]?.wrong ?? 0) + (await countWrongHashes(db))
}

async function countWrongHashes(db: Kysely<Database>): Promise<number> {
  const months = await db.selectFrom('closed_month').select(['month', 'sha256']).orderBy('month').execute()
  let wrong = 0
  for (const { month, sha256 } of months) {
    const balances = await readClosedBalances(db, month)
    if (balancesHash(month.slice(0, 7), balances) !== sha256.toString('hex')) wrong += 1
  }
  return wrong
}
