/** A year, as preload lists require. */
const HTTPS_ONLY_SECONDS = 31_536_000

/**
 * What every answer of a server says, unless the answer itself says otherwise: it loads and runs nothing, is shown in no frame, is used by
 * no other site and kept in no cache, its media type is not guessed, and where a link leads to does not learn where the reader came from. A
 * page says what it loads, and a file how long it may be kept.
 */
const usual = {
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const

/**
 * The headers for a server whose public address is `origin`. With https it is never asked without encryption again (RFC 6797); a server on
 * an address that is not public has no origin.
 */
export function safeHeaders(origin = ''): ReadonlyMap<string, string> {
  const headers = new Map<string, string>(Object.entries(usual))
  if (origin.startsWith('https:')) headers.set('Strict-Transport-Security', `max-age=${HTTPS_ONLY_SECONDS}`)
  return headers
}
