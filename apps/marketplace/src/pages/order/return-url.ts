import type { Language } from '@droplock/rules/members'
import { hrefIn } from '../viewing.tsx'

/** The API's limit of a `return_url`. Characters. */
const URL_LENGTH_MAX = 500

/** The address to which a card's page returns: `path` if it fits, else `shorter`. */
export function returnUrlOf(origin: string, language: Language, path: string, shorter = '/orders'): string {
  const whole = origin + hrefIn(language, path)
  return whole.length <= URL_LENGTH_MAX ? whole : origin + hrefIn(language, shorter)
}
