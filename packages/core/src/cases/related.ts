import type { DeliveryState } from '@droplock/rules/machines/delivery'
import type { ProposalState } from '@droplock/rules/machines/proposal'
import type { ProposalKind } from '@droplock/rules/proposals'
import type { Kysely } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** Endpoints × events of one order, and more than any has. */
const DELIVERIES_SHOWN_MAX = 200

/** What customers and people were sent or decided about a backorder, beside its own course. */
export type RelatedEntry = { readonly at: Date } & (Delivered | Proposed | Decided | Invoiced)

/** What the customer's endpoint was sent: the newest answer. `status` is absent where none came. */
type Delivered = {
  readonly kind: 'webhook'
  readonly id: string
  readonly accountId: string
  readonly endpoint: string
  readonly topic: string | null
  readonly state: DeliveryState
  readonly attempts: number
  readonly status: number | null
  readonly failure: string | null
}

type Proposed = {
  readonly kind: 'proposal_made'
  readonly id: string
  readonly proposal: ProposalKind
  readonly by: string
  readonly reason: string
}

type Decided = {
  readonly kind: 'proposal_decided'
  readonly id: string
  readonly proposal: ProposalKind
  readonly state: ProposalState
  readonly by: string | null
  readonly note: string | null
}

type Invoiced = {
  readonly kind: 'invoiced'
  readonly id: string
  readonly number: string
  readonly document: string
  readonly amountMinor: bigint
  readonly currency: string
}

type Subjects = {
  readonly backorderId: string
  readonly listingId: string
  readonly targetId: string | undefined
}

export async function readRelated(db: Kysely<Database>, of: Subjects): Promise<readonly RelatedEntry[]> {
  return [
    ...(await readProposals(db, of)),
    ...(await readDeliveries(db, of.backorderId)),
    ...(await readInvoices(db, of.backorderId)),
  ]
}

async function readDeliveries(db: Kysely<Database>, backorderId: string): Promise<readonly RelatedEntry[]> {
  const rows = await db
    .selectFrom('event_delivery')
    .innerJoin('event_receiver', 'event_receiver.id', 'event_delivery.receiver_id')
    .leftJoin('event', 'event.id', 'event_delivery.event_id')
    .leftJoin('delivery_attempt', (join) =>
      join
        .onRef('delivery_attempt.delivery_id', '=', 'event_delivery.id')
        .onRef('delivery_attempt.number', '=', 'event_delivery.attempts'),
    )
    .select([
      'event_delivery.id',
      'event_delivery.state',
      'event_delivery.attempts',
      'event_delivery.created_at',
    ])
    .select(['event_receiver.address', 'event_receiver.account_id', 'event.topic'])
    .select(['delivery_attempt.attempted_at', 'delivery_attempt.status', 'delivery_attempt.failure'])
    .where('event_delivery.subject_id', '=', backorderId)
    .where('event_receiver.account_id', 'is not', null)
    .orderBy('event_delivery.created_at')
    .limit(DELIVERIES_SHOWN_MAX)
    .execute()
  return rows.map((row) => ({
    at: row.attempted_at ?? row.created_at,
    kind: 'webhook',
    id: row.id,
    accountId: row.account_id ?? '',
    endpoint: row.address,
    topic: row.topic,
    state: row.state,
    attempts: row.attempts,
    status: row.status,
    failure: row.failure,
  }))
}

async function readProposals(db: Kysely<Database>, of: Subjects): Promise<readonly RelatedEntry[]> {
  const about = [of.listingId, of.targetId].filter((subject) => subject !== undefined)
  const rows = await db
    .selectFrom('proposal')
    .innerJoin('staff_account as proposer', 'proposer.id', 'proposal.proposed_by')
    .leftJoin('staff_account as decider', 'decider.id', 'proposal.decided_by')
    .selectAll('proposal')
    .select(['proposer.name as proposer_name', 'decider.name as decider_name'])
    .where('proposal.subject', 'in', about)
    .where('proposal.kind', 'in', ['target_outcome', 'withdrawal'])
    .orderBy('proposed_at')
    .execute()
  return rows.flatMap((row): readonly RelatedEntry[] => {
    const { id, kind: proposal, state } = row
    const made = { kind: 'proposal_made', id, proposal, by: row.proposer_name, reason: row.reason } as const
    const entries = [{ at: row.proposed_at, ...made }]
    if (row.decided_at === null) return entries
    const decided = {
      kind: 'proposal_decided',
      id,
      proposal,
      state,
      by: row.decider_name,
      note: row.note,
    } as const
    return [...entries, { at: row.decided_at, ...decided }]
  })
}

async function readInvoices(db: Kysely<Database>, backorderId: string): Promise<readonly RelatedEntry[]> {
  const select = () => db.selectFrom('invoice').selectAll()
  const invoices = await select().where('backorder_id', '=', backorderId).execute()
  const ids = invoices.map(({ id }) => id)
  const credits = ids.length === 0 ? [] : await select().where('credits_invoice_id', 'in', ids).execute()
  return [...invoices, ...credits].map(({ id, number, kind, issued_at, gross_minor, currency }) => ({
    at: issued_at,
    kind: 'invoiced',
    id,
    number,
    document: kind,
    amountMinor: gross_minor,
    currency,
  }))
}
