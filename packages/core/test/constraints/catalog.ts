import { type Kysely, sql } from 'kysely'
import type { Database } from '../../src/database/tables.gen.ts'

/** A constraint, unique index or trigger that can refuse a write, with the statement that drops it. */
type Constraint = {
  readonly table: string
  readonly name: string
  readonly trivial: boolean
  readonly drop: string
}

/**
 * Everything in `public` that can refuse a write. Trivial are, by their shape and without a list of exceptions: a key of one
 * column, a plain reference of one column to such a key, and a trigger whose function only writes. A constraint trigger is
 * listed as a trigger.
 */
export async function readConstraints(db: Kysely<Database>): Promise<readonly Constraint[]> {
  const { rows } = await sql<Constraint>`
    select t.relname as table, c.conname as name,
      (cardinality(c.conkey) = 1 and (c.contype = 'p' or (c.contype = 'f' and not c.condeferrable)))
        or (c.contype = 'u' and exists (select from pg_constraint k
          where k.conrelid = c.conrelid and k.contype = 'p' and k.conkey <@ c.conkey)) as trivial,
      format('alter table %I drop constraint %I', t.relname, c.conname) as drop
    from pg_constraint c join pg_class t on t.oid = c.conrelid
    where c.connamespace = 'public'::regnamespace and c.contype in ('p', 'u', 'c', 'f', 'x')
    union all
    select d.typname, c.conname, false, format('alter domain %I drop constraint %I', d.typname, c.conname)
    from pg_constraint c join pg_type d on d.oid = c.contypid
    where c.connamespace = 'public'::regnamespace and c.contype = 'c'
    union all
    select t.relname, i.relname, false, format('drop index %I', i.relname)
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    where x.indisunique and i.relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint c where c.conindid = x.indexrelid and c.contype in ('p', 'u', 'x'))
    union all
    select t.relname, g.tgname, p.prosrc !~ 'raise|perform', format('drop trigger %I on %I', g.tgname, t.relname)
    from pg_trigger g join pg_class t on t.oid = g.tgrelid join pg_proc p on p.oid = g.tgfoid
    where not g.tgisinternal and t.relnamespace = 'public'::regnamespace and p.pronamespace = 'public'::regnamespace`.execute(
    db,
  )
  return rows
}

/** The constraint names that the schema's trigger functions raise. */
export async function readRaisedNames(db: Kysely<Database>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct raised[1] as name from pg_proc p, regexp_matches(p.prosrc, 'constraint = ''(\w+)''', 'g') as raised
    where p.pronamespace = 'public'::regnamespace order by 1`.execute(db)
  return rows.map((row) => row.name)
}

/** Every clone has the same ones, and reading them takes as long as a test: they are read once for a file of tests. */
let known: Promise<readonly Constraint[]> | undefined

/** Drops a constraint in this transaction or clone. Throws where the schema has none of that name. */
export async function dropConstraint(db: Kysely<Database>, table: string, name: string): Promise<void> {
  known ??= readConstraints(db)
  const constraint = (await known).find((each) => each.table === table && each.name === name)
  if (constraint === undefined) throw new Error(`the schema has no ${name} on ${table}`)
  await sql.raw(constraint.drop).execute(db)
}
