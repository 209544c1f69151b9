import type { ListSourceTerms } from '@droplock/rules/list-sources'
import type { Kysely, Selectable } from 'kysely'
import type { Database, ListSourceTable } from '../database/tables.gen.ts'

/** A source as an operator set it. */
export type ListSource = ListSourceTerms & {
  readonly id: string
  readonly registryId: string
  readonly enabled: boolean
  /** Raised by each change of its terms. */
  readonly version: number
}

export function toSource(row: Selectable<ListSourceTable>): ListSource {
  return {
    id: row.id,
    registryId: row.registry_id,
    enabled: row.enabled,
    version: row.version,
    address: row.address,
    format: row.format,
    scopeKind: row.scope_kind,
    timeZone: row.time_zone,
    expectedBy: row.expected_by,
    lateAllowanceSeconds: row.late_allowance_seconds,
    lateAfterSeconds: row.late_after_seconds,
    credentials: row.credentials,
    precedence: row.precedence,
    pollSeconds: row.poll_seconds,
    suspectedPercentMax: row.suspected_percent_max,
    movedPercentMax: row.moved_percent_max,
    rowsPercentMin: row.rows_percent_min,
  }
}

/** The sources that are fetched, by registry and address. */
export async function readEnabled(db: Kysely<Database>): Promise<readonly Selectable<ListSourceTable>[]> {
  return db
    .selectFrom('list_source')
    .selectAll()
    .where('enabled', '=', true)
    .orderBy('registry_id')
    .orderBy('address')
    .execute()
}

/** The columns in which a source's terms are stored. */
export function termColumns(terms: ListSourceTerms) {
  return {
    address: terms.address,
    format: terms.format,
    scope_kind: terms.scopeKind,
    time_zone: terms.timeZone,
    expected_by: terms.expectedBy,
    late_allowance_seconds: terms.lateAllowanceSeconds,
    late_after_seconds: terms.lateAfterSeconds,
    credentials: terms.credentials,
    precedence: terms.precedence,
    poll_seconds: terms.pollSeconds,
    suspected_percent_max: terms.suspectedPercentMax,
    moved_percent_max: terms.movedPercentMax,
    rows_percent_min: terms.rowsPercentMin,
  }
}
