import { type Kysely, sql } from 'kysely'
import type { Database } from './tables.gen.ts'

export type Column = {
  readonly table: string
  readonly column: string
  /** The base type of a domain. An array is `_` and its element's type. */
  readonly type: string
  readonly nullable: boolean
  readonly fill: 'none' | 'default' | 'always'
  /** The values that a `check (column in (…))` lists. */
  readonly listed: readonly string[]
}

/** All columns of `public`, with the values their checks list. */
export async function readColumns(db: Kysely<Database>): Promise<readonly Column[]> {
  const { rows } = await sql<Omit<Column, 'listed'> & { checks: readonly string[] }>`
    select t.relname as table, a.attname as column, coalesce(base.typname, type.typname)::text as type,
      not a.attnotnull as nullable,
      case when a.attgenerated <> '' or a.attidentity = 'a' then 'always' when a.atthasdef or a.attidentity = 'd' then 'default'
           else 'none' end as fill,
      array(select pg_get_constraintdef(c.oid) from pg_constraint c
            where c.conrelid = t.oid and c.contype = 'c' and c.conkey = array[a.attnum] order by c.conname) as checks
    from pg_class t
      join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
      join pg_type type on type.oid = a.atttypid
      left join pg_type base on base.oid = type.typbasetype
    where t.relkind in ('r', 'p') and t.relnamespace = 'public'::regnamespace
    order by t.relname, a.attnum`.execute(db)
  return rows.map(({ checks, ...column }) => ({ ...column, listed: checks.flatMap(listedValues) }))
}

/** `CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))` lists open and closed; any other check lists nothing. */
function listedValues(check: string): string[] {
  const list = /^CHECK \(\(\w+ = ANY \(ARRAY\[(.*)\]\)\)\)$/.exec(check)?.[1]
  return list === undefined ? [] : [...list.matchAll(/'([^']*)'::text/g)].map(([, value]) => value ?? '')
}

/** Every name by which the schema refuses: constraints, unique indexes, triggers, and names raised in functions. */
export async function readConstraintNames(db: Kysely<Database>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct name::text collate "C" as name from (
      select conname as name from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'c', 'f', 'x')
      union all
      select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
        where i.indisunique and c.relnamespace = 'public'::regnamespace
      union all
      select g.tgname from pg_trigger g join pg_class c on c.oid = g.tgrelid
        where not g.tgisinternal and c.relnamespace = 'public'::regnamespace
      union all
      select raised[1] from pg_proc p, regexp_matches(p.prosrc, 'constraint = ''(\\w+)''', 'g') as raised
        where p.pronamespace = 'public'::regnamespace
    ) named order by 1`.execute(db)
  return rows.map((row) => row.name)
}
