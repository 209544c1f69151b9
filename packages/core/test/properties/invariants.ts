import { type Kysely, sql } from 'kysely'
import type { Database } from '../../src/database/tables.gen.ts'
import { proveLedger } from '../../src/ledger/prove.ts'

/** What must be true between any two steps, read from the rows and not from the results of the steps. */
export async function brokenInvariants(db: Kysely<Database>): Promise<readonly string[]> {
  const proof = await proveLedger(db)
  const money = [
    proof.ledgerSumMinor['USD'] === 0n ? [] : ['money was created or lost'],
    proof.escrowDifferenceMinor['USD'] === 0n ? [] : ['escrow is not the money of the undecided'],
    proof.balanceMismatches === 0 ? [] : ['a stored balance is not its postings'],
    proof.unrefundedFailures === 0 ? [] : ['a failure was not refunded'],
  ]
  const { rows } = await sql<{ broken: string }>`${sql.raw(rules.map(asQuery).join(' union all '))}`.execute(
    db,
  )
  return [...money.flat(), ...rows.map((row) => row.broken)]
}

type Rule = readonly [broken: string, rows: string]

/** Each query finds the rows that break the invariant. */
const rules: readonly Rule[] = [
  [
    'a name has two live backorders',
    `from backorder where state in ('pending_payment', 'backordered', 'registering') group by name having count(*) > 1`,
  ],
  [
    'a name has two live listings',
    `from listing where state in ('upcoming', 'open', 'closed', 'dropping') group by name having count(*) > 1`,
  ],
  [
    'a refund without a failure',
    `from refund join payment on payment.id = refund.payment_id join backorder on backorder.id = payment.backorder_id
      where backorder.state <> 'failed'`,
  ],
  [
    'more was refunded than captured',
    `from refund join payment on payment.id = refund.payment_id group by payment.id
      having sum(refund.amount_minor) > max(payment.captured_minor)`,
  ],
  ['a balance is below zero', `from account where balance_minor < 0`],
  [
    'a live backorder does not hold its listing',
    `from backorder join listing on listing.id = backorder.listing_id
      where backorder.state in ('backordered', 'registering')
        and (listing.holder is distinct from backorder.id or listing.ended_at is not null)`,
  ],
  [
    'listing, backorder and target have different outcomes',
    `from catch_target as target join backorder on backorder.id = target.backorder_id join listing on listing.id = target.listing_id
      where target.decided_at is not null and not (
        (target.state = 'registered' and backorder.state = 'successful' and listing.state = 'caught')
        or (target.state = listing.state and backorder.failure_reason = target.state))`,
  ],
  [
    'a secured name is closed without an armed target',
    `from listing join backorder on backorder.id = listing.holder
      left join catch_target as target on target.backorder_id = backorder.id
      where listing.state = 'closed' and target.state is distinct from 'armed'`,
  ],
  [
    'a target is armed while its name can still be ordered',
    `from listing join catch_target as target on target.listing_id = listing.id
      where target.state = 'armed' and listing.state = 'open'`,
  ],
  [
    'a backorder is registering and its target is not firing',
    `from backorder left join catch_target as target on target.backorder_id = backorder.id
      where backorder.state = 'registering' and (target.state is null or target.state not in ('firing', 'ambiguous'))`,
  ],
]

function asQuery([broken, rows]: Rule): string {
  return `select '${broken}' as broken where exists (select ${rows})`
}
