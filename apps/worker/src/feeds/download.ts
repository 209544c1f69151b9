import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Measured, measure } from './measure.ts'
import { retryAfterMs } from './retry-after.ts'
import { SourceFailed } from './source-failed.ts'

/** What the last list that was taken in said of itself (RFC 9110 §8.8); sent back, so that the same list is not sent again. */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null }

export type Downloaded = {
  readonly path: string
  /** The file's name, by the last part of its address. */
  readonly measured: Measured
  readonly validators: Validators
  readonly remove: () => Promise<void>
}

type Download = {
  readonly url: string
  /** The field `Authorization`, for this host alone. */
  readonly authorization?: string | undefined
  readonly known: Validators
  readonly bytesMax: number
  readonly signal: AbortSignal
  /** Called with each piece: how much has come, and how much there will be. */
  readonly onOctets?: (read: number, total: number | null) => void
}

/** A list that has moved may have moved again; more is a loop. */
const REDIRECTS_MAX = 5
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Downloads a list into a file of its own; undefined when it has not changed since `known`. To a file first: its hash shows
 * whether there is anything to read, and a slow server keeps no database work open. Throws `SourceFailed` on any status but 200 and
 * 304 and on a redirect to another scheme; and what `fetch` throws on a body cut short, or when `signal` aborts. Nothing is left
 * behind then.
 */
export async function download(command: Download): Promise<Downloaded | undefined> {
  const response = await request(command)
  if (response.status === 304) return undefined
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel()
    const after = retryAfterMs(response.headers.get('retry-after'), new Date())
    throw new SourceFailed('http_status', `The source answered HTTP ${response.status}.`, {
      retryAfterMs: after,
    })
  }
  const { headers } = response
  const validators = { etag: headers.get('etag'), lastModified: headers.get('last-modified') }
  return { ...(await spool(response.body, totalOf(headers), command)), validators }
}

/** Follows redirects within the scheme. Credentials go to the host that they are for, and to no other. */
async function request({ url, authorization, known, signal }: Download): Promise<Response> {
  const first = new URL(url)
  let address = first
  for (let redirect = 0; redirect <= REDIRECTS_MAX; redirect += 1) {
    const isOwnHost = address.host === first.host
    const headers = headersOf(known, isOwnHost ? authorization : undefined)
    const response = await fetch(address, { headers, signal, redirect: 'manual' })
    const location = response.headers.get('location')
    if (!redirects.has(response.status) || location === null) return response
    await response.body?.cancel()
    address = new URL(location, address)
    if (address.protocol !== first.protocol)
      throw new SourceFailed(
        'redirect_refused',
        `The source redirects to another scheme, ${address.protocol}`,
      )
    if (address.username !== '' || address.password !== '')
      throw new SourceFailed('redirect_refused', 'The source redirects to an address with a password in it.')
  }
  throw new SourceFailed('redirect_refused', `The source redirects more than ${REDIRECTS_MAX} times.`)
}

function headersOf({ etag, lastModified }: Validators, authorization: string | undefined) {
  return {
    'user-agent': 'droplock',
    ...(authorization !== undefined && { authorization }),
    ...(etag !== null && { 'if-none-match': etag }),
    ...(lastModified !== null && { 'if-modified-since': lastModified }),
  }
}

/** Of a body that is transferred compressed, the length is that of what is transferred, and not of what arrives here. */
function totalOf(headers: Headers): number | null {
  const length = headers.get('content-length')
  return length === null || headers.has('content-encoding') ? null : Number(length)
}

async function spool(
  body: AsyncIterable<Uint8Array>,
  total: number | null,
  { bytesMax, onOctets }: Download,
) {
  const folder = await mkdtemp(join(tmpdir(), 'droplock-list-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'list')
    await using file = await open(path, 'wx')
    let read = 0
    const measured = await measure(body, bytesMax, async (chunk) => {
      await file.writeFile(chunk)
      read += chunk.length
      onOctets?.(read, total)
    })
    return { path, measured, remove }
  } catch (error) {
    await remove()
    throw error
  }
}
