import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Context } from '@droplock/core/context'
import { advanceFeed } from '@droplock/core/events/feed'
import { onTestFinished } from 'vitest'
import { listeningAt } from '../../../../packages/http/test/support/listening-at.ts'

const mainFile = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

export type Process = {
  readonly url: string
  readonly child: ChildProcess
  /** Called with each line of its log from now on. */
  readonly onLine: (listener: (line: string) => void) => void
}

/** Starts the gateway as it is run. It is killed at the end of the test. */
export async function startGateway(
  databaseUrl: string,
  settings: Record<string, string> = {},
): Promise<Process> {
  const environment = { DATABASE_URL: databaseUrl, PORT: '0', DROPLOCK_LOG_LEVEL: 'info', ...settings }
  const child = spawn(process.execPath, [mainFile], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let listener: ((line: string) => void) | undefined
  const url = await listeningAt(child, (line) => listener?.(line))
  return { url, child, onLine: (next) => (listener = next) }
}

/** One event of a stream as it was sent. A block without data is a comment or an id alone. */
export type Block = {
  readonly id: string | undefined
  readonly event: string | undefined
  readonly data: string | undefined
  readonly comment: string | undefined
}

export type Reader = {
  readonly response: Response
  /** What has come so far. */
  readonly blocks: Block[]
  /** Fulfilled when the stream has ended; rejected when it broke off. */
  readonly over: Promise<void>
  readonly close: () => void
  /** Begins to read, where it was opened to be read later. */
  readonly begin: () => void
}

type Open = {
  readonly key: string
  readonly query?: string
  readonly lastEventId?: string | undefined
  readonly isLate?: boolean
}

/** Opens a stream and reads it. */
export async function openStream(
  url: string,
  { key, query = '', lastEventId, isLate = false }: Open,
): Promise<Reader> {
  const ended = new AbortController()
  const headers = {
    Authorization: `Bearer ${key}`,
    ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }),
  }
  const response = await fetch(`${url}/v1/events/stream${query}`, { headers, signal: ended.signal })
  onTestFinished(() => ended.abort())
  const blocks: Block[] = []
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  if (!isLate) begin()
  const over = begun.then(() => readAll(response, blocks))
  over.catch(() => undefined)
  return { response, blocks, over, begin, close: () => ended.abort() }
}

async function readAll({ body }: Response, blocks: Block[]): Promise<void> {
  if (body === null) return
  let rest = ''
  const decoder = new TextDecoder()
  for await (const part of body) {
    const texts = (rest + decoder.decode(part, { stream: true })).split('\n\n')
    rest = texts.pop() ?? ''
    blocks.push(...texts.map(toBlock))
  }
}

function toBlock(text: string): Block {
  const fields = new Map(
    text.split('\n').map((line) => {
      const at = line.indexOf(':')
      return [line.slice(0, at), line.slice(at + 1).replace(/^ /, '')] as const
    }),
  )
  return {
    id: fields.get('id'),
    event: fields.get('event'),
    data: fields.get('data'),
    comment: fields.get(''),
  }
}

/** The names and topics of the events that have come, without others. */
export function received({ blocks }: Pick<Reader, 'blocks'>): readonly string[] {
  return blocks.flatMap(({ event, data }) => {
    if (event === undefined || data === undefined || event === 'resync') return []
    const { data: subject } = JSON.parse(data) as { readonly data: { readonly name?: string } }
    return [`${event} ${subject.name}`]
  })
}

/** Gives every event its position, as the worker does. */
export async function advance(ctx: Context): Promise<void> {
  while ((await advanceFeed(ctx)) > 0);
}
