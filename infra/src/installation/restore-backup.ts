import { once } from 'node:events'
import { createServer } from 'node:http'
import { totpCode, totpSecretOf } from '@droplock/passwords/totp'
import { secretKeySettings } from '@droplock/rules/secret-keys'
import { type Client, createClient, ProblemError } from '@droplock/sdk/client'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { type Apps, superviseApps } from '../environment/apps.ts'
import type { Output } from '../launch/output.ts'
import { waitUntil } from '../processes/wait-until.ts'
import { signIn } from './console-client.ts'
import { appSpecs, urlOf } from './places.ts'
import type { Run } from './run.ts'
import { adminOf } from './run-admin-command.ts'
import { type Installation, makeLogins } from './set-up.ts'

const SET_MS_MAX = 30_000
const NOTICED_MS_MAX = 30_000

/** What was made by keys of the settings before the backup, as those have it who use it. */
export type MadeByKeys = {
  /** Of the telephone of the person with a second factor. */
  readonly phone: Uint8Array
  readonly apiKey: string
  readonly endpoint: { readonly id: string; readonly secret: string }
  /** Whether the endpoint has got a webhook that its secret verifies. */
  readonly isVerified: () => boolean
  /** The request of an auth code that is set and not shown. */
  readonly codeRequest: string
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** A code of the next half minute, which is accepted too: that of this one may be used. */
const STEP_MS = 30_000

/** A person sets up a second factor; a reseller makes a webhook endpoint, and requests the auth code of the name that was caught. */
export async function makeByKeys(
  { places, admin, tally, stop }: Run,
  installation: Installation,
): Promise<MadeByKeys> {
  const { approver, resellerId } = installation
  const person = await signIn(urlOf(places.consoles[0]), approver.email, approver.password)
  const { key } = z.object({ key: z.string() }).parse(await person.change('/api/me/second-factor'))
  const phone = totpSecretOf(key)
  const confirmed = await person.post('/api/me/second-factor/confirm', { code: totpCode(phone, new Date()) })
  // That of the shop is revoked in between.
  const issued = await admin.done('key', 'issue', resellerId, '--label', 'second shop')
  const apiKey = z.object({ key: z.string() }).parse(issued).key
  const gateway = createClient({ baseUrl: urlOf(places.gateways[0]), apiKey })
  const hook = await startHook()
  const endpoint = await gateway.post('/v1/webhook-endpoints', {
    body: { url: hook.url, topics: ['backorder.secured'] },
  })
  const { id, secret = '' } = endpoint
  const { items } = await gateway.get('/v1/registrations')
  const [registration] = items
  if (registration === undefined) throw new Error('the reseller has no registration')
  const path = { id: registration.id }
  const { id: codeRequest } = await gateway.post('/v1/registrations/{id}/auth-code', { params: { path } })
  await waitUntil('the auth code is set', SET_MS_MAX, stop, async () => {
    const request = await gateway.get('/v1/registration-requests/{id}', {
      params: { path: { id: codeRequest } },
    })
    return request.state === 'succeeded'
  })
  tally.check(
    'a second factor, a webhook endpoint and an auth code are made by keys of the settings',
    confirmed < 300,
  )
  const isVerified = () => hook.isVerified(secret)
  return {
    phone,
    apiKey,
    endpoint: { id, secret },
    isVerified,
    codeRequest,
    [Symbol.asyncDispose]: hook.close,
  }
}

type Restored = {
  readonly run: Run
  readonly installation: Installation
  readonly made: MadeByKeys
  /** Of the database that was restored. */
  readonly databaseUrl: string
  readonly output: Output
}

/** Runs the apps on a database that was restored, first without the keys of the settings and then with them. */
export async function restoreBackup({
  run,
  installation,
  made,
  databaseUrl,
  output,
}: Restored): Promise<void> {
  const admin = adminOf(databaseUrl)
  const urls = await makeLogins({ ...run, admin }, 'restored')
  const listed = z
    .array(z.object({ setting: z.string() }))
    .parse(await admin.done('secrets', 'list'))
    .map(({ setting }) => setting)
  run.tally.check('a command says which keys a database needs', isSame(listed, secretKeySettings))
  const start = async (keys: Run['places']['keys'], check: (apps: Apps) => Promise<void>) => {
    const apps = superviseApps(output, run.stop)
    try {
      await apps.start(appSpecs({ ...run.places, keys }, urls))
      await Promise.race([check(apps), apps.failed])
    } finally {
      await apps.stop()
    }
  }
  await start({}, () => withoutKeys(run, installation, made))
  await start(run.places.keys, () => withKeys(run, installation, made))
}

async function withoutKeys(run: Run, installation: Installation, made: MadeByKeys): Promise<void> {
  const { tally, stop } = run
  await waitUntil('the keys are missed', NOTICED_MS_MAX, stop, async () =>
    isSame(await missingKeys(run, installation), secretKeySettings),
  )
  tally.check('restored without its settings, an alarm names each setting whose key is missing', true)
  tally.check('nobody signs in by a code then', (await signInByCode(run, installation, made)).includes('401'))
  tally.check('and no auth code is shown or lost', (await showCode(run, made)) === 'auth_code_unavailable')
}

async function withKeys(run: Run, installation: Installation, made: MadeByKeys): Promise<void> {
  const { tally, stop } = run
  await waitUntil('no key is missed', NOTICED_MS_MAX, stop, async () =>
    isSame(await missingKeys(run, installation), []),
  )
  tally.check('with its settings no key is missing', true)
  tally.check(
    'a person signs in by a code of the same telephone',
    (await signInByCode(run, installation, made)) === '',
  )
  tally.check('an auth code that was set before is shown', (await showCode(run, made)).length > 8)
  const path = { id: made.endpoint.id }
  await gatewayOf(run, made).post('/v1/webhook-endpoints/{id}/test', { params: { path } })
  await waitUntil('a webhook that its secret verifies', NOTICED_MS_MAX, stop, async () => made.isVerified())
  tally.check('a webhook verifies with the secret of its endpoint', true)
}

const gatewayOf = ({ places }: Run, { apiKey }: MadeByKeys): Client =>
  createClient({ baseUrl: urlOf(places.gateways[0]), apiKey })

const alarmsSchema = z.object({ items: z.array(z.object({ subject: z.string() })) })

async function missingKeys({ places }: Run, { first }: Installation): Promise<readonly string[]> {
  const url = urlOf(places.consoles[0])
  const ada = await signIn(url, first.email, first.password)
  const answer = await ada.get(url, '/api/alarms?kind=secret_key_missing')
  return alarmsSchema.parse(await answer.json()).items.map(({ subject }) => subject)
}

/** Why it was refused; empty where it was not. */
async function signInByCode(
  { places }: Run,
  { approver }: Installation,
  { phone }: MadeByKeys,
): Promise<string> {
  const code = totpCode(phone, new Date(Date.now() + STEP_MS))
  return signIn(urlOf(places.consoles[0]), approver.email, approver.password, code).then(
    () => '',
    (error: unknown) => String(error),
  )
}

/** The code, or why it was refused. */
async function showCode(run: Run, made: MadeByKeys): Promise<string> {
  try {
    const path = { id: made.codeRequest }
    const { auth_code: code } = await gatewayOf(run, made).post('/v1/registration-requests/{id}/auth-code', {
      params: { path },
    })
    return code
  } catch (error) {
    if (error instanceof ProblemError) return error.code ?? String(error.status)
    throw error
  }
}

const isSame = (some: readonly string[], others: readonly string[]) =>
  some.toSorted().join() === others.toSorted().join()

/** The endpoint of a reseller. */
async function startHook() {
  const received: { readonly headers: Record<string, string>; readonly body: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part
    })
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body })
      response.writeHead(204).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const isSigned = (secret: string) => (one: (typeof received)[number]) => {
    try {
      return new Webhook(secret).verify(one.body, one.headers) !== undefined
    } catch {
      return false
    }
  }
  return {
    url: `http://127.0.0.1:${port}/`,
    isVerified: (secret: string) => received.some(isSigned(secret)),
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
