import { type Kysely, sql } from 'kysely'
import type { Database } from './tables.gen.ts'

/**
 * The schema `public` as deterministic text, from PostgreSQL's own catalog (the embedded server ships no pg_dump). It is
 * for reading and comparing, sorted by name, and is not made to be run: migrations are.
 */
export async function dumpSchema(db: Kysely<Database>): Promise<string> {
  const parts = [
    await domains(db),
    await tables(db),
    await indexes(db),
    await functions(db),
    await triggers(db),
    await policies(db),
  ]
  return `${parts.flat().join('\n\n')}\n`
}

type Line = { readonly text: string }

async function domains(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<Line>`
    select format('create domain %s as %s%s;', t.typname, format_type(t.typbasetype, t.typtypmod),
      (select string_agg(format(' constraint %s %s', c.conname, pg_get_constraintdef(c.oid)), '' order by c.conname)
       from pg_constraint c where c.contypid = t.oid and c.contype = 'c')) as text
    from pg_type t where t.typtype = 'd' and t.typnamespace = 'public'::regnamespace order by t.typname`.execute(
    db,
  )
  return texts(rows)
}

/** Not-null constraints are shown at their columns; PostgreSQL 18 lists them as constraints too, 17 does not. */
async function tables(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<Line>`
    select format(e'create table %s (\n%s\n);', t.relname, string_agg('  ' || part.text, e',\n' order by part.kind, part.rank, part.text)) as text
    from pg_class t cross join lateral (
      select 1 as kind, a.attnum as rank,
        concat(a.attname, ' ', format_type(a.atttypid, a.atttypmod),
          case when a.attnotnull then ' not null' end,
          case when a.attidentity <> '' then ' generated as identity' end,
          case when a.attgenerated <> '' then ' generated always as ' || pg_get_expr(d.adbin, d.adrelid)
               when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) end) as text
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
      union all
      select 2, 0, format('constraint %s %s', c.conname, pg_get_constraintdef(c.oid))
      from pg_constraint c where c.conrelid = t.oid and c.contype in ('p', 'u', 'c', 'f', 'x')
    ) part
    where t.relkind in ('r', 'p') and t.relnamespace = 'public'::regnamespace
    group by t.relname order by t.relname`.execute(db)
  return texts(rows)
}

async function indexes(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<Line>`
    select pg_get_indexdef(i.indexrelid) || ';' as text
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    order by c.relname`.execute(db)
  return texts(rows)
}

async function functions(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<Line>`
    select rtrim(pg_get_functiondef(p.oid), e'\n') || ';' as text from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
    order by p.proname, pg_get_function_identity_arguments(p.oid)`.execute(db)
  return texts(rows)
}

async function triggers(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<Line>`
    select pg_get_triggerdef(g.oid) || ';' as text from pg_trigger g join pg_class c on c.oid = g.tgrelid
    where not g.tgisinternal and c.relnamespace = 'public'::regnamespace order by c.relname, g.tgname`.execute(
    db,
  )
  return texts(rows)
}

/** Those for every login. The others name logins, which each installation has of its own. */
async function policies(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<Line>`
    select format('create policy %s on %s for %s%s%s;', policyname, tablename, lower(cmd), ' using (' || qual || ')',
      ' with check (' || with_check || ')') as text
    from pg_policies join pg_class on relname = tablename and relnamespace = 'public'::regnamespace and relrowsecurity
    where schemaname = 'public' and roles = '{public}' order by tablename, policyname`.execute(db)
  return texts(rows)
}

const texts = (rows: readonly Line[]): string[] => rows.map((row) => row.text)
