import { domainToASCII, domainToUnicode } from 'node:url'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { escapeLike } from '../database/page.ts'
import type { Database } from '../database/tables.gen.ts'
import { isLive } from '../is-listed.ts'

/** A listing, and the order that holds or held it. */
export type FoundName = {
  readonly listingId: string
  readonly name: string
  readonly listingState: string
  readonly dropFrom: Date
  readonly backorderId: string | null
  readonly backorderState: string | null
  readonly accountName: string | null
}

/** Labels in other scripts that begin alike in ASCII: they are compared as they are written. */
const COMPARED_MAX = 300

/** A trigram has three letters or digits in a row: by fewer, no index finds a part. */
const hasTrigram = /[a-z0-9]{3}/

const isEnded = sql<boolean>`listing.state not in ('upcoming', 'open', 'closed', 'dropping')`

/**
 * Names by what was typed: the whole name or label first, then beginnings, then parts; live ones before ended ones. Each step is a look
 * at an index, and the next is taken only while fewer than `max` were found.
 */
export async function findNames(
  db: Kysely<Database>,
  typed: string,
  max: number,
): Promise<readonly FoundName[]> {
  const text = typed.toLowerCase()
  const isAscii = /^[\x21-\x7e]+$/.test(text)
  const steps = isAscii ? stepsOf(text) : await stepsOfUnicode(db, text)
  const found = new Map<string, FoundName>()
  for (const step of steps) {
    if (found.size >= max) break
    for (const row of await readNames(db, step, max)) found.set(row.listingId, row)
  }
  return [...found.values()].slice(0, max)
}

function* stepsOf(text: string): Iterable<RawBuilder<boolean>> {
  const [label = '', ...zone] = text.split('.')
  if (label === '') return
  const begins =
    zone.length > 0
      ? sql`listing.name like ${`${escapeLike(text)}%`} and listing.label = ${label}`
      : undefined
  const prefix = sql`listing.label like ${`${escapeLike(label)}%`}`
  const part = sql`listing.label like ${`%${escapeLike(label)}%`}`
  const canSearchEnded = hasTrigram.test(label)
  yield live(begins ?? sql`listing.label = ${label}`)
  if (canSearchEnded) yield ended(sql`${part} and ${begins ?? sql`listing.label = ${label}`}`)
  if (begins !== undefined) return
  yield live(prefix)
  if (!canSearchEnded) return
  yield ended(sql`${part} and ${prefix}`)
  yield live(part)
  yield ended(part)
}

/**
 * Of a label in another script, the ASCII letters stand first in the A-label (RFC 3492 §3.1), so those of a beginning are a beginning.
 * What begins alike is compared as it is written.
 */
async function stepsOfUnicode(db: Kysely<Database>, text: string): Promise<readonly RawBuilder<boolean>[]> {
  const [label = '', ...zone] = text.split('.')
  const whole = domainToASCII(label)
  const wanted = new Set(whole === '' ? [] : [whole])
  const letters = [...label].filter((letter) => /[a-z0-9-]/.test(letter)).join('')
  if (letters !== '') {
    const begins = `xn--${letters}`
    const condition = sql`listing.label like ${`${escapeLike(begins)}%`}`
    const alike = await readLabels(db, sql`${isLive} and ${condition}`)
    const alikeEnded = await readLabels(
      db,
      sql`${isEnded} and ${condition} and listing.label like ${`%${escapeLike(begins)}%`}`,
    )
    for (const each of [...alike, ...alikeEnded])
      if (domainToUnicode(each).startsWith(label.normalize('NFC'))) wanted.add(each)
  }
  return [...wanted].slice(0, COMPARED_MAX).flatMap((each) => {
    const inZone = zone.join('.')
    const same = sql`listing.label = ${each} and listing.name like ${`${escapeLike(each)}.${escapeLike(inZone)}%`}`
    return [live(same), ended(sql`${same} and listing.label like ${`%${escapeLike(each)}%`}`)]
  })
}

function live(condition: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(${isLive} and ${condition})`
}

function ended(condition: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(${isEnded} and ${condition})`
}

async function readLabels(db: Kysely<Database>, condition: RawBuilder<unknown>): Promise<readonly string[]> {
  const { rows } = await sql<{
    label: string
  }>`select label from listing where ${condition} limit ${COMPARED_MAX}`.execute(db)
  return rows.map(({ label }) => label)
}

async function readNames(
  db: Kysely<Database>,
  condition: RawBuilder<boolean>,
  max: number,
): Promise<readonly FoundName[]> {
  const { rows } = await sql<FoundName>`
    select listing.id as "listingId", listing.name, listing.state as "listingState", listing.drop_from as "dropFrom",
      held.id as "backorderId", held.state as "backorderState", account.name as "accountName"
    from (select * from listing where ${condition} limit ${max}) as listing
    left join lateral (
      select id, state, account_id from backorder where listing_id = listing.id order by id desc limit 1) as held on true
    left join account on account.id = held.account_id
    order by length(listing.name), listing.name`.execute(db)
  return rows
}
