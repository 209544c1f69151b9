import { expect, test } from 'vitest'
import { refusalIn } from './support/browser.ts'
import { freshAddress, givenPerson, newPerson, password, useWorld } from './support/world.ts'

const world = useWorld()

const signUpWith = (chosen: string) => {
  const { email, source } = freshAddress()
  return world.browser(source).post('/auth/sign-up/email', newPerson(email, { password: chosen }))
}

test.each([
  ['eleven', 'k7 vq2 mzp4', 422],
  ['twelve', 'k7 vq2 mzp4x', 204],
  ['128', `${'k7vq2mzp4xw9 '.repeat(9)}tail-of-it!`, 204],
  ['129', `${'k7vq2mzp4xw9 '.repeat(9)}tail-of-it!!`, 422],
])('a password has twelve to 128 characters, of any kind: %s', async (_, chosen, status) => {
  expect((await signUpWith(chosen)).status).toBe(status)
})

test.each([
  '1qaz2wsx3edc',
  'Administrator',
  'passwordpassword',
  'aaaaaaaaaaaaaa',
  '１２３４５６１２３４５６',
])('a password that is among the most used is refused, wherever it is chosen: %s', async (common) => {
  expect(await refusalIn(await signUpWith(common))).toEqual([422, 'password_too_common'])
  const { browser, email } = await givenPerson(world)
  const change = { currentPassword: password, newPassword: common }
  expect(await refusalIn(await browser.post('/auth/change-password', change))).toEqual([
    422,
    'password_too_common',
  ])
  await browser.post('/auth/request-password-reset', { email })
  const token = new URL(await world.linkTo(email, /Choose/)).pathname.split('/').at(-1)
  const reset = await browser.post('/auth/reset-password', { token, newPassword: common })
  expect(await refusalIn(reset)).toEqual([422, 'password_too_common'])
})

test('every character of a password counts, the last of 128 too', async () => {
  const { browser, email } = await givenPerson(world)
  const long = 'w9 k7vq2mzp4'.repeat(11).slice(0, 127)
  const change = { currentPassword: password, newPassword: `${long}a` }
  expect((await browser.post('/auth/change-password', change)).status).toBe(204)
  const signIn = (last: string) =>
    world.browser(freshAddress().source).post('/auth/sign-in/email', { email, password: `${long}${last}` })
  expect([(await signIn('b')).status, (await signIn('a')).status]).toEqual([401, 204])
})

test('a password may be chosen again: none is remembered', async () => {
  const { browser } = await givenPerson(world)
  const other = 'another long password'
  for (const [currentPassword, newPassword] of [
    [password, other],
    [other, password],
    [password, other],
  ])
    expect((await browser.post('/auth/change-password', { currentPassword, newPassword })).status).toBe(204)
})

test('a changed password is notified of by mail, whether it was changed or chosen anew by a link', async () => {
  const { browser, email } = await givenPerson(world)
  const changed = /Your password was changed/
  expect(await world.mailTo(email, changed)).toBeUndefined()
  const newPassword = 'another long password'
  await browser.post('/auth/change-password', { currentPassword: 'not this one', newPassword })
  expect(await world.mailTo(email, changed)).toBeUndefined()
  await browser.post('/auth/change-password', { currentPassword: password, newPassword })
  expect(await world.mailTo(email, changed)).toContain('http://market.test/en/reset-password')
  const before = await world.mailsTo(email)
  await browser.post('/auth/request-password-reset', { email })
  const token = new URL(await world.linkTo(email, /Choose/)).pathname.split('/').at(-1)
  await browser.post('/auth/reset-password', { token, newPassword: password })
  expect(await world.mailsTo(email)).toBe(before + 2)
  expect(await world.mailTo(email)).toContain('choose another one at once')
})
