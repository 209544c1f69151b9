import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { topUp } from '@droplock/core/accounts/top-up'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Environment, startEnvironment } from '../../src/environment/environment.ts'
import type { PlannedRegistry } from '../../src/environment/specs.ts'
import { openDrops } from '../../src/marketplace/drop.ts'
import { linkTo } from '../../src/marketplace/people.ts'
import { repositoryRoot } from '../../src/paths.ts'
import { caught, joined, password } from './people.ts'

/** Exported for its module, which declares what the test run provides. */
export type { Template } from '@droplock/core/testing/template'

const registry: PlannedRegistry = {
  id: 'live',
  zones: ['live'],
  sessionsMax: 4,
  commandsPerSecondMax: 60,
  timing: { cutoffLeadSeconds: 4, dropLastsSeconds: 2, earlySeconds: 0, lateSeconds: 20, graceSeconds: 8 },
  quarantine: { suspectedPercentMax: 100, movedPercentMax: 100, rowsPercentMin: 0, rejectsPercentMax: 100 },
}

const lines: string[] = []
let environment: Environment
beforeAll(async () => {
  // What is written in operation, and more.
  const app = { DROPLOCK_LOG_LEVEL: 'debug' }
  environment = await startEnvironment(
    {
      name: 'erasure',
      firstPort: 19_400,
      registries: [registry],
      apps: {
        'registry-sim': {},
        payments: {},
        mail: {},
        gateway: app,
        marketplace: app,
        worker: app,
        catcher: app,
        'console-api': app,
      },
    },
    { line: (name, text) => lines.push(`${name} ${text}`), say: () => undefined },
    new AbortController().signal,
  )
}, 120_000)
afterAll(() => environment[Symbol.asyncDispose]())

/** Whom the story is about. Each word stands nowhere else. */
const owner = { name: 'Zephyrine Quastelmann', email: 'zephyrine@quastelmann.example' }
const colleague = { name: 'Tobias Wexcombery', email: 'tobias@wexcombery.example' }
const contactOf = (name: string, street: string, voice: string) => ({
  int: { name, street: [street], city: 'Dublin', postal_code: 'D02', country: 'IE' },
  voice,
  email: `${name.split(' ')[1]?.toLowerCase()}@contacts.example`,
})
const billing = {
  legal_name: 'Vantongerloo Ltd',
  address: ['5 Larkspurside'],
  country: 'IE',
  email: 'books@vantongerloo.example',
}

/** What is looked for, by what it is of. */
const marks = {
  owner: ['quastelmann', 'zephyrine'],
  colleague: ['wexcombery', 'tobias'],
  'deleted contact': ['ottilieson', 'marigoldway', '176543210'],
  'contact of a registered name': ['brandreth', 'foxglovelane', '298765432'],
  'billing profile': ['vantongerloo', 'larkspurside'],
} as const
type Subject = keyof typeof marks
const subjects = Object.keys(marks) as readonly Subject[]

const NAME = 'foxes.live'
const Priced = z.object({ price: z.object({ amount_minor: z.number() }) })

/** The processes whose log is searched. */
const logging = ['registry-sim', 'gateway', 'marketplace', 'worker', 'catcher', 'console-api']

/** Where a mark stands in the database, as `table.column`, and in the log of which app. */
async function findMarks(subject: Subject): Promise<readonly string[]> {
  const client = new Client({ connectionString: environment.databaseUrl })
  await client.connect()
  const { rows: columns } = await client.query<{ schema: string; table: string; column: string }>(
    `select table_schema as schema, table_name as table, column_name as column from information_schema.columns
       join information_schema.tables using (table_schema, table_name)
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
       and data_type <> 'bytea'`,
  )
  const found: string[] = []
  for (const { schema, table, column } of columns) {
    const { rows } = await client.query(
      `select 1 from ${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)}
       where lower(${client.escapeIdentifier(column)}::text) like any ($1) limit 1`,
      [marks[subject].map((mark) => `%${mark}%`)],
    )
    if (rows.length > 0) found.push(`${table}.${column}`)
  }
  await client.end()
  const logged = lines.filter((line) => marks[subject].some((mark) => line.toLowerCase().includes(mark)))
  return [...found, ...new Set(logged.map((line) => `log of ${line.split(' ', 1)[0]}`))].toSorted()
}

/** What the documentation says stays of whom, with the reason: the lines `| subject | places | reason |` of its table. */
function documented(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(join(repositoryRoot, 'docs/security/personal-data.md'), 'utf8')
  const [, table = ''] = text.split('## What stays after erasure')
  return new Map(
    [...table.matchAll(/^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$/gm)].map(([, subject = '', places = '']) => [
      subject,
      [...places.matchAll(/`([^`]+)`/g)].map(([, place = '']) => place).toSorted(),
    ]),
  )
}

const Id = z.object({ id: z.string() })
const post = (body: object) => ({ method: 'POST', body })

/** Two people use everything that asks who they are; one of their names is caught. */
async function leaveTraces() {
  const { ctx } = environment
  const drops = openDrops(environment)
  await drops.announce([NAME])
  const own = await joined(environment, owner)
  await own.send('/people/all', 201, post({ email: colleague.email, role: 'buyer' }))
  const invitation = new URL(await linkTo(environment, colleague.email, '/sign-up')).searchParams
  const other = await joined(environment, colleague, invitation.get('invitation') ?? '')
  const made = async (...contact: Parameters<typeof contactOf>) =>
    Id.parse(await own.send('/api/v1/contacts', 201, post(contactOf(...contact)))).id
  const unused = await made('Ottilie Ottilieson', '9 Marigoldway', '+353.176543210')
  const used = await made('Bram Brandreth', '3 Foxglovelane', '+353.298765432')
  const isNew = { 'If-None-Match': '*' }
  await own.send('/api/v1/billing-profile', 200, { method: 'PUT', body: billing, headers: isNew })
  const { account_id: accountId } = await ctx.db
    .selectFrom('member')
    .select('account_id')
    .where('email', '=', owner.email)
    .executeTakeFirstOrThrow()
  const { price } = Priced.parse(await own.send(`/api/v1/listings/${NAME}`, 200))
  const paid = { accountId: accountId ?? '', amountMinor: BigInt(price.amount_minor) }
  await topUp(ctx, { ...paid, receiptId: ctx.newId() })
  const order = await caught(own, { name: NAME, payment: 'balance', contact_id: used }, () =>
    drops.bringForward({ [NAME]: 'uncontested' }, 9_000),
  )
  await own.send(`/api/v1/backorders/${order}/invoice`, 201, post({}))
  // A link that nobody opens, a wrong password, an address that is to be changed, an invitation that nobody accepts.
  await other.send('/auth/request-password-reset', 204, post({ email: owner.email }))
  const wrong = { email: owner.email, password: 'a wrong one', callbackURL: '/en/names' }
  await other.send('/auth/sign-in/email', 401, post(wrong))
  const change = { newEmail: 'new@quastelmann.example', callbackURL: '/en/account' }
  await own.send('/auth/change-email', 204, post(change))
  await own.send('/people/all', 201, post({ email: 'third@quastelmann.example', role: 'viewer' }))
  return { own, other, unused }
}

test('who erases themselves, or closes their account, is in no table and no log of any process afterwards, but where the documentation says so', {
  timeout: 240_000,
}, async () => {
  const { own, other, unused } = await leaveTraces()
  // All of them are found as long as they are there: the search sees what it must see.
  for (const subject of subjects) expect([subject, await findMarks(subject)]).not.toEqual([subject, []])
  await own.send(`/api/v1/contacts/${unused}`, 204, { method: 'DELETE', headers: { 'If-Match': '*' } })
  await other.send('/people/me/erase', 204, post({ password }))
  await own.send('/people/account/close', 204, post({ password }))
  const found = new Map<string, readonly string[]>()
  for (const subject of subjects) found.set(subject, await findMarks(subject))
  const stays = documented()
  expect([...found]).toEqual(subjects.map((subject) => [subject, stays.get(subject) ?? []]))
  // Every process has written something that could have named somebody.
  expect(new Set(lines.map((line) => line.split(' ', 1)[0]))).toEqual(new Set(logging))
})
