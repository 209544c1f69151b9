import { expect, test } from 'vitest'
import { z } from 'zod'
import { countWaiting } from '../../../packages/core/test/support/waiting.ts'
import { untilAnswered } from '../../../packages/http/test/support/until-answered.ts'
import { refusalIn } from './support/browser.ts'
import {
  freshAddress,
  givenBalance,
  givenInvited,
  givenPerson,
  joined,
  keysOf,
  memberOf,
  newPerson,
  type Person,
  password,
  statusOf,
  useWorld,
} from './support/world.ts'

const world = useWorld()

const People = z.object({
  items: z.array(
    z.object({ id: z.string(), email: z.string(), role: z.string(), name: z.string().nullable() }),
  ),
})

async function peopleOf({ browser }: Person) {
  return People.parse(await (await browser.get('/people/all')).json()).items
}

test('who signs up by an invitation and confirms the address belongs to the account with its role, and may do no more', async () => {
  const owner = await givenPerson(world)
  const viewer = await givenInvited(world, owner, 'viewer')
  expect(viewer.accountId).toBe(owner.accountId)
  expect(await memberOf(world, viewer.email)).toMatchObject({ role: 'viewer' })
  expect((await peopleOf(owner)).map(({ role }) => role)).toEqual(['owner', 'viewer'])
  for (const [method, path, body] of [
    ['POST', '/people/all', { email: 'x@example.test', role: 'owner' }],
    ['POST', `/people/all/${viewer.memberId}/role`, { role: 'owner' }],
    ['DELETE', `/people/all/${owner.memberId}`, undefined],
    ['POST', '/people/account/close', { password }],
  ] as const)
    expect(await refusalIn(await viewer.browser.send({ method, path, body }))).toEqual([403, 'role_required'])
  const order = await viewer.browser.send({
    method: 'POST',
    path: '/api/v1/backorders',
    body: { name: 'a.test', payment: 'balance' },
    headers: { 'Idempotency-Key': world.ctx.newId() },
  })
  expect(await refusalIn(order)).toEqual([403, 'insufficient_scope'])
})

test('who is invited and signs up by themselves joins nobody: what they order there would be seen by who invited them', async () => {
  const stranger = await givenPerson(world)
  const { email, source } = freshAddress()
  await stranger.browser.post('/people/all', { email, role: 'owner' })
  const person = await joined(world, world.browser(source), newPerson(email))
  expect(person.accountId).not.toBe(stranger.accountId)
  expect((await peopleOf(person)).map((one) => one.email)).toEqual([email])
})

test('who finds their address signed up by who invited them, and chooses a password by the mail, joins nobody', async () => {
  const stranger = await givenPerson(world)
  const { email, source } = freshAddress()
  const invited = await stranger.browser.post('/people/all', { email, role: 'buyer' })
  const { id } = z.object({ id: z.string() }).parse(await invited.json())
  await stranger.browser.post('/auth/sign-up/email', newPerson(email, { invitation: id }))
  const browser = world.browser(source)
  await browser.post('/auth/request-password-reset', { email, redirectTo: '/en/reset-password' })
  const page = await browser.open(await world.linkTo(email, /new password/))
  const token = new URL(page, 'http://market.test').searchParams.get('token')
  await browser.post('/auth/reset-password', { token, newPassword: password })
  await browser.post('/auth/sign-in/email', { email, password })
  expect((await browser.get('/api/v1/balance')).status).toBe(200)
  expect((await memberOf(world, email)).account_id).not.toBe(stranger.accountId)
  expect((await peopleOf(stranger)).filter(({ name }) => name !== null)).toHaveLength(1)
})

test('an invitation is worth nothing with another address, once it was used, removed or has expired', async () => {
  const owner = await givenPerson(world)
  const invite = async (email: string) => {
    await owner.browser.post('/people/all', { email, role: 'owner' })
    return new URL(await world.linkTo(email, /invited/)).searchParams.get('invitation')
  }
  const join = async (email: string, source: string, invitation: string | null) =>
    (await joined(world, world.browser(source), newPerson(email, { invitation: invitation ?? undefined })))
      .accountId
  const [invited, thief, late, removed] = [freshAddress(), freshAddress(), freshAddress(), freshAddress()]
  const invitation = await invite(invited.email)
  expect(await join(thief.email, thief.source, invitation)).not.toBe(owner.accountId)
  const expired = await invite(late.email)
  await world.ctx.db
    .updateTable('member_invitation')
    .set({ expires_at: new Date() })
    .where('email', '=', late.email)
    .execute()
  expect(await join(late.email, late.source, expired)).not.toBe(owner.accountId)
  const gone = await invite(removed.email)
  expect((await owner.browser.send({ method: 'DELETE', path: `/people/all/${gone}` })).status).toBe(204)
  expect(await join(removed.email, removed.source, gone)).not.toBe(owner.accountId)
  expect(await join(invited.email, invited.source, invitation)).toBe(owner.accountId)
  expect(
    await world.ctx.db
      .selectFrom('member_invitation')
      .select('id')
      .where('id', '=', invitation ?? '')
      .execute(),
  ).toEqual([])
})

test('an account keeps an owner: the last one is not removed, not made buyer and not erased, by two at once neither', async () => {
  const owner = await givenPerson(world)
  const second = await givenInvited(world, owner, 'owner')
  const answers = await Promise.all([
    owner.browser.send({ method: 'DELETE', path: `/people/all/${second.memberId}` }),
    second.browser.send({ method: 'DELETE', path: `/people/all/${owner.memberId}` }),
  ])
  expect(answers.map(({ status }) => status).toSorted()[0]).toBe(204)
  const left = answers[0]?.status === 204 ? owner : second
  expect((await peopleOf(left)).map(({ role }) => role)).toEqual(['owner'])
  const { browser, memberId } = left
  expect(await refusalIn(await browser.post(`/people/all/${memberId}/role`, { role: 'buyer' }))).toEqual([
    409,
    'last_owner',
  ])
  expect(await refusalIn(await browser.send({ method: 'DELETE', path: `/people/all/${memberId}` }))).toEqual([
    409,
    'last_owner',
  ])
  expect(await refusalIn(await browser.post('/people/me/erase', { password }))).toEqual([409, 'last_owner'])
})

test('of two owners who leave at the same moment, one stays: erased or made buyer, however their requests meet', async () => {
  const ways = {
    erase: ({ browser }: Person) => browser.post('/people/me/erase', { password }),
    step_down: ({ browser, memberId }: Person) =>
      browser.post(`/people/all/${memberId}/role`, { role: 'buyer' }),
  }
  for (const [one, other] of [
    ['erase', 'erase'],
    ['step_down', 'step_down'],
    ['erase', 'step_down'],
  ] as const) {
    const owner = await givenPerson(world)
    const second = await givenInvited(world, owner, 'owner')
    // Each has seen the other as owner, and changed its own row, before either is committed.
    const answers = await world.ctx.db.transaction().execute(async (tx) => {
      await tx.selectFrom('audit_chain').select('seq').forUpdate().execute()
      const asked = Promise.all([
        untilAnswered(() => ways[one](owner)),
        untilAnswered(() => ways[other](second)),
      ])
      await expect.poll(() => countWaiting(world.ctx.db)).toBe(2)
      return { asked }
    })
    const statuses = (await answers.asked).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([204, 409])
    const left = await world.ctx.db
      .selectFrom('member')
      .select('role')
      .where('account_id', '=', owner.accountId)
      .where('role', '=', 'owner')
      .execute()
    expect(left).toHaveLength(1)
  }
})

test('people of another account are not found, whatever is done with them', async () => {
  const [one, other] = [await givenPerson(world), await givenPerson(world)]
  const path = `/people/all/${other.memberId}`
  expect(await refusalIn(await one.browser.post(`${path}/role`, { role: 'viewer' }))).toEqual([
    404,
    'member_not_found',
  ])
  expect(await refusalIn(await one.browser.send({ method: 'DELETE', path }))).toEqual([
    404,
    'member_not_found',
  ])
  expect(await memberOf(world, other.email)).toMatchObject({ role: 'owner', account_id: other.accountId })
})

test('a person is erased with their password alone: their name, address, sessions and links are gone, the account stays', async () => {
  const owner = await givenPerson(world)
  const person = await givenInvited(world, owner, 'buyer')
  const { email, browser, memberId } = person
  const [key = ''] = await keysOf(world, memberId)
  await browser.post('/auth/request-password-reset', { email })
  const page = await browser.open(await world.linkTo(email, /new password/))
  expect(await refusalIn(await browser.post('/people/me/erase', { password: 'a guess at it' }))).toEqual([
    401,
    'invalid_credentials',
  ])
  expect((await browser.post('/people/me/erase', { password })).status).toBe(204)
  await expect.poll(() => statusOf(world, key)).toBe(401)
  const row = await world.ctx.db
    .selectFrom('member')
    .selectAll()
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ name: 'Erased', account_id: null, role: null })
  expect(JSON.stringify(row)).not.toContain(email)
  const token = new URL(page, 'http://market.test').searchParams.get('token') ?? ''
  expect((await browser.post('/auth/reset-password', { token, newPassword: password })).status).toBe(410)
  expect((await browser.post('/auth/sign-in/email', { email, password })).status).toBe(401)
  expect((await peopleOf(owner)).map((one) => one.email)).toEqual([owner.email])
  // The address is free again.
  expect((await joined(world, world.browser('198.51.100.230'), newPerson(email))).accountId).not.toBe(
    owner.accountId,
  )
})

test('an account with money on its balance is not closed', async () => {
  const { browser, accountId } = await givenPerson(world)
  await givenBalance(world, accountId, 500n)
  const close = await browser.post('/people/account/close', { password })
  expect(await refusalIn(close)).toEqual([409, 'account_has_balance'])
  expect((await browser.get('/api/v1/balance')).status).toBe(200)
})

test('an empty account is closed by its owner with their password alone, and everybody in it is erased', async () => {
  const owner = await givenPerson(world)
  const buyer = await givenInvited(world, owner, 'buyer')
  const pending = freshAddress()
  await owner.browser.post('/people/all', { email: pending.email, role: 'buyer' })
  const close = (given = password) => owner.browser.post('/people/account/close', { password: given })
  expect(await refusalIn(await close('a guess at it'))).toEqual([401, 'invalid_credentials'])
  const keys = [...(await keysOf(world, owner.memberId)), ...(await keysOf(world, buyer.memberId))]
  expect((await close()).status).toBe(204)
  for (const key of keys) await expect.poll(() => statusOf(world, key)).toBe(401)
  for (const { browser, email } of [owner, buyer]) {
    expect((await browser.get('/people/all')).status).toBe(401)
    expect((await browser.post('/auth/sign-in/email', { email, password })).status).toBe(401)
  }
  const account = await world.ctx.db
    .selectFrom('account')
    .selectAll()
    .where('id', '=', owner.accountId)
    .executeTakeFirstOrThrow()
  expect(account).toMatchObject({ name: 'Closed account', closed_by: 'its owner' })
  expect(account.closed_at).not.toBeNull()
  const kept = await world.ctx.db.selectFrom('member').selectAll().execute()
  for (const text of [owner.email, buyer.email, pending.email])
    expect(JSON.stringify(kept)).not.toContain(text)
  expect(
    await world.ctx.db
      .selectFrom('member_invitation')
      .selectAll()
      .where('account_id', '=', owner.accountId)
      .execute(),
  ).toEqual([])
})

test('the audit says who did what, by ids that name nobody once they are erased', async () => {
  const owner = await givenPerson(world)
  const person = await givenInvited(world, owner, 'buyer')
  await owner.browser.post(`/people/all/${person.memberId}/role`, { role: 'viewer' })
  const entries = await world.ctx.db.selectFrom('audit_entry').selectAll().orderBy('seq').execute()
  const by = (memberId: string) =>
    entries.filter(({ actor_name: name }) => name === `member:${memberId}`).map(({ action }) => action)
  expect(by(owner.memberId)).toEqual(['account.opened', 'member.invited', 'member.role_changed'])
  expect(by(person.memberId)).toEqual(['member.joined'])
  expect(JSON.stringify(entries.map(({ before, after, reason }) => [before, after, reason]))).not.toMatch(
    /@example\.test|Ann Buyer/,
  )
})

test('terms that change are accepted once more, with version and time, and the audit keeps both', async () => {
  const { browser, email, memberId } = await givenPerson(world)
  await world.ctx.db
    .updateTable('member')
    .set({ terms_version: '2025-01-01' })
    .where('id', '=', memberId)
    .execute()
  expect(await (await browser.get('/en/names')).text()).toContain('"mustAcceptTerms":true')
  expect((await browser.post('/people/me/terms')).status).toBe(204)
  expect(await (await browser.get('/en/names')).text()).toContain('"mustAcceptTerms":false')
  const entry = await world.ctx.db
    .selectFrom('audit_entry')
    .selectAll()
    .where('action', '=', 'member.terms_accepted')
    .executeTakeFirstOrThrow()
  expect(entry).toMatchObject({ subject_id: memberId, before: { terms_version: '2025-01-01' } })
  expect((await memberOf(world, email)).terms_version).not.toBe('2025-01-01')
})

test('name and language are remembered for the person: pages and mails have them', async () => {
  const { browser, email } = await givenPerson(world)
  expect((await browser.post('/people/me/name', { name: 'Bo Buyer' })).status).toBe(204)
  expect((await browser.post('/people/me/language', { language: 'zh' })).status).toBe(204)
  expect(await (await browser.get('/en/names')).text()).toContain('Bo Buyer')
  await browser.post('/auth/request-password-reset', { email })
  expect(await world.mailTo(email)).toContain('Bo Buyer，您好')
  expect((await browser.post('/people/me/name', { name: ' ' })).status).toBe(422)
  expect((await browser.post('/people/me/language', { language: 'de' })).status).toBe(422)
})
