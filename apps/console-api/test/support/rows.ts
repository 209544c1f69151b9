import { onServer } from '@droplock/core/testing/server'

export type Rows = Readonly<Record<string, string>>

/** Using a session for minutes moves its times, whatever is asked: no change that a request makes. */
const contentOf = (table: string) =>
  table === 'staff_session' ? "(to_jsonb(row) - array['seen_at', 'idle_expires_at'])::text" : 'row::text'

/** How many rows every table has, with a digest of what is in them: a change that leaves the count shows too. */
export async function rowsOf({ url }: { readonly url: string }): Promise<Rows> {
  return onServer(url, async (client) => {
    const tables = await client.query<{ name: string }>(
      `select quote_ident(relname) as name from pg_class
       where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`,
    )
    const counted: Record<string, string> = {}
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ text: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(its.content, '|' order by its.content)), '') as text
         from ${name} as row, lateral (select ${contentOf(name)} as content) as its`,
      )
      counted[name] = rows[0]?.text ?? ''
    }
    return counted
  })
}
