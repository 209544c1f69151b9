import { formatMoney, type Money, money, negate } from '@droplock/rules/money'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import type { Finding } from '@droplock/rules/reconciliation/finding'
import type { Expectation, Fact } from '@droplock/rules/reconciliation/match-movements'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

export type ProviderName = PaymentProvider['name']

/** A query of a few milliseconds. */
const FACTS_PER_PAGE = 500

const pages = { payment: readPayments, refund: readRefunds, dispute: readDisputes } as const

/** Everything we have at a provider, page by page in the order of our ids, with the movements that should be there for it. */
export async function* readProviderFacts(
  db: Kysely<Database>,
  provider: ProviderName,
): AsyncGenerator<readonly Fact[]> {
  for (const read of Object.values(pages)) {
    let after = '00000000-0000-0000-0000-000000000000'
    for (;;) {
      const facts = await read(db, provider, after)
      const last = facts.at(-1)
      if (last === undefined) break
      yield facts
      after = last.id
    }
  }
}

type Row = {
  readonly id: string
  readonly objectId: string
  readonly amountMinor: bigint
  readonly currency: string
}

/** Uncaptured payments too: the provider may have captured them. */
async function readPayments(db: Kysely<Database>, provider: ProviderName, after: string): Promise<Fact[]> {
  const { rows } = await sql<Row & { readonly bookedAt: Date | null }>`
    select id, provider_id as "objectId", captured_minor as "amountMinor", currency,
      (select min(posted_at) from posting where payment_id = payment.id and ledger_account = 'provider_clearing'
        and cause in ('receipt', 'top_up')) as "bookedAt"
    from payment where provider = ${provider} and provider_id is not null and id > ${after}
    order by id limit ${FACTS_PER_PAGE}`.execute(db)
  return rows.map((row) => {
    const captured: Expectation = { kind: 'payment', amount: amountOf(row), ...bookedOn(row.bookedAt) }
    return {
      type: 'payment',
      id: row.id,
      objectId: row.objectId,
      expects: row.amountMinor > 0n ? [captured] : [],
    }
  })
}

type RefundRow = Row & {
  readonly state: string
  readonly paidAt: Date | null
  readonly returnedAt: Date | null
}

/**
 * A provider may move the money as soon as it accepts a refund; we book it when it has arrived. The money of a failed refund came back,
 * whether we had booked its leaving or not.
 */
async function readRefunds(db: Kysely<Database>, provider: ProviderName, after: string): Promise<Fact[]> {
  const { rows } = await sql<RefundRow>`
    select refund.id, refund.provider_refund_id as "objectId", refund.amount_minor as "amountMinor", refund.currency, refund.state,
      (select posted_at from posting where cause = 'refund_paid' and cause_id = refund.id and line = 1) as "paidAt",
      (select posted_at from posting where cause = 'refund_returned' and cause_id = refund.id and line = 1) as "returnedAt"
    from refund join payment on payment.id = refund.payment_id
    where payment.provider = ${provider} and refund.provider_refund_id is not null and refund.id > ${after}
    order by refund.id limit ${FACTS_PER_PAGE}`.execute(db)
  return rows.map((row) => {
    const amount = amountOf(row)
    const went: Expectation = { kind: 'refund', amount: negate(amount), ...bookedOn(row.paidAt) }
    const failed = { kind: 'refund_failure', amount } as const
    const returned: Expectation =
      row.returnedAt === null ? { ...failed, reverses: 'refund' } : { ...failed, ...bookedOn(row.returnedAt) }
    const expects = row.state === 'failed' ? [went, returned] : [went]
    return { type: 'refund', id: row.id, objectId: row.objectId, expects }
  })
}

type DisputeRow = Row & { readonly openedAt: Date | null; readonly wonAt: Date | null }

async function readDisputes(db: Kysely<Database>, provider: ProviderName, after: string): Promise<Fact[]> {
  const { rows } = await sql<DisputeRow>`
    select dispute.id, dispute.provider_dispute_id as "objectId", dispute.amount_minor as "amountMinor", dispute.currency,
      (select posted_at from posting where cause = 'dispute' and cause_id = dispute.id and line = 1) as "openedAt",
      (select posted_at from posting where cause = 'dispute_won' and cause_id = dispute.reversal_id and line = 1) as "wonAt"
    from dispute join payment on payment.id = dispute.payment_id
    where payment.provider = ${provider} and dispute.id > ${after}
    order by dispute.id limit ${FACTS_PER_PAGE}`.execute(db)
  return rows.map((row) => {
    const amount = amountOf(row)
    const taken: Expectation = { kind: 'dispute', amount: negate(amount), ...bookedOn(row.openedAt) }
    const given: Expectation = { kind: 'dispute_reversal', amount, ...bookedOn(row.wonAt) }
    const expects = row.wonAt === null ? [taken] : [taken, given]
    return { type: 'dispute', id: row.id, objectId: row.objectId, expects }
  })
}

function amountOf({ amountMinor, currency }: Row): Money {
  return money(amountMinor, currency)
}

function bookedOn(at: Date | null): { readonly bookedAt?: Date } {
  return at === null ? {} : { bookedAt: at }
}

/** What both sides have in one currency: by our rows, by our ledger, and by the provider's movements. Minor units. */
export type ProviderSum = {
  readonly currency: string
  readonly rowsMinor: bigint
  readonly ledgerMinor: bigint
  readonly movementsMinor: bigint
}

/**
 * Sums what both sides have and we booked before `dueBefore`. Rows and movements differ by the findings; rows and ledger never differ.
 * `provider_clearing` is negative by what the provider holds for us.
 */
export async function sumProvider(
  db: Kysely<Database>,
  provider: ProviderName,
  booked: ReadonlyMap<string, bigint>,
  dueBefore: Date,
): Promise<readonly ProviderSum[]> {
  const { rows } = await sql<{ currency: string; ledger: string; movements: string }>`
    with posted as (
      ${postedForPayments(provider)} and posting.posted_at < ${dueBefore}
    ), known as (
      select posted.amount_minor, posted.currency, posted.object_id, posted.kind from posted where exists (
        select from provider_movement where provider = ${provider} and gone_at is null
          and provider_movement.object_id = posted.object_id and provider_movement.kind = posted.kind)
    ), reported as (
      select coalesce(movement.amount_minor, movement.settled_minor) as amount_minor,
        coalesce(movement.currency, movement.settled_currency)::text as currency
      from provider_movement as movement
      where movement.provider = ${provider} and movement.gone_at is null
        and exists (select from known where known.object_id = movement.object_id and known.kind = movement.kind)
    )
    select used.currency,
      (select coalesce(-sum(amount_minor), 0) from known where known.currency = used.currency) as ledger,
      (select coalesce(sum(amount_minor), 0) from reported where reported.currency = used.currency) as movements
    from (select currency from known union select currency from reported) as used order by 1`.execute(db)
  const summed = rows.map((row) => ({
    currency: row.currency,
    rowsMinor: booked.get(row.currency) ?? 0n,
    ledgerMinor: BigInt(row.ledger),
    movementsMinor: BigInt(row.movements),
  }))
  const others = [...booked].filter(([currency]) => !rows.some((row) => row.currency === currency))
  return [
    ...summed,
    ...others.map(([currency, rowsMinor]) => ({ currency, rowsMinor, ledgerMinor: 0n, movementsMinor: 0n })),
  ]
}

/** What our ledger has at the provider for payments, with the provider's id and kind of the movement that each line should have. */
function postedForPayments(provider: ProviderName) {
  return sql`select posting.amount_minor, posting.currency::text as currency, case posting.cause
          when 'refund_paid' then refund.provider_refund_id when 'refund_returned' then refund.provider_refund_id
          when 'dispute' then taken.provider_dispute_id when 'dispute_won' then won.provider_dispute_id
          else payment.provider_id end as object_id,
        case posting.cause when 'refund_paid' then 'refund' when 'refund_returned' then 'refund_failure'
          when 'dispute' then 'dispute' when 'dispute_won' then 'dispute_reversal' else 'payment' end as kind
      from posting join payment on payment.id = posting.payment_id
        left join refund on posting.cause in ('refund_paid', 'refund_returned') and refund.id = posting.cause_id
        left join dispute as taken on posting.cause = 'dispute' and taken.id = posting.cause_id
        left join dispute as won on posting.cause = 'dispute_won' and won.reversal_id = posting.cause_id
      where posting.ledger_account = 'provider_clearing' and payment.provider = ${provider}`
}

/** What both sides have in one currency, fees and payouts included. Minor units. */
export type ProviderBalance = {
  readonly currency: string
  /** What the provider holds for us by its movements. */
  readonly heldMinor: bigint
  /** The same by our ledger. */
  readonly clearingMinor: bigint
  /** Of `clearingMinor`: what we booked and the provider has not reported yet. */
  readonly pendingMinor: bigint
}

/** What a provider holds for us, by its movements and by our ledger. Once every movement is matched and booked, they are the same. */
export async function readProviderBalances(
  db: Kysely<Database>,
  provider: ProviderName,
): Promise<readonly ProviderBalance[]> {
  const { rows } = await sql<{ currency: string; held: string; clearing: string; pending: string }>`
    with movement as (
      select * from provider_movement where provider = ${provider} and gone_at is null
    ), held as (
      select settled_currency::text as currency, settled_minor as amount from movement
      union all select fee_currency::text, -fee_minor from movement
    ), posted as (
      ${postedForPayments(provider)}
    ), clearing as (
      select currency, amount_minor as amount, not exists (select from movement
          where movement.object_id = posted.object_id and movement.kind = posted.kind) as is_pending
      from posted
      union all select posting.currency::text, posting.amount_minor, false
      from posting join provider_booking as booking on booking.id = posting.cause_id and booking.kind = posting.cause
      where posting.ledger_account = 'provider_clearing' and booking.provider = ${provider}
    )
    select used.currency,
      (select coalesce(sum(amount), 0) from held where held.currency = used.currency) as held,
      (select coalesce(-sum(amount), 0) from clearing where clearing.currency = used.currency) as clearing,
      (select coalesce(-sum(amount), 0) from clearing where clearing.currency = used.currency and is_pending) as pending
    from (select currency from held union select currency from clearing) as used order by 1`.execute(db)
  return rows.map(({ currency, held, clearing, pending }) => ({
    currency,
    heldMinor: BigInt(held),
    clearingMinor: BigInt(clearing),
    pendingMinor: BigInt(pending),
  }))
}

/** What the balances of both sides differ by, beside what the provider has not reported yet. */
export function differenceOf({ heldMinor, clearingMinor, pendingMinor }: ProviderBalance): bigint {
  return clearingMinor - pendingMinor - heldMinor
}

/** Balances that differ although every movement matches. */
export function findDifferingBalances(
  provider: ProviderName,
  balances: readonly ProviderBalance[],
): readonly Finding[] {
  return balances
    .filter((balance) => differenceOf(balance) !== 0n)
    .map(({ currency, heldMinor, clearingMinor, pendingMinor }) => ({
      side: 'provider',
      source: provider,
      kind: 'sum_differs',
      subject: `balance of ${currency}`,
      oursAmount: money(clearingMinor - pendingMinor, currency),
      theirIds: [],
      theirsAmount: money(heldMinor, currency),
      detail: `by its movements the provider holds ${text(heldMinor, currency)}, by our ledger ${text(clearingMinor - pendingMinor, currency)}`,
    }))
}

/** Findings where the ledger differs from the rows, although every item matches. */
export function findDifferingSums(provider: ProviderName, sums: readonly ProviderSum[]): readonly Finding[] {
  return sums
    .filter(({ rowsMinor, ledgerMinor }) => rowsMinor !== ledgerMinor)
    .map(({ currency, rowsMinor, ledgerMinor }) => ({
      side: 'provider',
      source: provider,
      kind: 'sum_differs',
      subject: `sum of ${currency}`,
      oursAmount: money(ledgerMinor, currency),
      theirIds: [],
      theirsAmount: money(rowsMinor, currency),
      detail: `payments, refunds and disputes on both sides sum to ${text(rowsMinor, currency)}, the ledger has ${text(ledgerMinor, currency)}`,
    }))
}

function text(amountMinor: bigint, currency: string): string {
  return formatMoney(money(amountMinor, currency))
}
