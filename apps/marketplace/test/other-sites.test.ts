import { expect, test } from 'vitest'
import { refusalIn } from './support/browser.ts'
import { freshAddress, givenPerson, memberOf, newPerson, password, useWorld } from './support/world.ts'

const world = useWorld()

const changes = [
  ['POST', '/auth/sign-up/email'],
  ['POST', '/auth/sign-in/email'],
  ['POST', '/auth/sign-out'],
  ['POST', '/auth/change-password'],
  ['POST', '/auth/change-email'],
  ['POST', '/auth/request-password-reset'],
  ['POST', '/people/all'],
  ['POST', '/people/me/terms'],
  ['POST', '/people/me/erase'],
  ['POST', '/people/account/close'],
  ['DELETE', '/people/me/sessions'],
  ['POST', '/api/v1/backorders'],
  ['DELETE', '/api/v1/webhook-endpoints/x'],
  ['PUT', '/api/v1/billing-profile'],
] as const

test.each(changes)(
  '%s %s from another site, or from nowhere, is refused before anything is done',
  async (method, path) => {
    const { browser } = await givenPerson(world)
    for (const origin of [
      'https://evil.test',
      'null',
      'http://market.test.evil.test',
      'https://market.test',
      null,
    ]) {
      const answer = await browser.send({ method, path, body: {}, origin })
      expect([origin, ...(await refusalIn(answer))]).toEqual([origin, 403, 'csrf_token_invalid'])
    }
    expect((await browser.get('/api/v1/balance')).status).toBe(200)
  },
)

test('a form of another site signs nobody in: a sign-in takes JSON alone', async () => {
  const { browser, email } = await givenPerson(world)
  await browser.post('/auth/sign-out')
  const answer = await browser.send({
    method: 'POST',
    path: '/auth/sign-in/email',
    body: { email, password },
    headers: { 'Content-Type': 'text/plain' },
  })
  expect(await refusalIn(answer)).toEqual([415, 'unsupported_media_type'])
})

const elsewhere = [
  'https://evil.test/',
  '//evil.test/en/names',
  '/\\evil.test',
  '/en/\\evil.test',
  '/%2Fevil.test',
  '/en//evil.test',
  'javascript:alert(1)',
  'http://market.test@evil.test/',
  '/de/names',
]

test.each(elsewhere)('no answer and no mail leads to %s', async (callbackURL) => {
  const { email, source } = freshAddress()
  const browser = world.browser(source)
  const refused = await browser.post('/auth/sign-up/email', newPerson(email, { callbackURL }))
  expect(refused.status).toBe(422)
  const reset = await browser.post('/auth/request-password-reset', { email, redirectTo: callbackURL })
  expect(reset.status).toBe(422)
  // Of a link that was sent, whoever has it can change the rest.
  await browser.post('/auth/sign-up/email', newPerson(email))
  const link = new URL(await world.linkTo(email))
  link.searchParams.set('callbackURL', callbackURL)
  expect(await browser.open(link.href)).toMatch(/^\/en\/sign-in(\?|$)/)
  expect((await memberOf(world, email)).email_verified).toBe(true)
  const made = `http://market.test/auth/reset-password/made-up?callbackURL=${encodeURIComponent(callbackURL)}`
  expect(await browser.open(made)).toMatch(/(^|market\.test)\/en\/sign-in\?error=/)
})

test('no cache and no history keeps a page or an answer of a person', async () => {
  const { browser } = await givenPerson(world)
  for (const path of ['/en/names', '/people/all', '/api/v1/balance'])
    expect([path, (await browser.get(path)).headers.get('Cache-Control')]).toEqual([
      path,
      expect.stringContaining('no-store'),
    ])
})
