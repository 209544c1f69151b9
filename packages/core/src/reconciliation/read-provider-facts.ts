import { type Money, money, negate } from '@droplock/rules/money/money'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import type { Expectation, Fact } from '@droplock/rules/reconciliation/match-movements'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

export type ProviderName = PaymentProvider['name']

/** One query of a few milliseconds. */
const factsPerPage = 500

const pages = { payment: readPayments, refund: readRefunds, dispute: readDisputes } as const

/** All that we know at a provider, page by page in the order of our ids, with what should have moved for it. */
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

/** One that is not captured is read as well: the provider may have captured it. */
async function readPayments(db: Kysely<Database>, provider: ProviderName, after: string): Promise<Fact[]> {
  const { rows } = await sql<Row & { readonly bookedAt: Date | null }>`
    select id, provider_id as "objectId", captured_minor as "amountMinor", currency,
      (select min(posted_at) from posting where payment_id = payment.id and ledger_account = 'provider_clearing'
        and cause in ('receipt', 'top_up')) as "bookedAt"
    from payment where provider = ${provider} and provider_id is not null and id > ${after}
    order by id limit ${factsPerPage}`.execute(db)
  return rows.map((row) => {
    const captured: Expectation = { kind: 'payment', amount: amountOf(row), ...booked(row.bookedAt) }
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
 * A provider may move the money as soon as it takes the refund on, and we book it when it has arrived. One that failed has
 * come back, whether we booked that it went or not.
 */
async function readRefunds(db: Kysely<Database>, provider: ProviderName, after: string): Promise<Fact[]> {
  const { rows } = await sql<RefundRow>`
    select refund.id, refund.provider_refund_id as "objectId", refund.amount_minor as "amountMinor", refund.currency, refund.state,
      (select posted_at from posting where cause = 'refund_paid' and cause_id = refund.id and line = 1) as "paidAt",
      (select posted_at from posting where cause = 'refund_returned' and cause_id = refund.id and line = 1) as "returnedAt"
    from refund join payment on payment.id = refund.payment_id
    where payment.provider = ${provider} and refund.provider_refund_id is not null and refund.id > ${after}
    order by refund.id limit ${factsPerPage}`.execute(db)
  return rows.map((row) => {
    const amount = amountOf(row)
    const went: Expectation = { kind: 'refund', amount: negate(amount), ...booked(row.paidAt) }
    const failed = { kind: 'refund_failure', amount } as const
    const returned: Expectation =
      row.returnedAt === null ? { ...failed, reverses: 'refund' } : { ...failed, ...booked(row.returnedAt) }
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
    order by dispute.id limit ${factsPerPage}`.execute(db)
  return rows.map((row) => {
    const amount = amountOf(row)
    const taken: Expectation = { kind: 'dispute', amount: negate(amount), ...booked(row.openedAt) }
    const given: Expectation = { kind: 'dispute_reversal', amount, ...booked(row.wonAt) }
    const expects = row.wonAt === null ? [taken] : [taken, given]
    return { type: 'dispute', id: row.id, objectId: row.objectId, expects }
  })
}

function amountOf({ amountMinor, currency }: Row): Money {
  return money(amountMinor, currency)
}

function booked(at: Date | null): { readonly bookedAt?: Date } {
  return at === null ? {} : { bookedAt: at }
}
