import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Measured, measure } from './measure.ts'

/** What the last list that was taken in said of itself (RFC 9110 §8.8); sent back, so that the same list is not sent again. */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null }

type Downloaded = {
  readonly path: string
  readonly measured: Measured
  readonly validators: Validators
  readonly remove: () => Promise<void>
}

/** The source answered, but with no list. */
class NoListServed extends Error {
  override readonly name = 'NoListServed'
}

/**
 * Downloads a list into a file of its own; undefined when it has not changed since `known`. To a file first: its hash shows
 * whether there is anything to read, and a slow server keeps no database work open. Throws on any status but 200 and 304, a
 * body cut short, too many bytes, or when `signal` aborts; nothing is left behind then.
 */
export async function download(
  url: string,
  known: Validators,
  limits: { readonly bytesMax: number; readonly signal: AbortSignal },
): Promise<Downloaded | undefined> {
  const response = await fetch(withoutPassword(url), { headers: headers(url, known), signal: limits.signal })
  if (response.status === 304) return undefined
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel()
    throw new NoListServed(`the source answered HTTP ${response.status}`)
  }
  const validators = {
    etag: response.headers.get('etag'),
    lastModified: response.headers.get('last-modified'),
  }
  return { ...(await spool(response.body, limits.bytesMax)), validators }
}

async function spool(body: AsyncIterable<Uint8Array>, bytesMax: number) {
  const folder = await mkdtemp(join(tmpdir(), 'droplock-list-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'list')
    await using file = await open(path, 'wx')
    const measured = await measure(body, bytesMax, (chunk) => file.writeFile(chunk))
    return { path, measured, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

function headers(url: string, { etag, lastModified }: Validators): Record<string, string> {
  const { username, password } = new URL(url)
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString(
    'base64',
  )
  return {
    'user-agent': 'droplock',
    ...(username !== '' && { authorization: `Basic ${basic}` }),
    ...(etag !== null && { 'if-none-match': etag }),
    ...(lastModified !== null && { 'if-modified-since': lastModified }),
  }
}

/** `fetch` refuses an address with a password in it. */
function withoutPassword(url: string): string {
  const address = new URL(url)
  address.username = ''
  address.password = ''
  return address.href
}
