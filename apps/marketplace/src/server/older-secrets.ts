import { createHmac, timingSafeEqual } from 'node:crypto'
import { signJWT, verifyJWT } from 'better-auth/crypto'

/** The secret in use, and those before it, with which cookies and links were signed that are still valid (ADR 56). */
export type Secrets = readonly [current: string, ...older: string[]]

/** What a token says that one of the secrets has signed; undefined of one that is forged or expired. */
export async function claimsIn<Claims extends object>(
  token: string,
  secrets: readonly string[],
): Promise<Claims | undefined> {
  for (const secret of secrets) {
    const claims = await verifyJWT<Claims>(token, secret)
    if (claims !== null) return claims
  }
  return undefined
}

/** A request in which what an older secret has signed is signed with the current one: better-auth has only that. */
export async function withCurrentSignatures(request: Request, secrets: Secrets): Promise<Request> {
  if (secrets.length === 1) return request
  const url = new URL(request.url)
  const token = url.searchParams.get('token')
  if (token !== null) url.searchParams.set('token', await currentToken(token, secrets))
  return new Request(url, new Request(request, { headers: withCurrentCookies(request.headers, secrets) }))
}

/** The same of headers. */
export function withCurrentCookies(headers: Headers, secrets: Secrets): Headers {
  const cookies = headers.get('cookie')
  if (secrets.length === 1 || cookies === null) return headers
  const renewed = new Headers(headers)
  renewed.set(
    'cookie',
    cookies
      .split(/; ?/)
      .map((cookie) => currentCookie(cookie, secrets))
      .join('; '),
  )
  return renewed
}

/** One of the form `name=value.signature`; any other as it is. */
function currentCookie(cookie: string, [current, ...older]: Secrets): string {
  const [, name, encoded] = /^([^=]+)=(.*)$/.exec(cookie) ?? []
  const [, value, signature] = /^(.*)\.([A-Za-z0-9+/]{43}=)$/.exec(decoded(encoded ?? '')) ?? []
  if (name === undefined || value === undefined || signature === undefined) return cookie
  if (!older.some((secret) => isEqual(signatureOf(value, secret), signature))) return cookie
  return `${name}=${encodeURIComponent(`${value}.${signatureOf(value, current)}`)}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/** As better-auth and Hono sign cookies. */
function signatureOf(value: string, secret: string): string {
  return createHmac('sha256', secret).update(value).digest('base64')
}

function isEqual(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other))
}

/** A link's token, with the end that it had. */
async function currentToken(token: string, [current, ...older]: Secrets): Promise<string> {
  const claims = await claimsIn<{ readonly exp?: number }>(token, older)
  if (claims?.exp === undefined) return token
  return signJWT(claims, current, claims.exp - Math.floor(Date.now() / 1_000))
}
