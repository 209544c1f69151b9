import { isLanguage, type Language, languages } from '@droplock/rules/members'
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { getCookie } from 'hono/cookie'
import type { Environment } from '../marketplace.ts'
import type { Visitors } from './visitors.ts'

/** What a visitor chose, before there is a person to remember it for. */
export const CURRENCY_COOKIE = 'droplock.currency'
export const LANGUAGE_COOKIE = 'droplock.language'

/** The visitor's currency: the one they chose, or else the first that names are sold in. Throws Error where none is. */
export async function currencyOf(c: Context<Environment>, visitors: Visitors): Promise<string> {
  const sold = await visitors.currencies()
  const chosen = getCookie(c, CURRENCY_COOKIE)
  return (
    sold.find((currency) => currency === chosen) ??
    sold.find((currency) => currency === 'USD') ??
    sold[0] ??
    'USD'
  )
}

/** The language of a page whose address names none: the one chosen, or else the best of `Accept-Language`. */
export function languageOf(c: Context<Environment>): Language {
  const chosen = getCookie(c, LANGUAGE_COOKIE)
  if (chosen !== undefined && isLanguage(chosen)) return chosen
  const best = accepts(c, { header: 'Accept-Language', supports: [...languages], default: 'en' })
  return isLanguage(best) ? best : 'en'
}
