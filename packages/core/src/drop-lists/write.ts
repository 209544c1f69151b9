import { createHash, type Hash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { isListed } from '../is-listed.ts'
import { isOnOffer } from '../listings/offer.ts'

/** Names of a part: a megabyte of text, some hundred kilobytes as gzip; a download holds one in memory. */
const NAMES_PER_PART_MAX = 20_000

/** The columns of the IETF draft "Domain Drop List Report" (draft-sattler-domain-drop-list-report). */
const HEADER = 'TLD,DOMAIN,EXPIRED,PURGED\n'

const pack = promisify(gzip)

/**
 * Writes the drop list of all that is on offer if something was published since the last one: names that are open or will be, by zone and
 * drop. One transaction, so that a list is there whole or not at all; a worker that dies leaves nothing, and the next one writes it.
 * Returns how many names it has, or undefined where there was nothing to do or another worker is at it.
 */
export async function writeDropList(ctx: Context): Promise<number | undefined> {
  return inTransaction(ctx.db, async (tx) => {
    if (!(await tryLockDropLists(tx))) return undefined
    const publishedAt = await readUnwritten(tx)
    if (publishedAt === undefined) return undefined
    const id = ctx.newId()
    const names = await writeAll(tx, id, publishedAt)
    if (await isNews(tx, id)) await publish(tx, ctx, 'drop_list.published', id)
    return names
  })
}

/** Whether the file of all zones differs from that of the list before: a publication in a sandbox is news to nobody else. */
async function isNews(tx: Transaction<Database>, id: string): Promise<boolean> {
  const lists = tx.selectFrom('drop_list').select('sha256').orderBy('published_at', 'desc')
  const list = await lists.where('id', '=', id).executeTakeFirstOrThrow()
  const before = await lists.where('id', '<>', id).executeTakeFirst()
  return before === undefined || !before.sha256.equals(list.sha256)
}

/** The newest publication, if no list has it. */
async function readUnwritten(tx: Transaction<Database>): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date | null }>`
    select date_trunc('milliseconds', max(published_at)) as at from sync_run where state = 'published'`.execute(
    tx,
  )
  const at = rows[0]?.at ?? undefined
  if (at === undefined) return undefined
  const written = await tx
    .selectFrom('drop_list')
    .select('id')
    .where('published_at', '>=', at)
    .executeTakeFirst()
  return written === undefined ? at : undefined
}

type Row = { readonly name: string; readonly zone: string; readonly drop_from: Date }

async function writeAll(tx: Transaction<Database>, id: string, publishedAt: Date): Promise<number> {
  const nothing = { names: 0, bytes: 0n, sha256: Buffer.alloc(0) }
  await tx
    .insertInto('drop_list')
    .values({ id, made_at: sql<Date>`clock_timestamp()`, published_at: publishedAt, ...nothing })
    .execute()
  const writer = new ListWriter(tx, id, await readSandboxes(tx))
  await writer.begin()
  // Of one snapshot, in the order of an index.
  await sql`
    declare drop_names no scroll cursor for
    select name, zone, drop_from from listing where ${isOnOffer} and ${isListed()}
    order by zone, ((drop_from at time zone 'UTC')::date), cutoff_at, id`.execute(tx)
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(NAMES_PER_PART_MAX)} from drop_names`.execute(tx)
    if (rows.length === 0) break
    for (const [zone, names] of Map.groupBy(rows, (row) => row.zone)) await writer.add(zone, names)
  }
  await sql`close drop_names`.execute(tx)
  const names = await writer.end()
  await writeWindows(tx, id)
  return names
}

/** The zones of sandboxes: a file of all zones is the same for all accounts, and these are for one each. */
async function readSandboxes(tx: Transaction<Database>): Promise<ReadonlySet<string>> {
  const zones = await tx.selectFrom('zone').select('name').where('is_sandbox', '=', true).execute()
  return new Set(zones.map(({ name }) => name))
}

type Sum = { names: number; bytes: number; readonly hash: Hash }

const newSum = (): Sum => ({ names: 0, bytes: 0, hash: createHash('sha256') })

/** Counts and hashes the file of all zones and that of the zone that is being written. */
class ListWriter {
  readonly #tx: Transaction<Database>
  readonly #listId: string
  readonly #sandboxes: ReadonlySet<string>
  readonly #all = newSum()
  #header = Buffer.alloc(0)
  #zone: { readonly name: string; readonly sum: Sum } | undefined
  #number = 0

  constructor(tx: Transaction<Database>, listId: string, sandboxes: ReadonlySet<string>) {
    this.#tx = tx
    this.#listId = listId
    this.#sandboxes = sandboxes
  }

  async begin(): Promise<void> {
    this.#header = await pack(HEADER)
    await this.#write(null, this.#header)
    count(this.#all, 0, this.#header)
  }

  async add(zone: string, rows: readonly Row[]): Promise<void> {
    if (this.#zone?.name !== zone) await this.#open(zone)
    const content = await pack(rows.map(lineOf).join(''))
    await this.#write(zone, content)
    const all = this.#sandboxes.has(zone) ? undefined : this.#all
    for (const sum of [all, this.#zone?.sum]) if (sum !== undefined) count(sum, rows.length, content)
  }

  /** Returns how many names there are. */
  async end(): Promise<number> {
    await this.#close()
    const { names, bytes, sha256 } = resultOf(this.#all)
    await this.#tx
      .updateTable('drop_list')
      .set({ names, bytes, sha256 })
      .where('id', '=', this.#listId)
      .execute()
    return names
  }

  async #open(name: string): Promise<void> {
    await this.#close()
    this.#zone = { name, sum: newSum() }
    count(this.#zone.sum, 0, this.#header)
  }

  async #close(): Promise<void> {
    if (this.#zone === undefined) return
    const { name: zone, sum } = this.#zone
    await this.#tx
      .insertInto('drop_list_zone')
      .values({ list_id: this.#listId, zone, ...resultOf(sum) })
      .execute()
  }

  async #write(zone: string | null, content: Buffer): Promise<void> {
    await this.#tx
      .insertInto('drop_list_part')
      .values({ list_id: this.#listId, number: this.#number, zone, bytes: content.length, content })
      .execute()
    this.#number += 1
  }
}

function count(sum: Sum, names: number, content: Buffer): void {
  sum.names += names
  sum.bytes += content.length
  sum.hash.update(content)
}

function resultOf({ names, bytes, hash }: Sum) {
  return { names, bytes: BigInt(bytes), sha256: hash.copy().digest() }
}

/** EXPIRED is not known: lists do not say it reliably. PURGED is the beginning of the window in which the registry is expected to purge. */
function lineOf({ name, zone, drop_from: at }: Row): string {
  return `${zone},${name},,${at.toISOString().slice(0, 19)}Z\n`
}

async function writeWindows(tx: Transaction<Database>, listId: string): Promise<void> {
  await sql`
    insert into drop_list_window (list_id, zone, day, names, cutoff_at, drop_from, drop_to)
    select ${listId}::uuid, zone, (drop_from at time zone 'UTC')::date, count(*), min(cutoff_at), min(drop_from), max(drop_to)
    from listing where ${isOnOffer} and ${isListed()} group by 2, 3`.execute(tx)
}

/** Chosen once; other programs on the same database use other numbers. */
const DROP_LISTS_LOCK = 7_021_733_402

/** Whether this transaction is the one that writes drop lists; nobody waits for it. */
async function tryLockDropLists(tx: Transaction<Database>): Promise<boolean> {
  const { rows } = await sql<{
    locked: boolean
  }>`select pg_try_advisory_xact_lock(${DROP_LISTS_LOCK}) as locked`.execute(tx)
  return rows[0]?.locked === true
}
