import { Refusal } from '@droplock/rules/refusals'
import {
  nextPublicationWindow,
  type PublicationRule,
  type PublicationWindow,
} from '@droplock/rules/schedule/publication'
import { type Kysely, sql } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import { type Page, requireCursor, toPage } from '../database/page.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { isZoneFor } from '../is-zone-for.ts'

/** A drop list that can be downloaded. */
export type DropListView = {
  readonly id: string
  readonly madeAt: Date
  readonly names: number
  /** Of the compressed file of all zones. */
  readonly bytes: number
  /** Lower-case hex. */
  readonly sha256: string
}

export type DropListZoneView = Pick<DropListView, 'names' | 'bytes' | 'sha256'> & { readonly zone: string }

type Row = { readonly names: number; readonly bytes: bigint; readonly sha256: Buffer }

const sumsOf = ({ names, bytes, sha256 }: Row) => ({
  names,
  bytes: Number(bytes),
  sha256: sha256.toString('hex'),
})

/**
 * The window in which the next list is to be expected; undefined where each list is published as soon as it is ready. Rule 5. Throws
 * Refusal('insufficient_scope').
 */
export async function getNextPublication(
  ctx: AccountContext,
  rule: PublicationRule | 'at_once',
): Promise<PublicationWindow | undefined> {
  requireScope(ctx, 'listings:read')
  return rule === 'at_once' ? undefined : nextPublicationWindow(await databaseTime(ctx.db), rule)
}

type ListDropLists = { readonly after?: string; readonly limit: number }

/** Drop lists, the newest first. Throws Refusal: insufficient_scope, invalid_cursor. */
export async function listDropLists(ctx: AccountContext, query: ListDropLists): Promise<Page<DropListView>> {
  requireScope(ctx, 'listings:read')
  const lists = ctx.db.selectFrom('drop_list').select(['id', 'made_at', 'names', 'bytes', 'sha256'])
  let select = lists.orderBy('id', 'desc').limit(query.limit + 1)
  if (query.after !== undefined) {
    await requireCursor(lists.where('id', '=', query.after))
    select = select.where('id', '<', query.after)
  }
  const rows = await select.execute()
  return toPage(
    rows.map((row) => ({ id: row.id, madeAt: row.made_at, ...sumsOf(row) })),
    query.limit,
    ({ id }) => id,
  )
}

/** One drop list with what it has of each zone. `latest` is the newest. Throws Refusal: insufficient_scope, drop_list_not_found. */
export async function getDropList(ctx: AccountContext, id: string) {
  requireScope(ctx, 'listings:read')
  const list = await readList(ctx.db, id)
  const zones = await ctx.db
    .selectFrom('drop_list_zone')
    .select(['zone', 'names', 'bytes', 'sha256'])
    .where('list_id', '=', list.id)
    .where(isOfZoneFor('drop_list_zone', ctx))
    .orderBy('zone')
    .execute()
  return { ...list, zones: zones.map((row) => ({ zone: row.zone, ...sumsOf(row) })) }
}

async function readList(db: Kysely<Database>, id: string): Promise<DropListView> {
  let lists = db.selectFrom('drop_list').select(['id', 'made_at', 'names', 'bytes', 'sha256'])
  lists = id === 'latest' ? lists.orderBy('id', 'desc').limit(1) : lists.where('id', '=', id)
  const row = await lists.executeTakeFirst()
  if (row === undefined) throw new Refusal('drop_list_not_found', 'No such drop list.', { id })
  return { id: row.id, madeAt: row.made_at, ...sumsOf(row) }
}

/** A file: its parts one after the other. */
export type DropListFile = {
  readonly listId: string
  readonly madeAt: Date
  readonly zone: string | undefined
  readonly bytes: number
  readonly sha256: string
  readonly parts: readonly { readonly number: number; readonly bytes: number }[]
}

type AskedFile = { readonly id: string; readonly zone?: string | undefined }

/** The file of a list, of one zone or of all. Throws Refusal: insufficient_scope, drop_list_not_found, zone_not_found. */
export async function getDropListFile(ctx: AccountContext, { id, zone }: AskedFile): Promise<DropListFile> {
  requireScope(ctx, 'listings:read')
  const list = await readList(ctx.db, id)
  let parts = ctx.db.selectFrom('drop_list_part').select(['number', 'bytes']).where('list_id', '=', list.id)
  const { bytes, sha256 } = zone === undefined ? list : await readZone(ctx, list.id, zone)
  parts = parts.where((eb) =>
    eb.or([eb('zone', 'is', null), zone === undefined ? isPublicZone : eb('zone', '=', zone)]),
  )
  const { id: listId, madeAt } = list
  return { listId, madeAt, zone, bytes, sha256, parts: await parts.orderBy('number').execute() }
}

const isPublicZone = sql<boolean>`drop_list_part.zone not in (select name from zone where is_sandbox)`

/** Whether a row of this table is of a zone that the caller may see. */
function isOfZoneFor(table: 'drop_list_zone' | 'drop_list_window', { actor }: AccountContext) {
  return sql<boolean>`exists (select from zone where zone.name = ${sql.ref(`${table}.zone`)} and ${isZoneFor(actor.accountId)})`
}

async function readZone(ctx: AccountContext, listId: string, zone: string) {
  const row = await ctx.db
    .selectFrom('drop_list_zone')
    .select(['names', 'bytes', 'sha256'])
    .where('list_id', '=', listId)
    .where('zone', '=', zone)
    .where(isOfZoneFor('drop_list_zone', ctx))
    .executeTakeFirst()
  if (row === undefined)
    throw new Refusal('zone_not_found', 'The drop list has no names of this zone.', { zone })
  return sumsOf(row)
}

/**
 * The octets of a file from `first` to `last`, both included, part by part: each is read when the one before has been sent, so a slow
 * reader holds no transaction. Ends early where the list is removed meanwhile.
 */
export async function* readDropListBytes(
  { db }: Pick<AccountContext, 'db'>,
  file: DropListFile,
  { first, last }: { readonly first: number; readonly last: number },
): AsyncGenerator<Uint8Array> {
  let startsAt = 0
  for (const { number, bytes } of file.parts) {
    const endsBefore = startsAt + bytes
    if (endsBefore > first && startsAt <= last) {
      const part = await db
        .selectFrom('drop_list_part')
        .select('content')
        .where('list_id', '=', file.listId)
        .where('number', '=', number)
        .executeTakeFirstOrThrow()
      yield part.content.subarray(Math.max(0, first - startsAt), Math.min(bytes, last + 1 - startsAt))
    }
    startsAt = endsBefore
  }
}

/** When names of a zone drop on one day. */
export type DropWindowView = {
  readonly zone: string
  /** UTC. */
  readonly day: string
  readonly names: number
  readonly cutoffAt: Date
  readonly dropFrom: Date
  readonly dropTo: Date
}

/** The windows of the newest drop list, by day and zone; none before the first. Throws Refusal('insufficient_scope'). */
export async function listDropWindows(ctx: AccountContext, zones: readonly string[] | undefined) {
  requireScope(ctx, 'listings:read')
  const { db } = ctx
  const list = await db
    .selectFrom('drop_list')
    .select(['id', 'made_at'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (list === undefined) return { madeAt: new Date(0), windows: [] }
  let windows = db
    .selectFrom('drop_list_window')
    .select(['zone', 'day', 'names', 'cutoff_at', 'drop_from', 'drop_to'])
    .where('list_id', '=', list.id)
    .where(isOfZoneFor('drop_list_window', ctx))
  if (zones !== undefined) windows = windows.where('zone', 'in', [...zones])
  const rows = await windows.orderBy('day').orderBy('zone').execute()
  return {
    madeAt: list.made_at,
    windows: rows.map(
      (row): DropWindowView => ({
        zone: row.zone,
        day: row.day,
        names: row.names,
        cutoffAt: row.cutoff_at,
        dropFrom: row.drop_from,
        dropTo: row.drop_to,
      }),
    ),
  }
}
