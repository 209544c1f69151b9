import { money } from '@droplock/rules/money'
import type { BalanceTransaction } from '@droplock/rules/ports/payments'
import type { Selectable } from 'kysely'
import type { ProviderMovementTable } from '../database/tables.gen.ts'

/** A movement as it was reported last. */
export function toMovement(row: Selectable<ProviderMovementTable>): BalanceTransaction {
  return {
    id: row.movement_id,
    kind: row.kind,
    ...(row.object_id === null ? {} : { objectId: row.object_id }),
    ...(row.amount_minor === null || row.currency === null
      ? {}
      : { amount: money(row.amount_minor, row.currency) }),
    settled: money(row.settled_minor, row.settled_currency),
    fee: money(row.fee_minor, row.fee_currency),
    createdAt: row.moved_at,
  }
}
