import { expect, test } from 'vitest'
import { givenPerson, newPerson, password, useWorld } from './support/world.ts'

const world = useWorld({ origin: 'https://market.test' })

test('with https every cookie is bound to the host, and is never sent unencrypted', async () => {
  const { browser, email } = await givenPerson(world)
  await browser.post('/auth/sign-in/email', { email, password })
  await browser.post('/auth/sign-up/email', newPerson('somebody@example.test'))
  expect([...browser.attributes.keys()].toSorted()).toEqual([
    '__Host-droplock.known',
    '__Host-droplock.session_token',
    '__Host-droplock.signing_up',
  ])
  for (const cookie of browser.attributes.values()) {
    expect(cookie).toMatch(/; Secure/i)
    expect(cookie).toMatch(/; HttpOnly/i)
    expect(cookie).toMatch(/; SameSite=Lax/i)
    expect(cookie).toMatch(/; Path=\/(;|$)/i)
    expect(cookie).not.toMatch(/; Domain/i)
  }
})

test('a session whose cookie has not the name that browsers guard is nobody', async () => {
  const { browser } = await givenPerson(world)
  const value = browser.cookies.get('__Host-droplock.session_token') ?? ''
  browser.cookies.clear()
  browser.cookies.set('droplock.session_token', value)
  expect((await browser.get('/api/v1/balance')).status).toBe(401)
})
