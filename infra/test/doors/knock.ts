import type { Context } from '@droplock/core/context'
import type { Clone } from '@droplock/core/testing/clone-database'
import type { TrustCell } from '@droplock/core/testing/trust-result'
import { answersOf, type CheckAnswer } from '../../../packages/contracts/test/support/check-answer.ts'
import type { DocumentFile } from '../../../packages/contracts/test/support/document.ts'
import { operationsOf } from '../../../packages/contracts/test/support/documented.ts'
import { type Generated, type Intent, requestsOf } from './generate.ts'
import { type Answer, type Client, curls, keyOf, openClient, roleOf, type Sent, sessionOf } from './send.ts'
import { type Figures, type Server, startServer } from './server.ts'
import { openSession, type People, readKnown, type Session } from './world.ts'

type Knock = {
  readonly ctx: Context
  readonly urls: Clone['urls']
  readonly people: People
  /** The gateway's settings of the payment provider. */
  readonly sandbox: Readonly<Record<string, string>>
  readonly requests: number
  readonly seed: number
}

export type Report = {
  /** What was wrong, with the request as a line for a shell; the first ones. */
  readonly wrong: readonly string[]
  readonly asked: number
  /** Of each server, by how the requests were meant. */
  readonly cells: readonly TrustCell[]
  /** Valid requests, and those of them that were taken (2xx). */
  readonly askedValid: number
  readonly taken: number
  readonly figures: readonly (Door['figures'] & { readonly app: string })[]
  readonly text: string
}

/** Small, so that a body crosses it. Octets. */
const uploadBytesMax = '1000'

/** Requests at one server under way at once. */
const atOnce = 8

/** Requests made of what is known at one time; then what is there is read again. */
const batch = 1_000

/** The part of all requests that is sent first, all valid: what they take is what the others are held against. */
const warmShare = 0.15

/** Enough of an error to know it by. */
const errorCharactersMax = 700

/** Whoever met others at a lock for so many times met something else. */
const tryAgainMax = 3

/** Faults that are reported; more of them are the same. */
const wrongToldMax = 25

type Door = {
  readonly app: 'gateway' | 'console-api'
  readonly file: DocumentFile
  readonly server: Server
  readonly check: CheckAnswer
  readonly headersOf: (generated: Generated) => Promise<Readonly<Record<string, string>>>
  readonly onAnswer: (generated: Generated, answer: Answer) => Promise<void> | void
  figures: { start: Figures; warm: Figures; end: Figures }
}

/** Sends generated requests of both documents to both servers, and reports what the answers were. */
export async function knockAtDoors(knock: Knock): Promise<Report> {
  const client = openClient(2 * atOnce)
  const doors = [await openGateway(knock), await openConsoleApi(knock)]
  const tally = new Tally()
  const each = Math.ceil(knock.requests / doors.length)
  const warm = Math.ceil(each * warmShare)
  try {
    await Promise.all(
      doors.map((door, index) =>
        sendAll(knock, client, door, tally, phase(index, Math.min(batch, warm), ['valid'])),
      ),
    )
    for (const door of doors) door.figures.start = await door.server.measure('reset')
    await Promise.all(
      doors.map((door, index) => sendAll(knock, client, door, tally, phase(index, warm, ['valid']))),
    )
    for (const door of doors) door.figures.warm = await door.server.measure('reset')
    const rest = (index: number) => phase(100 + index, each - warm, ['valid', 'hostile', 'hostile'])
    await Promise.all(doors.map((door, index) => sendAll(knock, client, door, tally, rest(index))))
    for (const door of doors) door.figures.end = await door.server.measure('read')
  } finally {
    client.close()
    await Promise.all(doors.map((door) => door.server.stop()))
  }
  return tally.report(knock, doors)
}

type Phase = { readonly salt: number; readonly count: number; readonly intents: readonly Intent[] }

function phase(salt: number, count: number, intents: readonly Intent[]): Phase {
  return { salt, count, intents }
}

async function sendAll(
  knock: Knock,
  client: Client,
  door: Door,
  tally: Tally,
  { salt, count, intents }: Phase,
) {
  for (let from = 0; from < count; from += batch) {
    const known = await readKnown(knock.ctx)
    const seed = knock.seed + 7_919 * salt + from
    const requests = requestsOf(door.file, known, { seed, count: Math.min(batch, count - from), intents })
    const waiting = requests.values()
    const lane = async () => {
      for (const generated of waiting) await sendOne(client, door, tally, generated)
    }
    await Promise.all(Array.from({ length: atOnce }, lane))
  }
}

async function sendOne(client: Client, door: Door, tally: Tally, generated: Generated): Promise<void> {
  const { operation, path, body } = generated
  const headers = { ...(await door.headersOf(generated)), ...generated.headers }
  const sent: Sent = { url: `${door.server.url}${path}`, method: operation.method, headers, body }
  try {
    let answer = await client.ask(sent)
    for (let times = 0; isTryAgain(answer) && times < tryAgainMax; times += 1) {
      tally.again()
      answer = await client.ask(sent)
    }
    await door.onAnswer(generated, answer)
    tally.add(door.app, generated, answer.status)
    const wrong = lacksProvider(answer) ? undefined : door.check(operation, answer)
    if (wrong !== undefined)
      tally.wrong(
        door.app,
        generated,
        `${operation.id}: ${wrong}\n  ${answer.body.toString().slice(0, 300)}`,
        sent,
      )
  } catch (error) {
    tally.add(door.app, generated, 0)
    tally.wrong(door.app, generated, `${operation.id}: ${String(error)}`, sent)
  }
}

/** No identity provider is configured here, and what only one could answer says so. */
function lacksProvider({ status, body }: Answer): boolean {
  return status === 503 && body.includes('"code":"identity_provider_unavailable"')
}

/** The one 5xx that is no fault: the document says that nothing was done, and to send it again. */
function isTryAgain({ status, body }: Answer): boolean {
  return status === 503 && body.includes('"code":"try_again"')
}

/** The first invoice that is drawn takes seconds on a machine that is busy with other tests, and being slow is not what is looked for here. */
const patience = { REQUEST_MS_MAX: '60000' }

const none: Figures = { heapBytes: 0, rssBytes: 0, delayP99Ms: 0, delayMaxMs: 0 }

async function openGateway({ urls, people, sandbox }: Knock): Promise<Door> {
  return {
    app: 'gateway',
    file: 'openapi.json',
    server: await startServer('gateway', {
      ...patience,
      DATABASE_URL: urls.gateway,
      // Most of what is hostile has no valid key, and all of it comes from here.
      KEYLESS_BURST_MAX: '1000000',
      KEYLESS_PER_SECOND_MAX: '1000000',
      DROPLOCK_WEBHOOK_SECRET_KEY: 'a key of the secrets of these endpoints',
      ...sandbox,
    }),
    check: answersOf('openapi.json'),
    headersOf: async (generated) => keyOf(generated, people),
    onAnswer: () => undefined,
    figures: { start: none, warm: none, end: none },
  }
}

async function openConsoleApi({ ctx, urls, people }: Knock): Promise<Door> {
  const server = await startServer('console-api', {
    ...patience,
    DATABASE_URL: urls.console_api,
    UPLOAD_BYTES_MAX: uploadBytesMax,
  })
  const sessions = new Map<string, Promise<Session>>()
  const sessionOfRole = (role: string): Promise<Session> => {
    const open = sessions.get(role) ?? openSession(ctx, people.staff[role] ?? '')
    sessions.set(role, open)
    return open
  }
  return {
    app: 'console-api',
    file: 'console-openapi.json',
    server,
    check: answersOf('console-openapi.json'),
    headersOf: async (generated) => sessionOf(generated, await sessionOfRole(roleOf(generated))),
    onAnswer: async (generated, { status }) => {
      const { id } = generated.operation
      // Whoever signed out, gets another.
      if (id === 'signOut' && status === 204) sessions.delete(roleOf(generated))
      // The keys of a suspended account are refused, and the gateway would say nothing else any more.
      if (id === 'suspendAccount' && status === 200)
        await ctx.db
          .updateTable('account')
          .set({ disabled_at: null })
          .where('closed_at', 'is', null)
          .execute()
    },
    figures: { start: none, warm: none, end: none },
  }
}

class Tally {
  readonly #statuses = new Map<string, Map<number, number>>()
  readonly #wrong = new Map<string, string>()
  #wrongTotal = 0
  readonly #cells = new Map<string, { fault: string; step: string; runs: number; violations: string[] }>()
  #asked = 0
  #again = 0
  #askedValid = 0
  #taken = 0

  add(app: Door['app'], generated: Generated, status: number): void {
    const { operation, intent } = generated
    this.#asked += 1
    this.#cell(app, generated).runs += 1
    const isTaken = status >= 200 && status < 300
    if (intent === 'valid') this.#askedValid += 1
    if (intent === 'valid' && isTaken) this.#taken += 1
    const statuses = this.#statuses.get(operation.id) ?? new Map<number, number>()
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    this.#statuses.set(operation.id, statuses)
  }

  again(): void {
    this.#again += 1
  }

  /** One of each kind is kept. */
  wrong(app: Door['app'], generated: Generated, what: string, sent: Sent): void {
    this.#wrongTotal += 1
    this.#cell(app, generated).violations.push(what)
    const kind = what.replaceAll(/[0-9a-f-]{36}|\d+/g, '#').slice(0, 120)
    if (this.#wrong.size < wrongToldMax && !this.#wrong.has(kind))
      this.#wrong.set(kind, `${what}\n  ${curls(sent)}`)
  }

  #cell(app: Door['app'], { intent }: Generated) {
    const key = `${app} ${intent}`
    const cell = this.#cells.get(key) ?? { fault: `${intent} requests`, step: app, runs: 0, violations: [] }
    this.#cells.set(key, cell)
    return cell
  }

  report({ seed }: Knock, doors: readonly Door[]): Report {
    const figures = doors.map(({ app, figures: each }) => ({ app, ...each }))
    const ids = doors.flatMap(({ file }) => operationsOf(file).map(({ id }) => id))
    const untaken = ids.filter(
      (id) => ![...(this.#statuses.get(id)?.keys() ?? [])].some((status) => status >= 200 && status < 300),
    )
    const lines = [
      `seed ${seed}: ${this.#asked} requests, ${this.#taken} of ${this.#askedValid} valid ones taken, ${this.#again} sent again (try_again), ${this.#wrongTotal} wrong`,
      ...figures.flatMap(({ app, start, warm, end }) =>
        Object.entries({ start, warm, end }).map(
          ([when, { heapBytes, rssBytes, delayP99Ms, delayMaxMs }]) =>
            `${app.padEnd(12)} ${when.padEnd(6)} heap ${megabytes(heapBytes)} MB  rss ${megabytes(rssBytes)} MB  event loop p99 ${delayP99Ms.toFixed(1)} ms, longest ${delayMaxMs.toFixed(0)} ms`,
        ),
      ),
      ...[...this.#statuses]
        .toSorted()
        .map(([id, statuses]) => `  ${id.padEnd(26)} ${statusesText(statuses)}`),
      `never taken: ${untaken.join(', ')}`,
      ...doors.flatMap(({ server }) => server.errors().map((line) => line.slice(0, errorCharactersMax))),
    ]
    return {
      wrong: [...this.#wrong.values()],
      asked: this.#asked,
      cells: [...this.#cells.values()],
      askedValid: this.#askedValid,
      taken: this.#taken,
      figures,
      text: lines.join('\n'),
    }
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1).padStart(7)
}

function statusesText(statuses: ReadonlyMap<number, number>): string {
  return [...statuses]
    .toSorted(([a], [b]) => a - b)
    .map(([status, count]) => `${status}×${count}`)
    .join(' ')
}
