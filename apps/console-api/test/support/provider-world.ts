import { ProviderQuestion } from '@droplock/contracts/console/provider-sign-in'
import { Session } from '@droplock/contracts/console/session'
import { createLogger } from '@droplock/observability/logger'
import { afterAll, expect } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openIdentityProvider } from '../../src/identity-provider/identity-provider.ts'
import { providerOf } from '../../src/identity-provider/settings.ts'
import { type StandIn, startIdentityProvider } from './identity-provider.ts'
import { expectBody } from './problem.ts'
import { type AtProvider, type Browser, openProviderBrowser } from './provider-browser.ts'
import { useWorld } from './world.ts'

export const ORIGIN = 'http://127.0.0.1:8081'
const logger = createLogger({ app: 'console-api', level: 'silent', pretty: false })

let standIn: StandIn | undefined
export const providers = () => {
  if (standIn === undefined) throw new Error('the provider is started with the world')
  return standIn
}

/** The provider of these settings, as the app opens it. */
export function openBy(env: Readonly<Record<string, string>>) {
  const needed = {
    DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
    PUBLIC_ORIGIN: ORIGIN,
    DROPLOCK_PUBLICATION: 'at_once',
    DROPLOCK_STAFF_SECRET_KEY: 'a key of tests that everybody may know',
  }
  const settings = providerOf(readConfig({ ...needed, ...env }), ORIGIN)
  if (settings === undefined) throw new Error('the settings have a provider')
  return openIdentityProvider(settings, logger)
}

/** The operators' API with a provider, made once for the file. */
export const world = useWorld({ publicOrigin: ORIGIN }, async () => {
  standIn = await startIdentityProvider(`${ORIGIN}/api/session/provider/callback`)
  return { provider: openBy(standIn.env) }
})
afterAll(() => standIn?.[Symbol.asyncDispose]())

let subjects = 0
/** A person at the provider whom the console may not know yet. */
export function givenSubject(
  groups: readonly string[],
  also: { email?: string; email_verified?: boolean } = {},
) {
  const subject = `subject-${(subjects += 1)}`
  const person = { email: `${subject}@example.test`, name: `Name of ${subject}`, groups, ...also }
  providers().people.set(subject, person)
  return { subject, ...person }
}

type Asked = { readonly browser: Browser; readonly path?: string; readonly window?: boolean }

export async function ask({
  browser,
  path = '/api/session/provider',
  window = false,
}: Asked): Promise<string> {
  const response = await browser.send({ method: 'POST', path, body: { window } })
  return (await expectBody(response, 200, ProviderQuestion)).url
}

/** The provider's answer at the console: where it sends the browser. */
export async function bring(browser: Browser, answer: string): Promise<string> {
  const { pathname, search } = new URL(answer)
  const response = await browser.send({ path: `${pathname}${search}` }, true)
  expect(response.status).toBe(303)
  return response.headers.get('Location') ?? ''
}

export const newBrowser = () => openProviderBrowser((each) => world.send(each))

/** A whole sign-in in a fresh browser, or in this one. Returns the page on which it ends. */
export async function signInBy(how: AtProvider, browser = newBrowser()) {
  const page = await bring(browser, await browser.signInAt(await ask({ browser }), how))
  const session = async () => expectBody(await browser.send({ path: '/api/session' }), 200, Session)
  return { browser, page, session }
}
