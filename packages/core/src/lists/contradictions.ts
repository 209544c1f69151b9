import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import type { LockedRun } from '../locks.ts'

/**
 * The published lists that this one supersedes: earlier ones of its source, and uploaded ones, that it contradicts. They may be
 * published again. The same list, where it is in force, stays in force.
 */
export async function findContradicted(db: Kysely<Database>, run: LockedRun): Promise<readonly string[]> {
  return ids(
    db,
    sql`${isInForce(run)} and (uploaded_by is not null or (${run.uploaded_by}::uuid is null and source = ${run.source}))
      and (content_sha256, format, declared_drop_date, declared_scope_kind) is distinct from
        (${run.content_sha256}, ${run.format}, ${run.declared_drop_date}::date, ${run.declared_scope_kind}::text)
      and (${coversTheSame(run)} or ${statesOtherTimes(run)})`,
  )
}

/**
 * The published lists that were read after this one and contradict it. It is outdated then: publishing it would move names back.
 * A list of lower precedence outdates nothing, nor does a snapshot of another source by what it lacks.
 */
export async function findOutdating(db: Kysely<Database>, run: LockedRun): Promise<readonly string[]> {
  return ids(
    db,
    sql`${isInForce(run)} and created_at > ${run.created_at} and precedence >= ${run.precedence}
      and (${statesOtherTimes(run)} or (${coversTheSame(run)}
        and (uploaded_by is not null or ${run.uploaded_by}::uuid is not null or source = ${run.source})))`,
  )
}

async function ids(db: Kysely<Database>, condition: RawBuilder<unknown>): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from sync_run as other where ${condition} order by id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Lists whose days are over are left out. */
function isInForce(run: LockedRun): RawBuilder<boolean> {
  return sql<boolean>`(state = 'published' and superseded_at is null and registry_id = ${run.registry_id} and id <> ${run.id}
    and (scope_to is null or scope_to >= current_date - 1))`
}

/** One is a snapshot of days and zones that the other covers too. Two increments complement each other. */
function coversTheSame(run: LockedRun): RawBuilder<boolean> {
  return sql<boolean>`('snapshot' in (scope_kind, ${run.scope_kind}) and scope_zones && ${[...run.scope_zones]}::text[]
    and daterange(scope_from, scope_to, '[]') && daterange(${run.scope_from}::date, ${run.scope_to}::date, '[]'))`
}

/** They give a name different times. */
function statesOtherTimes(run: LockedRun): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from sync_row as ours join sync_row as theirs on theirs.run_id = other.id and theirs.name = ours.name
    where ours.run_id = ${run.id}
      and (ours.cutoff_at, ours.drop_from, ours.drop_to) <> (theirs.cutoff_at, theirs.drop_from, theirs.drop_to))`
}
