/** A source that asks for more is mistaken: a list comes every day. Milliseconds. */
const RETRY_AFTER_MS_MAX = 86_400_000

/**
 * How long to wait before the next request, by the field `Retry-After`: seconds, or an HTTP date (RFC 9110 §10.2.3). At most a day;
 * undefined where the field is missing or is neither.
 */
export function retryAfterMs(field: string | null, now: Date): number | undefined {
  const text = field?.trim() ?? ''
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : msUntil(text, now)
  return ms === undefined ? undefined : Math.min(Math.max(ms, 0), RETRY_AFTER_MS_MAX)
}

/** Three forms of a date, all in GMT (§5.6.7); `Date` reads them, and much else. */
const httpDate = /^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}( GMT| \d{4})$/

function msUntil(text: string, now: Date): number | undefined {
  if (!httpDate.test(text)) return undefined
  // The oldest form names no zone.
  const at = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`)
  return Number.isNaN(at) ? undefined : at - now.getTime()
}
