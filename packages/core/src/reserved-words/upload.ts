import { Refusal } from '@droplock/rules/refusals'
import {
  keyOf,
  type ReservedReject,
  type ReservedWord,
  readReservedList,
} from '@droplock/rules/reserved-words'
import { sql, type Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { nameOf, type OperatorContext, requirePermission, requireReason } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction, tryOut } from '../database/transaction.ts'
import { isLive } from '../is-listed.ts'
import { lockTerms } from '../locks.ts'
import { toAscii } from '../name-as-written.ts'

type UploadReserved = {
  /** Its next version replaces a list of the same name. */
  readonly name: string
  /** CSV: see `readReservedList`. A list without words ends all of them. */
  readonly text: string
  readonly reason: string
  /** Says what would change, and changes nothing. */
  readonly dryRun: boolean
}

/** Listings that are changed once the list is written. */
export type ReservedChanges = {
  readonly reserved: number
  readonly released: number
  /** Of those that become reserved, the ones with a holder: their orders stay, and are reported. */
  readonly held: number
  /** The first by name. */
  readonly first: readonly { readonly name: string; readonly reserved: boolean; readonly held: boolean }[]
}

export type ReservedUpload = {
  /** Null: nothing was changed, because of `rejects` or as it was a dry run. */
  readonly listId: string | null
  readonly words: number
  readonly added: number
  readonly ended: number
  readonly rejects: readonly { readonly line: number; readonly reason: ReservedReject }[]
  readonly changes: ReservedChanges | null
}

/**
 * Takes the next version of a list of reserved words: names with them cannot be ordered, whatever lists carry them. Live listings follow in
 * batches (`rewriteTerms`), new ones at once. A held name that becomes reserved keeps its holder: operators get an
 * alarm, and the drop decides. A list with a reject is not taken at all. Throws Refusal: forbidden, reason_required, invalid_request, try_again.
 */
export async function uploadReserved(ctx: OperatorContext, command: UploadReserved): Promise<ReservedUpload> {
  requirePermission(ctx, 'names:withdraw')
  const reason = requireReason(command.reason)
  const zones = await ctx.db.selectFrom('zone').select('name').execute()
  const served = new Set(zones.map(({ name }) => name))
  const list = readReservedList(command.text, served, toAscii)
  if (list.kind === 'unusable') throw new Refusal('invalid_request', list.reason)
  const { words, rejects } = list
  const read = { words: words.length, rejects }
  if (rejects.length > 0) return { ...read, listId: null, added: 0, ended: 0, changes: null }
  const version = { id: ctx.newId(), name: command.name, reason }
  if (command.dryRun) {
    const tried = await tryOut(ctx.db, async (tx) => {
      const done = await writeVersion(tx, ctx, version, words)
      return { ...done, changes: await countChanges(tx) }
    })
    return { ...read, ...tried, listId: null }
  }
  const written = await inTransaction(ctx.db, async (tx) => {
    const done = await writeVersion(tx, ctx, version, words)
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'reserved_list.uploaded',
      subjectType: 'reserved_list',
      subjectId: version.id,
      reason,
      after: { name: command.name, words: words.length, ...done },
    })
    noteWork(tx)
    return done
  })
  return { ...read, ...written, listId: version.id, changes: null }
}

type Version = { readonly id: string; readonly name: string; readonly reason: string }

async function writeVersion(
  tx: Transaction<Database>,
  ctx: OperatorContext,
  { id, name, reason }: Version,
  words: readonly ReservedWord[],
): Promise<{ readonly added: number; readonly ended: number }> {
  await lockTerms(tx)
  await sql`
    insert into reserved_list (id, name, reason, made_by, made_at)
    values (${id}, ${name}, ${reason}, ${nameOf(ctx.actor)}, clock_timestamp())`.execute(tx)
  const known = await tx
    .selectFrom('reserved_word')
    .select(['id', 'kind', 'zone', 'word', 'reason'])
    .where('list_name', '=', name)
    .where('ended_at', 'is', null)
    .execute()
  const wanted = new Map(words.map((word) => [keyOf(word), word]))
  const kept = known.filter((word) => wanted.get(keyOf(word))?.reason === word.reason)
  const keptKeys = new Set(kept.map(keyOf))
  const ended = known.filter((word) => !keptKeys.has(keyOf(word)))
  const added = words.filter((word) => !keptKeys.has(keyOf(word)))
  await sql`
    update reserved_word set ended_by = ${id}, ended_at = clock_timestamp()
    where id = any(${ended.map((word) => word.id)}::uuid[])`.execute(tx)
  await sql`
    insert into reserved_word (id, list_name, zone, kind, word, reason, added_by, added_at)
    select id, ${name}, zone, kind, word, reason, ${id}::uuid, clock_timestamp()
    from unnest(${added.map(() => ctx.newId())}::uuid[], ${added.map(({ zone }) => zone)}::text[], ${added.map(({ kind }) => kind)}::text[],
      ${added.map(({ word }) => word)}::text[], ${added.map((each) => each.reason)}::text[]) as word (id, zone, kind, word, reason)`.execute(
    tx,
  )
  await decideAgain(tx, [...added, ...ended])
  return { added: added.length, ended: ended.length }
}

/** The live listings with one of these words are decided again. */
async function decideAgain(
  tx: Transaction<Database>,
  words: readonly Pick<ReservedWord, 'kind' | 'word'>[],
): Promise<void> {
  const of = (wanted: string) => words.flatMap(({ kind, word }) => (kind === wanted ? [word] : []))
  const [labels, parts] = [of('label'), of('contains')]
  await sql`
    insert into pending_terms (listing_id)
    select id from listing where ${isLive} and label = any(${labels}::text[])
    on conflict do nothing`.execute(tx)
  if (parts.length === 0) return
  await sql`
    insert into pending_terms (listing_id)
    select id from listing where ${isLive}
      and exists (select from unnest(${parts}::text[]) as part (word) where strpos(label, part.word) > 0)
    on conflict do nothing`.execute(tx)
}

/** Changes that are shown one by one; all of them are counted. */
const SHOWN_MAX = 100

async function countChanges(tx: Transaction<Database>): Promise<ReservedChanges> {
  const { rows } = await sql<{
    reserved: bigint
    released: bigint
    held: bigint
    first: ReservedChanges['first']
  }>`
    with changed as materialized (
      select name, not reserved as reserved, holder is not null as held from listing
      where ${isLive} and id in (select listing_id from pending_terms) and is_reserved(name, zone) <> reserved
    )
    select count(*) filter (where reserved) as reserved, count(*) filter (where not reserved) as released,
      count(*) filter (where reserved and held) as held,
      coalesce((select jsonb_agg(jsonb_build_object('name', name, 'reserved', reserved, 'held', held) order by name)
        from (select * from changed order by name limit ${sql.lit(SHOWN_MAX)}) as shown), '[]') as first
    from changed`.execute(tx)
  const { reserved = 0n, released = 0n, held = 0n, first = [] } = rows[0] ?? {}
  return { reserved: Number(reserved), released: Number(released), held: Number(held), first }
}
