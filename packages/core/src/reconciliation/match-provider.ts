import type { Money } from '@droplock/rules/money'
import type { Finding } from '@droplock/rules/reconciliation/finding'
import {
  type Fact,
  type MatchTerms,
  type MovementKind,
  matchMovements,
  type ReportedMovement,
  unknown,
} from '@droplock/rules/reconciliation/match-movements'
import type { Kysely, Selectable } from 'kysely'
import type { Database, ProviderMovementTable } from '../database/tables.gen.ts'
import { matchBookings } from './match-bookings.ts'
import { toMovement } from './movement-row.ts'
import { type ProviderName, readProviderFacts } from './provider.ts'

/** Fees and payouts are between us and the provider: they are booked as they are reported (see `bookMovements`). */
const bookedKinds = [
  'payment',
  'refund',
  'refund_failure',
  'dispute',
  'dispute_reversal',
  'other',
] as const satisfies readonly MovementKind[]

/** A query of a few milliseconds. */
const MOVEMENTS_PER_PAGE = 500

type Batch = { readonly findings: readonly Finding[]; readonly booked: readonly Money[] }

/** Compares what we booked with the provider's movements, page by page: each batch has the findings of one page. */
export async function* matchProvider(
  db: Kysely<Database>,
  provider: ProviderName,
  dueBefore: Date,
): AsyncGenerator<Batch> {
  const terms: MatchTerms = { source: provider, dueBefore }
  for await (const facts of readProviderFacts(db, provider)) yield matchFacts(db, facts, terms)
  yield* findUnknown(db, provider, terms)
  for await (const findings of matchBookings(db, provider)) yield { findings, booked: [] }
}

async function matchFacts(db: Kysely<Database>, facts: readonly Fact[], terms: MatchTerms): Promise<Batch> {
  const objectIds = facts.map(({ objectId }) => objectId)
  const rows = await db
    .selectFrom('provider_movement')
    .selectAll()
    .where('provider', '=', terms.source)
    .where('object_id', 'in', objectIds)
    .orderBy('moved_at')
    .orderBy('movement_id')
    .execute()
  const byObject = Map.groupBy(rows, (row) => row.object_id)
  const matched = facts.map((fact) =>
    matchMovements(fact, (byObject.get(fact.objectId) ?? []).map(readMovement), terms),
  )
  return {
    findings: matched.flatMap(({ findings }) => findings),
    booked: matched.flatMap(({ booked }) => booked),
  }
}

/** Movements of objects that are not in our rows. */
async function* findUnknown(
  db: Kysely<Database>,
  provider: ProviderName,
  terms: MatchTerms,
): AsyncGenerator<Batch> {
  let after = ''
  for (;;) {
    const rows = await db
      .selectFrom('provider_movement as movement')
      .selectAll()
      .where('provider', '=', provider)
      .where('kind', 'in', bookedKinds)
      .where('gone_at', 'is', null)
      .where('moved_at', '<', terms.dueBefore)
      .where('movement_id', '>', after)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('payment')
              .select('id')
              .where('payment.provider', '=', provider)
              .whereRef('payment.provider_id', '=', 'movement.object_id'),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(selectFrom('refund').select('id').whereRef('provider_refund_id', '=', 'movement.object_id')),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('dispute').select('id').whereRef('provider_dispute_id', '=', 'movement.object_id'),
          ),
        ),
      )
      .orderBy('movement_id')
      .limit(MOVEMENTS_PER_PAGE)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return
    yield { findings: rows.map((row) => unknown(readMovement(row), terms)), booked: [] }
    after = last.movement_id
  }
}

function readMovement(row: Selectable<ProviderMovementTable>): ReportedMovement {
  return {
    ...toMovement(row),
    reportedFirst: row.told_first,
    reportedLast: row.told_last,
    isGone: row.gone_at !== null,
  }
}
