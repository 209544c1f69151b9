import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { classified } from './classify.ts'
import type { RunScope } from './run-scope.ts'

/** What a run does to each name. `overridden`: the list says otherwise, but an operator's move is in force. */
export type ChangeKind = 'added' | 'moved' | 'suspected' | 'overridden' | 'too_late' | 'unchanged'

/**
 * Names by kind; `live`: the live listings the list speaks of. Names that are suspect already and still absent are live, and
 * of no kind.
 */
export type RunDiff = Readonly<Record<ChangeKind, number>> & { readonly live: number }

/** Counts the run name by name, as of now. */
export async function countChanges(db: Kysely<Database>, run: RunScope): Promise<RunDiff> {
  const { rows } = await sql<{ kind: string; count: bigint }>`
    select kind, count(*) as count from ${classified(run)} as change group by kind`.execute(db)
  const counts = new Map(rows.map((row) => [row.kind, Number(row.count)]))
  const of = (kind: string) => counts.get(kind) ?? 0
  const [moved, suspected, overridden, unchanged] = [
    of('moved'),
    of('suspected'),
    of('overridden'),
    of('unchanged'),
  ]
  return {
    added: of('added'),
    moved,
    suspected,
    overridden,
    unchanged,
    too_late: of('too_late'),
    live: moved + suspected + overridden + unchanged + of('suspect_already'),
  }
}
