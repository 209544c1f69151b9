import { type Kysely, sql } from 'kysely'
import type { Database } from '../../src/database/tables.gen.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import type { FakeProvider } from '../support/fake-provider.ts'

/** What must be true between any two steps, read from the rows and the provider's book, not from what the steps said. */
export async function brokenInvariants(
  db: Kysely<Database>,
  provider: FakeProvider,
): Promise<readonly string[]> {
  const proof = await proveLedger(db)
  const money = [
    proof.ledgerSumMinor['USD'] === 0n ? [] : ['money was created or lost'],
    proof.escrowDifferenceMinor['USD'] === 0n ? [] : ['escrow is not the money of the undecided'],
    proof.balanceMismatches === 0 ? [] : ['a stored balance is not its postings'],
    proof.unrefundedFailures === 0 ? [] : ['a failure was not refunded'],
    proof.misplacedPayments === 0 ? [] : ["a card's money is not where it belongs"],
  ]
  const { rows } = await sql<{ broken: string }>`${sql.raw(query)}`.execute(db)
  return [...money.flat(), ...rows.map((row) => row.broken), ...(await paidTwice(db, provider))]
}

/** Against the provider's own book, which refuses nothing: card and balance together never got more than was captured. */
async function paidTwice(db: Kysely<Database>, provider: FakeProvider): Promise<readonly string[]> {
  const { rows } = await sql<{ providerId: string; sum: string }>`
    select provider_id as "providerId", sum(refund.amount_minor) as sum from refund join payment on payment.id = refund.payment_id
    where refund.state = 'succeeded' and destination = 'balance' and provider_id is not null group by 1`.execute(
    db,
  )
  const credited = new Map(rows.map((row) => [row.providerId, BigInt(row.sum)]))
  for (const { providerPaymentId, state, amount } of provider.refunds.values()) {
    if (state === 'failed') continue
    credited.set(providerPaymentId, (credited.get(providerPaymentId) ?? 0n) + amount.amountMinor)
  }
  const exceeded = [...credited].filter(([id, sum]) => sum > (provider.intents.get(id)?.capturedMinor ?? 0n))
  return exceeded.length === 0 ? [] : ['a payment was paid out twice']
}

type Rule = readonly [broken: string, rows: string]

const ofPayment = 'from refund join payment on payment.id = refund.payment_id'

/** Each finds the rows that break it. */
const rules: readonly Rule[] = [
  // the ledger
  [
    'goodwill was booked that no credit backs',
    `from posting where ledger_account = 'goodwill' and not exists (select from goodwill_credit
      where goodwill_credit.id = cause_id and goodwill_credit.amount_minor = -posting.amount_minor)`,
  ],
  [
    'a fee was posted that the provider did not report',
    `from posting where ledger_account = 'provider_fees' and not exists (select from provider_booking
      where provider_booking.id = cause_id and provider_booking.amount_minor = posting.amount_minor)`,
  ],
  ['a cause was posted twice', 'from posting group by cause, cause_id, line having count(*) > 1'],
  [
    'a balance is below its credit, its disputes and its reversals',
    `from account where balance_minor + credit_limit_minor + (select coalesce(sum(dispute.amount_minor), 0)
      from dispute join payment on payment.id = dispute.payment_id
      where payment.account_id = account.id and dispute.state in ('open', 'lost'))
      + (select coalesce(sum(amount_minor), 0) from bank_transfer where account_id = account.id and state = 'reversed') < 0`,
  ],
  [
    'money that is to be returned is of nobody',
    `from posting where ledger_account in ('unapplied_receipts', 'refunds_payable') and payment_id is null`,
  ],
  [
    'what came to the bank is not what stands to its transfers',
    `from account where coalesce((select sum(amount_minor) from bank_transfer
        where account_id = account.id and state <> 'reversed'), 0) <> -coalesce((select sum(amount_minor) from posting
        where account_id = account.id and ledger_account = 'bank_clearing'), 0)`,
  ],
  [
    'a transfer was credited twice',
    `from bank_transfer where state <> 'reversed' group by bank_reference having count(*) > 1`,
  ],
  [
    'a reversal is of two transfers',
    'from bank_transfer where reversal_id is not null group by reversal_id having count(*) > 1',
  ],
  // orders and holds
  [
    'a name has two live backorders',
    `from backorder where state in ('pending_payment', 'backordered', 'registering') group by name having count(*) > 1`,
  ],
  [
    'a listing was sold twice',
    `from backorder where state <> 'expired' group by listing_id having count(*) > 1`,
  ],
  [
    'an order is of another name than its listing',
    'from backorder join listing on listing.id = backorder.listing_id where backorder.name <> listing.name',
  ],
  [
    'a live backorder does not hold its listing',
    `from backorder join listing on listing.id = backorder.listing_id
      where backorder.state in ('pending_payment', 'backordered', 'registering')
        and (listing.holder is distinct from backorder.id or listing.ended_at is not null)`,
  ],
  [
    'a listing is held by an order that is over',
    `from listing join backorder on backorder.id = listing.holder where backorder.state = 'expired'`,
  ],
  [
    'a listing was held twice',
    'from backorder where pay_by is not null group by listing_id having count(*) > 1',
  ],
  [
    'an account holds more than it may',
    `from account where (select count(*) from backorder where account_id = account.id and state = 'pending_payment') >
      case when exists (select from backorder where account_id = account.id and secured_at is not null) then 20 else 3 end`,
  ],
  [
    'an account has more payments open without a hold than it may',
    `from payment where method = 'card' and state in ('requires_action', 'processing', 'failed') and pay_by > clock_timestamp()
      and backorder_id is null and renewal_id is null group by account_id having count(*) > 20`,
  ],
  [
    'a hold outlives the margin before its cut-off',
    `from backorder join listing on listing.id = backorder.listing_id
      where backorder.state = 'pending_payment' and pay_by > cutoff_at and cutoff_at > clock_timestamp()`,
  ],
  // payments
  [
    'two payments secure one order',
    'from payment where secures group by coalesce(backorder_id, renewal_id) having count(*) > 1',
  ],
  [
    'an order was secured without a payment of its price',
    `from backorder left join payment on payment.backorder_id = backorder.id and payment.secures
      where backorder.state in ('backordered', 'registering', 'successful', 'failed')
        and payment.captured_minor is distinct from backorder.price_minor`,
  ],
  [
    'a payment that secures was not captured',
    'from payment where secures and captured_minor <> amount_minor',
  ],
  ['more was captured than was asked', 'from payment where captured_minor > amount_minor'],
  [
    'money was captured by a payment that was not paid',
    `from payment where captured_minor > 0 and state not in ('succeeded', 'disputed', 'charged_back')`,
  ],
  [
    'a renewal was paid without a payment of its price',
    `from renewal left join payment on payment.renewal_id = renewal.id and payment.secures
      where renewal.state in ('paid', 'renewing', 'successful', 'failed') and payment.captured_minor is distinct from renewal.price_minor`,
  ],
  [
    "somebody's money pays another's renewal",
    `from payment join renewal on renewal.id = payment.renewal_id where secures and payment.account_id <> renewal.account_id`,
  ],
  [
    "somebody's money secures another's order",
    `from payment join backorder on backorder.id = payment.backorder_id where secures and payment.account_id <> backorder.account_id`,
  ],
  [
    'money that secures nothing is not going back',
    `from payment where purpose <> 'top_up' and captured_minor > 0 and not secures and not exists (select from refund
      where payment_id = payment.id and cause in ('late_payment', 'duplicate_payment'))`,
  ],
  [
    'an order that was released is bound again',
    `from backorder join backorder as released on released.id = backorder.reclaims where released.expired_reason = 'released'`,
  ],
  [
    'a payment of the provider is two of ours',
    'from payment where provider_id is not null group by provider_id having count(*) > 1',
  ],
  ['an event was kept twice', 'from provider_event group by provider, event_id having count(*) > 1'],
  ['the provider is asked twice', 'from provider_task group by payment_id, kind having count(*) > 1'],
  // renewals, and what registries take
  [
    'a name that was caught is not kept once',
    `from backorder where (select count(*) from registration where backorder_id = backorder.id)
      <> case when state = 'successful' then 1 else 0 end`,
  ],
  [
    'a renewal is not of the holder',
    'from renewal join registration on registration.id = registration_id where renewal.account_id <> registration.account_id',
  ],
  [
    'a registration has two live renewals',
    `from renewal where state in ('pending_payment', 'paid', 'renewing') group by registration_id having count(*) > 1`,
  ],
  [
    'an expiry was renewed from twice',
    `from renewal where state = 'successful' group by registration_id, quoted_expires_at having count(*) > 1`,
  ],
  [
    'a registration does not last as long as it was renewed',
    `from registration where expires_at < (select max(new_expires_at) from renewal where registration_id = registration.id)`,
  ],
  [
    'a paid renewal is asked of nobody',
    `from renewal where paid_at is not null and not exists (select from registry_request where renewal_id = renewal.id)`,
  ],
  ['a renewal is asked for twice', 'from registry_request group by renewal_id having count(renewal_id) > 1'],
  [
    'a decided renewal is still asked for',
    `from registry_request join renewal on renewal.id = renewal_id
      where registry_request.state <> 'done' and renewal.state not in ('paid', 'renewing', 'expired')`,
  ],
  [
    'a failed renewal has no refund',
    `from renewal where state = 'failed' and not exists (${`select ${ofPayment}`}
      where payment.renewal_id = renewal.id and cause = 'renewal_failed')`,
  ],
  [
    'a registration was not charged once',
    `from registration where (select count(*) from registry_charge where backorder_id = registration.backorder_id) <> 1`,
  ],
  [
    'a renewal was not charged as it was done',
    `from renewal where (select count(*) from registry_charge where renewal_id = renewal.id)
      <> case when state = 'successful' then 1 else 0 end`,
  ],
  ['a charge is not the fee of its years', 'from registry_charge where abs(amount_minor) <> 800 * years'],
  [
    'an expiry was charged twice by its registry',
    `from registry_charge where kind = 'auto_renewal' group by registration_id, charged_at having count(*) > 1`,
  ],
  [
    'a deletion was credited twice',
    `from registry_charge where kind = 'auto_renewal_credit' group by registration_id having count(*) > 1`,
  ],
  [
    'a name is deleted that is being renewed',
    `from registration join renewal on registration_id = registration.id
      where deletion_requested_at is not null and state in ('pending_payment', 'paid', 'renewing')`,
  ],
  [
    'a deletion is asked for twice',
    'from registry_request group by registration_id having count(registration_id) > 1',
  ],
  [
    'a deletion is asked of nobody',
    `from registration where deletion_requested_at is not null
      and not exists (select from registry_request where registration_id = registration.id)`,
  ],
  // disputes
  [
    'a payment has two open disputes',
    `from dispute where state = 'open' group by payment_id having count(*) > 1`,
  ],
  ['a dispute was applied twice', 'from dispute group by provider_dispute_id having count(*) > 1'],
  ['two disputes have one reversal', 'from dispute group by reversal_id having count(reversal_id) > 1'],
  [
    'a payment and its dispute do not tell the same',
    `from payment where (state = 'disputed') <> exists (select from dispute where payment_id = payment.id and dispute.state = 'open')
      or (state = 'charged_back') <> exists (select from dispute where payment_id = payment.id and dispute.state = 'lost')`,
  ],
  [
    'a refund was begun while its payment was disputed',
    `${ofPayment} where refund.state = 'processing' and attempts = 0 and payment.state <> 'succeeded'`,
  ],
  // refunds
  [
    'more was refunded than captured',
    `${ofPayment} where refund.state not in ('failed', 'rejected', 'expired')
      group by payment.id having sum(refund.amount_minor) > max(payment.captured_minor)`,
  ],
  [
    'a cause was refunded twice',
    `from refund where cause <> 'manual' and retries_refund_id is null group by payment_id, cause having count(*) > 1`,
  ],
  [
    'a failure has no refund',
    `from backorder where state = 'failed' and not exists (${`select ${ofPayment}`}
      where payment.backorder_id = backorder.id and cause = 'backorder_failed')`,
  ],
  [
    'a refund is retried twice',
    `from refund where retries_refund_id is not null and state not in ('rejected', 'expired') group by retries_refund_id having count(*) > 1`,
  ],
  [
    'a refund that had not failed was retried',
    `from refund as retry join refund on refund.id = retry.retries_refund_id where refund.state <> 'failed'`,
  ],
  [
    'a failed refund is no task',
    `from refund where state = 'failed' and not exists (select from finance_task where kind = 'refund_failed' and subject_id = refund.id)`,
  ],
  [
    'a failed refund that nobody retries is no open task',
    `from refund where state = 'failed' and not exists (select from refund as retry where retry.retries_refund_id = refund.id
        and retry.state not in ('proposed', 'rejected', 'expired'))
      and not exists (select from finance_task where kind = 'refund_failed' and subject_id = refund.id and closed_at is null)`,
  ],
  [
    'finance has two tasks for one thing',
    'from finance_task where closed_at is null group by kind, subject_id having count(*) > 1',
  ],
  [
    'a refund is not what was posted for it',
    `from refund join posting on posting.cause_id = refund.id and posting.cause in ('refund', 'refund_paid')
      where abs(posting.amount_minor) <> refund.amount_minor`,
  ],
  [
    'a refund of the provider is two of ours',
    'from refund group by provider_refund_id having count(provider_refund_id) > 1',
  ],
  [
    'an exception was decided by one person',
    `from refund where not by_rule and decided_by is null and state not in ('proposed', 'rejected', 'expired')`,
  ],
  ['one person alone went beyond the limit', 'from refund where amount_minor > alone_limit_minor'],
  [
    'a manual refund was decided by nobody',
    `from refund where cause = 'manual' and retries_refund_id is null and decided_by is null and alone_limit_minor is null
      and state not in ('proposed', 'expired')`,
  ],
  ['somebody decided their own proposal', 'from refund where decided_by = proposed_by'],
  [
    'an automatic refund was proposed by a person',
    `from refund where cause <> 'manual' and retries_refund_id is null and proposed_by is not null`,
  ],
  ['a proposal waits for ever', `from refund where state = 'proposed' and expires_at is null`],
  [
    'a person refunds what is undecided',
    `${ofPayment} left join backorder on backorder.id = payment.backorder_id left join renewal on renewal.id = payment.renewal_id
      where cause = 'manual' and refund.state not in ('failed', 'rejected', 'expired')
        and (backorder.state in ('backordered', 'registering') or renewal.state in ('paid', 'renewing'))`,
  ],
  [
    'a top-up was refunded to where it was',
    `${ofPayment} where purpose = 'top_up' and retries_refund_id is null and destination = 'balance'`,
  ],
  [
    'a refund of a top-up is not what its balance lost',
    `${ofPayment} where purpose = 'top_up' and retries_refund_id is null and refund.state not in ('proposed', 'rejected')
      and coalesce((select sum(amount_minor) from posting where cause_id = refund.id and ledger_account = 'customer_balance'), 0)
        <> case when refund.state = 'expired' then 0 else -refund.amount_minor end`,
  ],
]

const query = rules
  .map(([broken, rows]) => `select '${broken.replaceAll("'", "''")}' as broken where exists (select ${rows})`)
  .join(' union all ')
