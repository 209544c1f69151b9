import { Session } from '@droplock/contracts/console/session'
import { SentLink, StaffLink, StaffList, StaffMember } from '@droplock/contracts/console/staff'
import { createMemorySender } from '@droplock/mail/sender'
import type { MailSender } from '@droplock/rules/ports/mail'
import { describe, expect, test } from 'vitest'
import { createTestApp } from './support/app.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { givenPerson, givenStaff, type Person, password, useWorld } from './support/world.ts'

const world = useWorld()
const reason = 'she begins on Monday'
const chosen = 'a password of her own'

let people = 0
const newEmail = () => `new-${(people += 1)}@example.test`

async function invite(admin: Person, email = newEmail()) {
  const body = { email, name: 'Nia New', roles: ['operator'], reason }
  return expectBody(await admin.send({ method: 'POST', path: '/api/staff', body }), 201, SentLink)
}

const tokenOf = ({ path = '' }: SentLinkBody) => path.split('#')[1] ?? ''
type SentLinkBody = { readonly path?: string | undefined }

const readLink = (token: string) => world.send({ method: 'POST', path: '/api/staff-link', body: { token } })
const choose = (token: string, word = chosen) =>
  world.send({ method: 'POST', path: '/api/staff-link/password', body: { token, password: word } })
const signIn = (email: string, word: string) =>
  world.send({ method: 'POST', path: '/api/session', body: { email, password: word } })
const about = (admin: Person, id: string, path: string, body: object = {}) =>
  admin.send({ method: 'POST', path: `/api/staff/${id}${path}`, body: { reason, ...body } })

async function audited(id: string) {
  const rows = await world.ctx.db
    .selectFrom('audit_entry')
    .select(['action', 'reason', 'actor_name'])
    .where('subject_id', '=', id)
    .orderBy('seq')
    .execute()
  return rows.map((row) => [row.action, row.reason])
}

describe('an invitation', () => {
  test('without a mail server is a link that is shown once, opens a page, and gives a password that signs in', async () => {
    const admin = await givenPerson(world, 'admin')
    const sent = await invite(admin)
    expect(sent).toMatchObject({
      delivery: 'shown',
      path: expect.stringMatching(/^\/choose-password#[\w-]{43}$/),
    })
    expect(sent.staff).toMatchObject({ has_password: false, link_expires_at: sent.expires_at })
    const link = await expectBody(await readLink(tokenOf(sent)), 200, StaffLink)
    expect(link).toMatchObject({ email: sent.staff.email, name: 'Nia New' })
    await expectProblem(await signIn(sent.staff.email, chosen), 'invalid_credentials')
    expect((await choose(tokenOf(sent))).status).toBe(204)
    const session = await expectBody(await signIn(sent.staff.email, chosen), 200, Session)
    expect(session.staff).toMatchObject({ name: 'Nia New', roles: ['operator'] })
    expect(await audited(sent.staff.id)).toEqual([
      ['staff.invited', reason],
      ['staff.password_chosen', null],
      ['staff.signed_in', null],
    ])
  })

  test('is used once, also by two at the same moment', async () => {
    const sent = await invite(await givenPerson(world, 'admin'))
    const both = await Promise.all([choose(tokenOf(sent)), choose(tokenOf(sent), 'another one of these')])
    expect(both.map(({ status }) => status).toSorted()).toEqual([204, 404])
    await expectProblem(await choose(tokenOf(sent)), 'staff_link_invalid')
    await expectProblem(await readLink(tokenOf(sent)), 'staff_link_invalid')
  })

  test('expires, and is replaced by a later one', async () => {
    const admin = await givenPerson(world, 'admin')
    const first = await invite(admin)
    const second = await expectBody(await about(admin, first.staff.id, '/password-link'), 200, SentLink)
    await expectProblem(await choose(tokenOf(first)), 'staff_link_invalid')
    await world.ctx.db
      .updateTable('staff_link')
      .set({ created_at: new Date(Date.now() - 7_200_000), expires_at: new Date(Date.now() - 3_600_000) })
      .where('staff_id', '=', first.staff.id)
      .execute()
    await expectProblem(await choose(tokenOf(second)), 'staff_link_invalid')
    const member = await admin.send({ path: `/api/staff/${first.staff.id}` })
    expect((await expectBody(member, 200, StaffMember)).link_expires_at).toBeUndefined()
  })

  test('of a person who is disabled meanwhile opens nothing, also once they are enabled again', async () => {
    const admin = await givenPerson(world, 'admin')
    const sent = await invite(admin)
    await about(admin, sent.staff.id, '/disable')
    await expectProblem(await choose(tokenOf(sent)), 'staff_link_invalid')
    await expectProblem(await about(admin, sent.staff.id, '/password-link'), 'staff_disabled')
    await about(admin, sent.staff.id, '/enable')
    await expectProblem(await choose(tokenOf(sent)), 'staff_link_invalid')
  })
})

describe('a link', () => {
  test('takes no short password, and the link can be used still', async () => {
    const sent = await invite(await givenPerson(world, 'admin'))
    await expectProblem(await choose(tokenOf(sent), 'short'), 'password_too_short')
    expect((await choose(tokenOf(sent))).status).toBe(204)
  })

  test('takes no password that is among the most used', async () => {
    const sent = await invite(await givenPerson(world, 'admin'))
    await expectProblem(await choose(tokenOf(sent), 'Administrator'), 'password_too_common')
    expect((await choose(tokenOf(sent))).status).toBe(204)
  })

  test('is made for no address that somebody has, and for nothing that is no address', async () => {
    const admin = await givenPerson(world, 'admin')
    const { email } = await givenStaff(world.ctx, 'viewer')
    const body = { email: email.toUpperCase(), name: 'Again', roles: ['viewer'], reason }
    await expectProblem(await admin.send({ method: 'POST', path: '/api/staff', body }), 'staff_exists')
    const nowhere = { ...body, email: 'not an address' }
    await expectProblem(
      await admin.send({ method: 'POST', path: '/api/staff', body: nowhere }),
      'invalid_request',
    )
  })

  test('leaves its token in no table and in no log', async () => {
    const token = tokenOf(await invite(await givenPerson(world, 'admin')))
    await choose(token)
    expect(JSON.stringify(world.logged())).not.toContain(token)
    const entries = await world.ctx.db.selectFrom('audit_entry').selectAll().execute()
    const kept = JSON.stringify(entries, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    )
    expect(kept).toContain('staff.invited')
    expect(kept).not.toContain(token)
  })
})

describe('with a mail server', () => {
  const publicOrigin = 'https://console.example'
  /** The same admin at an app that sends mails. */
  const withMails = async (mails: MailSender) => {
    const app = createTestApp(world.ctx, { publicOrigin }, false, undefined, { mails })
    const admin = await givenPerson(world, 'admin')
    const ours = { Cookie: admin.cookie, 'X-CSRF-Token': admin.csrfToken }
    const send: Person['send'] = (ask) => app.send({ ...ask, headers: { ...ours, ...ask.headers } })
    return { ...admin, send }
  }

  test('the link is mailed to its person, and the answer does not have it', async () => {
    const mails = createMemorySender()
    const sent = await invite(await withMails(mails))
    expect(sent).toMatchObject({ delivery: 'mailed' })
    expect(sent.path).toBeUndefined()
    const [mail] = mails.sent
    expect(mail).toMatchObject({ to: sent.staff.email, subject: 'Your invitation to the Droplock console' })
    const token = /https:\/\/console\.example\/choose-password#([\w-]{43})/.exec(mail?.text ?? '')?.[1]
    expect((await choose(token ?? '')).status).toBe(204)
  })

  test('that does not take the mail, the answer says why, and does not have the link either', async () => {
    const mails = createMemorySender()
    await mails.close()
    const sent = await invite(await withMails(mails))
    expect(sent).toMatchObject({ delivery: 'not_mailed', answer: 'closed' })
    expect(sent.path).toBeUndefined()
  })
})

describe('access of another person', () => {
  test('is reset: the old password and the sessions open nothing, and a link gives another password', async () => {
    const admin = await givenPerson(world, 'admin')
    const bob = await givenPerson(world, 'operator')
    const sent = await expectBody(await about(admin, bob.id, '/password-link'), 200, SentLink)
    await expectProblem(await bob.send({ path: '/api/today' }), 'session_required')
    await expectProblem(await signIn(bob.email, password), 'invalid_credentials')
    expect((await choose(tokenOf(sent))).status).toBe(204)
    expect((await signIn(bob.email, chosen)).status).toBe(200)
  })

  test('is disabled at once, and enabled again', async () => {
    const admin = await givenPerson(world, 'admin')
    const bob = await givenPerson(world, 'operator')
    const disabled = await expectBody(await about(admin, bob.id, '/disable'), 200, StaffMember)
    expect(disabled).toMatchObject({ disabled_at: expect.any(String), open_sessions: 0 })
    await expectProblem(await bob.send({ path: '/api/today' }), 'session_required')
    await expectProblem(await signIn(bob.email, password), 'invalid_credentials')
    await about(admin, bob.id, '/enable')
    expect((await signIn(bob.email, password)).status).toBe(200)
  })
})

describe('the sessions of another person', () => {
  test('are listed, and one or all of them are ended', async () => {
    const admin = await givenPerson(world, 'admin')
    const bob = await givenPerson(world, 'operator')
    await signIn(bob.email, password)
    const sessions = `/api/staff/${bob.id}/sessions`
    const listed = await (await admin.send({ path: sessions })).json()
    expect(listed).toMatchObject({ total: 2 })
    const own = await world.ctx.db
      .selectFrom('staff_session')
      .select('id')
      .where('staff_id', '=', bob.id)
      .orderBy('created_at')
      .executeTakeFirstOrThrow()
    await about(admin, bob.id, '/sessions/end', { session_id: own.id })
    await expectProblem(await bob.send({ path: '/api/today' }), 'session_required')
    expect(await (await admin.send({ path: sessions })).json()).toMatchObject({ total: 1 })
    await about(admin, bob.id, '/sessions/end')
    expect(await (await admin.send({ path: sessions })).json()).toMatchObject({ total: 0 })
    await expectProblem(await about(admin, bob.id, '/sessions/end'), 'staff_session_not_found')
  })

  test('are no third person’s, whatever the id says', async () => {
    const admin = await givenPerson(world, 'admin')
    const [bob, eve] = [await givenPerson(world, 'operator'), await givenPerson(world, 'viewer')]
    const { id } = await world.ctx.db
      .selectFrom('staff_session')
      .select('id')
      .where('staff_id', '=', eve.id)
      .executeTakeFirstOrThrow()
    await expectProblem(
      await about(admin, bob.id, '/sessions/end', { session_id: id }),
      'staff_session_not_found',
    )
    expect((await eve.send({ path: '/api/today' })).status).toBe(200)
  })
})

describe('another person', () => {
  test('without a second factor has none to reset', async () => {
    const admin = await givenPerson(world, 'admin')
    const bob = await givenPerson(world, 'operator')
    await expectProblem(await about(admin, bob.id, '/second-factor/reset'), 'second_factor_not_found')
  })

  test('is changed in the version that was read, and no other', async () => {
    const admin = await givenPerson(world, 'admin')
    const bob = await givenPerson(world, 'operator')
    const terms = { name: 'Bob', roles: ['finance'] }
    const changed = await expectBody(
      await about(admin, bob.id, '', { ...terms, version: 1 }),
      200,
      StaffMember,
    )
    expect(changed).toMatchObject({ ...terms, version: 2 })
    const stale = await about(admin, bob.id, '', { name: 'Rob', roles: ['admin'], version: 1 })
    expect(await expectProblem(stale, 'staff_changed')).toMatchObject({ version: 2 })
    const session = await expectBody(await bob.send({ path: '/api/session' }), 200, Session)
    expect(session.staff.roles).toEqual(['finance'])
  })
})

test('nobody changes their own roles or access on the page of staff', async () => {
  const admin = await givenPerson(world, 'admin')
  const own = [
    about(admin, admin.id, '', { name: 'Me', roles: ['admin', 'finance_approver'], version: 1 }),
    about(admin, admin.id, '/disable'),
    about(admin, admin.id, '/password-link'),
    about(admin, admin.id, '/second-factor/reset'),
    about(admin, admin.id, '/sessions/end'),
  ]
  for (const response of own) await expectProblem(await response, 'own_account')
})

test('each change needs a reason, and an existing person', async () => {
  const admin = await givenPerson(world, 'admin')
  const { id } = await givenStaff(world.ctx, 'viewer')
  const nobody = '01990000-0000-7000-8000-000000000000'
  for (const path of ['/disable', '/enable', '/password-link', '/second-factor/reset', '/sessions/end']) {
    await expectProblem(await about(admin, id, path, { reason: ' ' }), 'reason_required')
    await expectProblem(await about(admin, nobody, path), 'staff_not_found')
  }
  expect(await audited(id)).toEqual([['staff.added', null]])
  await expectProblem(await admin.send({ path: `/api/staff/${nobody}` }), 'staff_not_found')
})

test('people are found by a part of name or address, by role and by state', async () => {
  const admin = await givenPerson(world, 'admin')
  const { staff } = await invite(admin, 'zoe_100%@example.test')
  const idsOf = async (query: string) => {
    const { items } = await expectBody(await admin.send({ path: `/api/staff?${query}` }), 200, StaffList)
    return items.map(({ id }) => id)
  }
  expect(await idsOf('q=zoe_100%25')).toEqual([staff.id])
  expect(await idsOf('q=zoeX100')).toEqual([])
  expect(await idsOf('q=zoe&role=operator')).toEqual([staff.id])
  expect(await idsOf('q=zoe&role=finance')).toEqual([])
  expect(await idsOf('q=zoe&disabled=true')).toEqual([])
  expect(await idsOf('q=zoe&disabled=false')).toEqual([staff.id])
})
