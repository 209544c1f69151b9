import { expect, test } from 'vitest'
import { openProvider, ProviderRefused, type ProviderSettings } from '../src/open-provider.ts'

const none = { secretKey: undefined, webhookSecret: undefined }
const sandbox = { url: 'http://127.0.0.1:7780', apiKey: 'hush-api', webhookSecret: 'hush-hook' }
const stripe = { secretKey: 'sk_live_hush', webhookSecret: 'whsec_hush' }
const settings: ProviderSettings = {
  database: 'test',
  embedded: false,
  demo: false,
  cards: true,
  stripe: none,
  sandbox,
}
const noAccounts = { real: 0, simulated: 0 }
const notConfigured = { url: undefined, apiKey: undefined, webhookSecret: undefined }

test('a test database uses the sandbox, even with live keys; a live one with live keys uses Stripe', () => {
  expect(openProvider({ ...settings, stripe }, noAccounts)?.name).toBe('sandbox')
  expect(openProvider({ ...settings, stripe, database: 'live' }, { real: 1, simulated: 0 })?.name).toBe(
    'stripe',
  )
})

test('a live service that is set to take no cards has no provider', () => {
  const without: ProviderSettings = { ...settings, database: 'live', cards: false }
  expect(openProvider(without, { real: 1, simulated: 0 })).toBeUndefined()
  expect(() => openProvider({ ...without, stripe }, { real: 1, simulated: 0 })).toThrow(ProviderRefused)
})

test('where the sandbox would be used and is not configured, there is no provider', () => {
  expect(openProvider({ ...settings, sandbox: notConfigured }, noAccounts)).toBeUndefined()
})

test.each<[string, Partial<ProviderSettings>, Parameters<typeof openProvider>[1]]>([
  ['a real registry account without keys', { database: 'live', embedded: true }, { real: 1, simulated: 0 }],
  [
    'live keys beside a simulated registry',
    { database: 'live', embedded: true, stripe },
    { real: 0, simulated: 1 },
  ],
  ['a real registry account in a test database', {}, { real: 1, simulated: 0 }],
  ['half of the keys', { database: 'live', stripe: { ...stripe, webhookSecret: undefined } }, noAccounts],
  [
    'a publishable key of the other mode',
    { database: 'live', stripe: { ...stripe, publishableKey: 'pk_test_hush' } },
    noAccounts,
  ],
  ['a part of the sandbox', { sandbox: { ...sandbox, apiKey: undefined } }, noAccounts],
])('%s is refused in one line that shows no secret', (_, changed, accounts) => {
  const open = () => openProvider({ ...settings, ...changed }, accounts)
  expect(open).toThrow(ProviderRefused)
  expect(open).toThrow(/^payments: [^\n]+$/)
  expect(open).not.toThrow(/hush/)
})
