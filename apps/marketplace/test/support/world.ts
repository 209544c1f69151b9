import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { topUp } from '@droplock/core/accounts/top-up'
import { asService, type Context } from '@droplock/core/context'
import type { AppUrls } from '@droplock/core/database/app-roles'
import { newId } from '@droplock/core/new-id'
import { defineRegistry } from '@droplock/core/registries/define'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { createLogger } from '@droplock/observability/logger'
import type { Mail, MailSender } from '@droplock/rules/ports/mail'
import { TERMS_VERSION } from '@droplock/rules/terms'
import { afterAll, beforeAll } from 'vitest'
import { z } from 'zod'
import { createApp } from '../../src/app.ts'
import type { Marketplace } from '../../src/marketplace.ts'
import { openAuth } from '../../src/server/auth.ts'
import { openAuthMails } from '../../src/server/auth-mails.ts'
import { openGateway } from '../../src/server/gateway.ts'
import { type Keys, keysFrom } from '../../src/server/keys.ts'
import type { Secrets } from '../../src/server/older-secrets.ts'
import { openStreams } from '../../src/server/streams.ts'
import { type Browser, openBrowser } from './browser.ts'

/** Exported for its module, which declares what the test run provides. */
export type { Template } from '@droplock/core/testing/template'

export const password = 'correct horse battery'
export const secret = 'a secret of the marketplace that all tests may know'

const gatewayFile = fileURLToPath(new URL('../../../gateway/src/main.ts', import.meta.url))

type Opened = {
  /** As the owner of the database. */
  readonly ctx: Context
  readonly app: Marketplace
  readonly appWith: (secrets: Secrets) => Marketplace
  readonly urls: AppUrls
  readonly mails: Mail[]
  readonly settled: () => Promise<void>
  readonly holdMails: () => () => void
  readonly keys: Keys
  readonly logged: () => readonly string[]
  /** The process of the gateway. */
  readonly gatewayUrl: string
}

export type World = {
  readonly ctx: Context
  readonly keys: Keys
  readonly gatewayUrl: string
  readonly logged: () => readonly string[]
  readonly browser: (source?: string) => Browser
  /** A browser with the cookies of another one, at a server that has other secrets. */
  readonly browserAt: (secrets: Secrets, of: Browser) => Browser
  readonly urls: AppUrls
  /** The text of the newest mail to an address whose subject matches; undefined where there is none. All that were asked for are sent. */
  readonly mailTo: (email: string, subject?: RegExp) => Promise<string | undefined>
  readonly mailsTo: (email: string) => Promise<number>
  /** The mail server accepts nothing until the function is called. */
  readonly holdMails: () => () => void
  readonly linkTo: (email: string, subject?: RegExp) => Promise<string>
}

/** The marketplace on a database of its own, with the rights of its role, in front of a gateway that runs as a process. */
export function useWorld({ origin = 'http://market.test' } = {}): World {
  const cleanup = new AsyncDisposableStack()
  let opened: Opened | undefined
  beforeAll(async () => {
    opened = await open(cleanup, origin)
  })
  afterAll(() => cleanup.disposeAsync())
  const world = (): Opened => {
    if (opened === undefined) throw new Error('the world is made before the first test, not before the file')
    return opened
  }
  const mailsTo = async (email: string, subject = /./) => {
    await world().settled()
    return world().mails.filter((mail) => mail.to === email && subject.test(mail.subject))
  }
  return {
    get ctx() {
      return world().ctx
    },
    get keys() {
      return world().keys
    },
    get gatewayUrl() {
      return world().gatewayUrl
    },
    logged: () => world().logged(),
    holdMails: () => world().holdMails(),
    get urls() {
      return world().urls
    },
    browser: (source) => openBrowser(world().app, origin, source),
    browserAt: (secrets, of) => {
      const browser = openBrowser(world().appWith(secrets), origin)
      for (const [name, value] of of.cookies) browser.cookies.set(name, value)
      return browser
    },
    mailTo: async (email, subject) => (await mailsTo(email, subject)).at(-1)?.text,
    mailsTo: async (email) => (await mailsTo(email)).length,
    linkTo: async (email, subject) => {
      const text = (await mailsTo(email, subject)).at(-1)?.text ?? ''
      const link = text.split('\n').find((line) => line.startsWith('http'))
      if (link === undefined) throw new Error(`no link to ${email} in: ${text}`)
      return link
    },
  }
}

async function open(cleanup: AsyncDisposableStack, origin: string): Promise<Opened> {
  const clone = await cloneDatabase()
  cleanup.defer(() => clone.drop())
  const ctx = { db: clone.db, newId }
  await defineRegistry(asService(ctx), registry)
  const gatewayUrl = await startGateway(cleanup, clone.urls.gateway)
  const lines: string[] = []
  const logger = createLogger({
    app: 'marketplace',
    level: 'info',
    pretty: false,
    destination: { write: (line) => void lines.push(line) },
  })
  const mails: Mail[] = []
  const gate = { opened: Promise.resolve() }
  const sender: MailSender = {
    send: async (mail) => {
      await gate.opened
      mails.push(mail)
      return { kind: 'sent' } as never
    },
    close: async () => {},
  }
  const own = { db: clone.openAs('marketplace'), newId }
  const authMails = openAuthMails({ ctx: own, sender, origin, logger })
  cleanup.defer(() => authMails.settled())
  const appWith = (secrets: Secrets) =>
    createApp({
      ctx: own,
      auth: openAuth({ ctx: own, origin, secrets, mails: authMails, logger }),
      mails: authMails,
      gateway: openGateway(gatewayUrl, 20_000),
      keys: keysFrom(secrets, 'test'),
      render: async ({ state }) => ({ status: 200, html: JSON.stringify(state) }),
      streams: openStreams(),
      logger,
      newRequestId: newId,
      measure: () => {},
      draining: () => false,
      settings: {
        origin,
        secrets,
        folder: '/nowhere',
        requestMsMax: 20_000,
        stripeKey: undefined,
        visitors: { burst: 10_000, perSecond: 1_000 },
        supportMail: undefined,
      },
    })
  const holdMails = () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    gate.opened = promise
    return resolve
  }
  const { settled } = authMails
  const app = appWith([secret])
  const keys = keysFrom([secret], 'test')
  const { urls } = clone
  return { ctx, app, appWith, urls, mails, settled, holdMails, keys, logged: () => lines, gatewayUrl }
}

async function startGateway(cleanup: AsyncDisposableStack, databaseUrl: string): Promise<string> {
  const env = { DATABASE_URL: databaseUrl, PORT: '0' }
  const child: ChildProcess = spawn(process.execPath, [gatewayFile], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  cleanup.defer(() => void child.kill('SIGKILL'))
  if (child.stdout === null) throw new Error('the gateway has no standard output')
  for await (const line of createInterface({ input: child.stdout }))
    if (line.includes('"listening"')) return z.object({ url: z.string() }).parse(JSON.parse(line)).url
  throw new Error('the gateway ended before it listened')
}

const registry = {
  id: 'test',
  profile: 'generic',
  accounts: [
    {
      id: 'test/droplock',
      clid: 'droplock',
      hosts: [{ host: '127.0.0.1', port: 7700 }],
      isSimulator: true,
      limits: { sessionsMax: 4, commandsPerSecondMax: 40 },
    },
  ],
  zones: [
    {
      name: 'test',
      standardFeeMinor: 800n,
      feeCurrency: 'USD',
      cutoffLeadSeconds: 60,
      dropTimeZone: 'UTC',
      dropStartsAt: '00:00',
      dropLastsSeconds: 60,
      earlySeconds: 0,
      lateSeconds: 60,
      graceSeconds: 60,
      prices: [{ tier: 'standard', currency: 'USD', amountMinor: 1_900n }],
      renewalPrices: [{ currency: 'USD', perYearMinor: 1_500n }],
    },
  ],
}

/** The body of a sign-up. */
export function newPerson(email: string, more: object = {}) {
  return {
    name: 'Ann Buyer',
    email,
    password,
    language: 'en',
    currency: 'USD',
    termsVersion: TERMS_VERSION,
    callbackURL: '/en/confirmed',
    ...more,
  }
}

let people = 0

/** An address that nobody has signed up with, and a source that nothing has come from. */
export function freshAddress(): { readonly email: string; readonly source: string } {
  people += 1
  return { email: `person-${people}@example.test`, source: `198.51.100.${people}` }
}

export type Person = {
  readonly email: string
  readonly browser: Browser
  readonly memberId: string
  readonly accountId: string
}

/** A person who has signed up, confirmed their address and is signed in. */
export async function givenPerson(world: World, more: object = {}): Promise<Person> {
  const { email, source } = freshAddress()
  return joined(world, world.browser(source), newPerson(email, more))
}

/** Signs up, opens the link and asks for a page. */
export async function joined(
  world: World,
  browser: Browser,
  body: ReturnType<typeof newPerson>,
): Promise<Person> {
  const { email } = body
  const answer = await browser.post('/auth/sign-up/email', body)
  if (!answer.ok) throw new Error(`sign-up: ${answer.status} ${await answer.text()}`)
  await browser.open(await world.linkTo(email, /Confirm/))
  const balance = await browser.get('/api/v1/balance')
  if (!balance.ok) throw new Error(`balance: ${balance.status} ${await balance.text()}`)
  const member = await memberOf(world, email)
  return { email, browser, memberId: member.id, accountId: member.account_id ?? '' }
}

/** Invites somebody who signs up by the link of the mail. */
export async function givenInvited(world: World, owner: Person, role: string): Promise<Person> {
  const { email, source } = freshAddress()
  await owner.browser.post('/people/all', { email, role })
  const link = new URL(await world.linkTo(email, /invited/))
  return joined(
    world,
    world.browser(source),
    newPerson(email, { invitation: link.searchParams.get('invitation') }),
  )
}

export async function memberOf({ ctx }: World, email: string) {
  return ctx.db.selectFrom('member').selectAll().where('email', '=', email).executeTakeFirstOrThrow()
}

export async function givenBalance({ ctx }: World, accountId: string, amountMinor: bigint): Promise<void> {
  await topUp(ctx, { accountId, amountMinor, receiptId: ctx.newId() })
}

/** The keys of a person's sessions that are not revoked. */
export async function keysOf({ ctx, keys }: World, memberId: string): Promise<readonly string[]> {
  const rows = await ctx.db
    .selectFrom('api_key')
    .innerJoin('member_session', 'member_session.id', 'api_key.session_id')
    .select('api_key.id')
    .where('member_id', '=', memberId)
    .where('revoked_at', 'is', null)
    .execute()
  return rows.map(({ id }) => keys.textOf(id))
}

/** How the gateway itself answers to a key. */
export async function statusOf({ gatewayUrl }: World, key: string): Promise<number> {
  const answer = await fetch(`${gatewayUrl}/v1/balance`, { headers: { Authorization: `Bearer ${key}` } })
  await answer.text()
  return answer.status
}
