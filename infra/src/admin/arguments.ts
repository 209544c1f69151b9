import { InvalidArgumentError } from '@commander-js/extra-typings'
import { isCurrency } from '@droplock/rules/money/currency'
import { type Money, parseMoney } from '@droplock/rules/money/money'
import { z } from 'zod'

// Kinds of arguments. Each gives the value, or says in a few words what it must be.

/** Whoever changes what is there says why. */
export const reasonOption = ['--reason <text>', 'why; the audit keeps it'] as const

export const email = argument(z.email().max(254), 'It must be an e-mail address.')
export const uuid = argument(z.uuid(), 'It must be an id, as a list shows it.')
export const someText = argument(z.string().trim().min(1).max(200), 'It must be text of 1 to 200 characters.')

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
