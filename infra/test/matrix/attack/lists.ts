import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { asService, type Context } from '@droplock/core/context'
import { addSource } from '@droplock/core/sources/administer'
import { isDropListFormat } from '@droplock/feeds/formats/formats'
import { usualSource } from '@droplock/rules/list-sources'
import { REGISTRY } from '../../../../packages/core/test/support/world.ts'
import { count, type Statuses } from './attackers.ts'
import { unexpected } from './floods.ts'
import type { Attack, Found } from './target.ts'

const header = 'TLD,DOMAIN,EXPIRED,PURGED\n'
const MB = 1_000_000

/** Drop lists that cost their reader more than they are long, or that never end. */
const bombs = {
  'zeros, 1 GB from 1 MB': gzipSync(Buffer.concat([Buffer.from(header), Buffer.alloc(1_000 * MB)])),
  'line ends, 40 MB from 40 kB': gzipSync(Buffer.concat([Buffer.from(header), Buffer.alloc(40 * MB, '\n')])),
  'one line of 60 MB': Buffer.concat([Buffer.from(header), Buffer.alloc(60 * MB, 'x')]),
  'two million lines of rubbish': Buffer.concat([
    Buffer.from(header),
    Buffer.alloc(40 * MB, ',\u0001;"junk,,\t\n'),
  ]),
  'quotes that never close': Buffer.concat([Buffer.from(header), Buffer.alloc(20 * MB, 'test,"a.test\n')]),
  'a zip that is none': Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(5 * MB, 0xff)]),
} as const

/** Uploads of lists by an operator whose session was stolen. */
export function uploadBombs(headers: Readonly<Record<string, string>>): Attack {
  return {
    name: 'list bombs, by upload',
    run: async ({ server }) => {
      const statuses: Statuses = new Map()
      const uploads = Object.values(bombs).map(async (body, index) => {
        const query = new URLSearchParams({
          registry_id: REGISTRY,
          file_name: `${index}_domain-drop-list.csv`,
        })
        const response = await fetch(`${server.url}/api/sync-runs?${query}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/octet-stream' },
          body: new Uint8Array(body),
        }).catch(() => undefined)
        await response?.arrayBuffer().catch(() => undefined)
        count(statuses, response === undefined ? 'closed' : shedOr(response))
      })
      await Promise.all(uploads)
      return {
        statuses,
        violations: unexpected(statuses, ['200', '201', '400', '413', '422', '429', 'closed']),
      }
    },
  }
}

function shedOr({ status, headers }: Response): string {
  return status === 503 && headers.has('retry-after') ? '503 shed' : String(status)
}

type Hostile = (response: ServerResponse, signal: AbortSignal) => Promise<unknown> | unknown

/** What a supplier of lists sends who has been taken over. */
const suppliers: Readonly<Record<string, Hostile>> = {
  ...Object.fromEntries(
    Object.entries(bombs).map(([name, body]) => [name, (response: ServerResponse) => response.end(body)]),
  ),
  '10 GB by its length': (response, signal) => {
    response.writeHead(200, { 'content-length': '10000000000' })
    return forEver(response, 'x'.repeat(65_536), signal, 0)
  },
  'a line without an end': (response, signal) => {
    response.write(header)
    return forEver(response, 'x'.repeat(65_536), signal, 0)
  },
  'an octet a second': (response, signal) => forEver(response, 'x', signal, 1_000),
  'headers, and nothing more': (response) => response.writeHead(200).flushHeaders(),
  'itself, for ever': (response) => response.writeHead(302, { location: '/itself' }).end(),
}

async function forEver(
  response: ServerResponse,
  piece: string,
  signal: AbortSignal,
  pauseMs: number,
): Promise<void> {
  async function* pieces() {
    while (!signal.aborted) {
      yield piece
      await wait(pauseMs)
    }
  }
  await pipeline(pieces, response)
}

const GOOD_NAMES = 200
/** For a good list to be published beside them. Milliseconds. */
const GOOD_MS_MAX = 90_000
/** For every source to be given up. Milliseconds. */
const ENDED_MS_MAX = 90_000

/** The same from sources that the worker reads, beside a good one. */
export function sourceBombs(ctx: Context): Attack {
  return {
    name: 'list bombs, by a source',
    isLong: true,
    // A source that failed is its operator's task.
    logs: /"event":"source.fetch"/,
    run: async () => {
      const stop = new AbortController()
      const server = createServer((request, response) => {
        const name = decodeURIComponent(request.url ?? '').replace(/^\/|\/[^/]*$/g, '')
        response.on('error', () => undefined)
        if (name === 'good') response.end(goodList())
        else void Promise.resolve(suppliers[name]?.(response, stop.signal)).catch(() => undefined)
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo
      try {
        return await readAll(ctx, `http://127.0.0.1:${port}`)
      } finally {
        stop.abort()
        server.close()
        server.closeAllConnections()
      }
    },
  }
}

function goodList(): string {
  const purgeAt = new Date(Date.now() + 48 * 3_600_000).toISOString()
  const rows = Array.from(
    { length: GOOD_NAMES },
    (_, n) => `test,beside-bombs-${n}.test,2026-01-01T00:00:00Z,${purgeAt}\n`,
  )
  return header + rows.join('')
}

async function readAll(ctx: Context, url: string): Promise<Found> {
  for (const name of [...Object.keys(suppliers), 'good']) {
    const address = `${url}/${encodeURIComponent(name)}/1_domain-drop-list.csv`
    const source = { ...usualSource, address, scopeKind: 'increment' as const, registryId: REGISTRY }
    await addSource(asService(ctx), source, isDropListFormat)
  }
  const listedIn = await until(GOOD_MS_MAX, async () => (await countListed(ctx)) === GOOD_NAMES)
  const ended = await until(ENDED_MS_MAX, async () => (await countUnended(ctx)) === 0)
  await ctx.db.updateTable('list_source').set({ enabled: false }).execute()
  const foreign = await ctx.db
    .selectFrom('listing')
    .select('name')
    .where('name', 'not like', '%.test')
    .execute()
  return {
    statuses: new Map([['read', Object.keys(suppliers).length + 1]]),
    violations: [
      ...(listedIn ? [] : [`${await countListed(ctx)} names of the good list were listed in time`]),
      ...(ended
        ? []
        : [`${await countUnended(ctx)} sources were still read after ${ENDED_MS_MAX / 1_000} s`]),
      ...foreign.map(({ name }) => `listed: ${name}`),
    ],
  }
}

async function until(msMax: number, isSo: () => Promise<boolean>): Promise<boolean> {
  const untilMs = performance.now() + msMax
  while (!(await isSo())) {
    if (performance.now() > untilMs) return false
    await wait(200)
  }
  return true
}

async function countListed({ db }: Context): Promise<number> {
  const { listed } = await db
    .selectFrom('listing')
    .select((eb) => eb.fn.countAll<bigint>().as('listed'))
    .where('name', 'like', 'beside-bombs-%')
    .executeTakeFirstOrThrow()
  return Number(listed)
}

/** Sources that no worker has been through. */
async function countUnended({ db }: Context): Promise<number> {
  const rows = await db
    .selectFrom('list_source')
    .select('id')
    .where((eb) => eb.or([eb('tried_at', 'is', null), eb('claimed_by', 'is not', null)]))
    .execute()
  return rows.length
}
