import { readFileSync } from 'node:fs'
import { InvalidArgumentError } from '@commander-js/extra-typings'
import type { Listed, Paging } from '@droplock/core/database/page'
import { isCurrency, type Money, parseMoney } from '@droplock/rules/money'
import { Refusal } from '@droplock/rules/refusals'
import { z } from 'zod'

// Kinds of arguments. Each gives the value, or says in a few words what it must be.

/** Whoever changes what is there says why. */
export const reasonOption = ['--reason <text>', 'why; the audit keeps it'] as const

export const email = argument(z.email().max(254), 'It must be an e-mail address.')
export const uuid = argument(z.uuid(), 'It must be an id, as a list shows it.')
export const someText = argument(z.string().trim().min(1).max(200), 'It must be text of 1 to 200 characters.')

export const day = argument(z.iso.date(), 'It must be a date such as 2026-11-28.')
export const minutes = argument(z.coerce.number().int(), 'It must be a whole number of minutes.')
export const wholeNumber = argument(z.coerce.number().int(), 'It must be a whole number.')
export const instant = argument(
  z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  'It must be a time such as 2026-11-28T14:00:00Z.',
)

export function currency(text: string): string {
  if (isCurrency(text)) return text
  throw new InvalidArgumentError('It must be a currency such as USD.')
}

export function price(text: string): Money {
  const read = parseMoney(text)
  if (read !== undefined) return read
  throw new InvalidArgumentError('It must be an amount and its currency, such as "29.00 USD".')
}

export const countryCode = argument(z.string().regex(/^[A-Z]{2}$/), 'It must be two capital letters.')

/** As basis points: 7.5 is 750. */
export function percent(text: string): number {
  const match = /^(\d{1,2})(?:\.(\d{1,2}))?$/.exec(text)
  if (match === null) throw new InvalidArgumentError('It must be a percentage such as 23 or 7.5.')
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

/** For `argument` and `option`: checks the text. */
function argument<Output>(schema: z.ZodType<Output>, mustBe: string): (text: string) => Output {
  return (text) => {
    const read = schema.safeParse(text)
    if (read.success) return read.data
    throw new InvalidArgumentError(mustBe)
  }
}

/** Rows of one query. */
const pageLimit = 1_000

/**
 * A whole list, page by page: whoever reads it on a terminal or in a script turns no pages. Throws what `readPage` throws. A list
 * that changes meanwhile may show an item twice or not at all.
 */
export async function readWhole<Item>(
  readPage: (page: Paging) => Promise<Listed<Item>>,
): Promise<readonly Item[]> {
  const whole: Item[] = []
  for (;;) {
    const { items, total } = await readPage({ offset: whole.length, limit: pageLimit })
    whole.push(...items)
    if (items.length === 0 || whole.length >= total) return whole
  }
}

/** The text of a file. Throws Refusal('invalid_request'). */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new Refusal('invalid_request', `The file ${file} cannot be read.`)
  }
}

/** JSON of this shape. Throws Refusal: malformed_json, or invalid_request, which names every member that is wrong. */
export function parseAs<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  const result = schema.safeParse(parseJson(text))
  if (result.success) return result.data
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`)
  throw new Refusal('invalid_request', faults.join('; '))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('malformed_json', 'The file is not JSON.')
  }
}
