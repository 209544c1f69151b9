import { type Kysely, sql } from 'kysely'
import type { Database, DisputeTable } from '../database/tables.gen.ts'
import type { LedgerAccount, PostingCause } from '../ledger/post.ts'
import type { PaymentRow } from './payments.ts'

export type DisputeView = {
  readonly id: string
  readonly providerDisputeId: string
  readonly state: DisputeTable['state']
  readonly amountMinor: bigint
  readonly currency: string
  readonly openedAt: Date
  readonly decidedAt: Date | null
}

/** What the provider told us to look at, and what came of it. */
export type ProviderEventView = {
  readonly eventId: string
  readonly about: string
  readonly objectId: string
  readonly receivedAt: Date
  readonly handledAt: Date | null
  readonly attempts: number
  readonly failure: string | null
}

/** One line of the ledger. */
export type PostingView = {
  readonly cause: PostingCause
  readonly causeId: string
  readonly line: number
  readonly ledgerAccount: LedgerAccount
  readonly amountMinor: bigint
  readonly currency: string
  readonly postedAt: Date
}

/** One payment has few; these bounds keep a page a page. */
const EVENTS_MAX = 100
const POSTINGS_MAX = 200

/** The disputes, the provider's events and the ledger lines of a payment and its refunds, oldest first. */
export async function readHistory(db: Kysely<Database>, { id, provider }: PaymentRow) {
  return {
    disputes: await readDisputes(db, id),
    providerEvents: await readEvents(db, id, provider),
    postings: await readPostings(db, id),
  }
}

async function readDisputes(db: Kysely<Database>, paymentId: string): Promise<readonly DisputeView[]> {
  const { rows } = await sql<DisputeView>`
    select id, provider_dispute_id as "providerDisputeId", state, amount_minor as "amountMinor", currency,
      opened_at as "openedAt", decided_at as "decidedAt"
    from dispute where payment_id = ${paymentId} order by opened_at, id`.execute(db)
  return rows
}

async function readEvents(
  db: Kysely<Database>,
  paymentId: string,
  provider: string | null,
): Promise<readonly ProviderEventView[]> {
  if (provider === null) return []
  const { rows } = await sql<ProviderEventView>`
    select event_id as "eventId", about, object_id as "objectId", received_at as "receivedAt", handled_at as "handledAt",
      attempts, failure
    from provider_event where provider = ${provider} and object_id in (
      select provider_id from payment where id = ${paymentId}
      union select provider_refund_id from refund where payment_id = ${paymentId}
      union select provider_dispute_id from dispute where payment_id = ${paymentId})
    order by received_at, event_id limit ${EVENTS_MAX}`.execute(db)
  return rows
}

/** Those that name the payment; of one from the balance, which is no card's money, those of its order. */
async function readPostings(db: Kysely<Database>, paymentId: string): Promise<readonly PostingView[]> {
  const { rows } = await sql<PostingView>`
    select cause, cause_id as "causeId", line, ledger_account as "ledgerAccount", amount_minor as "amountMinor",
      posting.currency, posted_at as "postedAt"
    from posting join (select distinct cause, cause_id from posting where payment_id = ${paymentId}
        or backorder_id = (select backorder_id from payment where id = ${paymentId} and secures)
        or renewal_id = (select renewal_id from payment where id = ${paymentId} and secures)) as sets using (cause, cause_id)
    order by posted_at, cause_id, line limit ${POSTINGS_MAX}`.execute(db)
  return rows
}
