import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** What a receiver answered: the status of HTTP, and the beginning of the answer. */
export type Answered = { readonly status?: number; readonly answer?: string }

/** Some receivers answer with whole pages; the beginning is enough. */
const CHARACTERS_MAX = 500

/** PostgreSQL's text holds no NUL. */
export function brief(text: string | undefined): string | null {
  return text?.replaceAll('\0', '').slice(0, CHARACTERS_MAX) ?? null
}

/** Whether something else can be sent to a receiver now. */
export async function isDue(tx: Transaction<Database>, receiverId: string): Promise<boolean> {
  const { rows } = await sql<{ isMoreDue: boolean }>`
    select coalesce(due_at <= clock_timestamp(), false) as "isMoreDue" from receiver_queue
    where receiver_id = ${receiverId}`.execute(tx)
  return rows[0]?.isMoreDue === true
}
