import { people } from '@droplock/infra/console/fixture/people'
import { totpCode, totpSecretOf } from '@droplock/passwords/totp'
import type { Page } from 'playwright-core'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { type StandIn, startIdentityProvider } from '../../apps/console-api/test/support/identity-provider.ts'
import { consoleOfFile } from './support/console.ts'
import { confirm, openPage, openRecord, rowWith, textWith } from './support/pages.ts'
import { send } from './support/requests.ts'

// Who gets in: by an invitation, by the company's identity provider, and no more.

let provider: StandIn | undefined

const session = consoleOfFile(async () => {
  provider = await startIdentityProvider('http://127.0.0.1/api/session/provider/callback')
  provider.people.set('gina', { email: 'gina@company.example', name: 'Gina Group', groups: ['money'] })
  provider.people.set('otto', { email: 'otto@company.example', name: 'Otto Outside', groups: [] })
  return { settings: { ...provider.env, DROPLOCK_SECOND_FACTOR_ROLES: 'finance' } }
})

beforeEach(() => expect(session.faults).toEqual([]))
afterAll(() => provider?.[Symbol.asyncDispose]())

const heading = (page: Page, name: string) =>
  page.getByRole('heading', { name, exact: true, level: 1 }).waitFor()

const chosen = 'a password that nobody else knows'
const newcomer = { email: 'nia@company.example', name: 'Nia Newcomer' }

async function typePassword(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

let link = ''
let invited: Page

describe('an invited person', () => {
  test('is invited by an admin, who is shown the link once where there is no mail server', async () => {
    const page = await session.as('admin')
    await openPage(page, 'Staff')
    await page.getByRole('button', { name: 'Invite person' }).click()
    const dialog = page.getByRole('dialog', { name: 'Invite a person' })
    await dialog.getByLabel('Email').fill(newcomer.email)
    await dialog.getByLabel('Name').fill(newcomer.name)
    await dialog.getByRole('checkbox', { name: 'Finance', exact: true }).check()
    await dialog.getByLabel('Reason').fill('Begins on Monday.')
    await dialog.getByRole('button', { name: 'Invite', exact: true }).click()
    const shown = page.getByRole('dialog', { name: `Link for ${newcomer.name}` })
    link = await shown.getByLabel('Link').inputValue()
    await shown.getByRole('button', { name: 'I have handed it on' }).click()
    expect(await textWith(rowWith(page, newcomer.name), 'Invited')).toContain('Never')
  })

  test('chooses a password by the link, and the link then opens nothing', async () => {
    invited = await session.fresh()
    await invited.goto(link)
    await heading(invited, 'Choose a password')
    await invited.getByLabel(/^New password(?! again)/).fill(chosen)
    await invited.getByLabel('New password again').fill(chosen)
    await invited.getByRole('button', { name: 'Choose this password' }).click()
    await heading(invited, 'Password chosen')
    const other = await session.fresh()
    await other.goto(link)
    expect(await textWith(other.getByRole('alert'), 'staff_link_invalid')).toContain('Ask an administrator')
    await other.context().close()
  })

  test('signs in, can only set up the second factor that the role requires, and then works', async () => {
    await invited.getByRole('button', { name: 'Sign in', exact: true }).click()
    expect(await invited.getByLabel('Email').inputValue()).toBe(newcomer.email)
    await typePassword(invited, newcomer.email, chosen)
    await heading(invited, 'A second factor is required')
    expect(await send(invited, 'GET', 'today')).toMatchObject({ status: 403, code: 'second_factor_required' })
    await invited.getByRole('button', { name: 'Set up second factor' }).click()
    const dialog = invited.getByRole('dialog', { name: 'Set up a second factor' })
    await dialog.getByRole('img', { name: /QR code/ }).waitFor()
    const key = await dialog.locator('code').first().innerText()
    const secret = totpSecretOf(key.replaceAll(/\s/g, ''))
    await dialog.getByRole('textbox', { name: 'Code' }).fill(totpCode(secret, new Date()))
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await invited.getByRole('button', { name: 'I have stored them' }).click()
    await heading(invited, 'Today')
  })
})

describe('a person who has left', () => {
  test('is signed out at once when an admin disables them, and cannot sign in again', async () => {
    const page = await session.as('admin')
    await openPage(page, 'Staff')
    await page.getByRole('link', { name: newcomer.name }).click()
    await heading(page, newcomer.name)
    await textWith(page.getByRole('region', { name: 'Open sessions' }), 'Chrome')
    await page.getByRole('button', { name: 'Disable' }).click()
    await confirm(page, 'Disable', 'Has left us on Friday.')
    await page.getByText('Disabled', { exact: true }).first().waitFor()
    await invited.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
    expect(await send(invited, 'GET', 'today')).toMatchObject({ status: 401 })
    const again = await session.fresh()
    await typePassword(again, newcomer.email, chosen)
    await textWith(again.getByRole('alert'), 'invalid_credentials')
    const entries = await session.db
      .selectFrom('audit_entry')
      .select(['action', 'reason', 'actor_name'])
      .where('action', 'in', ['staff.invited', 'staff.disabled'])
      .where('reason', 'in', ['Begins on Monday.', 'Has left us on Friday.'])
      .orderBy('seq')
      .execute()
    const by = { actor_name: people.admin.email }
    expect(entries).toEqual([
      { action: 'staff.invited', reason: 'Begins on Monday.', ...by },
      { action: 'staff.disabled', reason: 'Has left us on Friday.', ...by },
    ])
  })
})

test('an admin has no buttons on their own page, and is shown where to change what is theirs', async () => {
  const page = await session.as('admin')
  await openPage(page, 'Staff')
  await page.getByRole('link', { name: people.admin.name }).click()
  await heading(page, people.admin.name)
  await page.getByText('This is you.').waitFor()
  for (const name of ['Edit', 'Disable', 'Reset password', 'End all sessions'])
    expect(await page.getByRole('button', { name }).count()).toBe(0)
})

test('a viewer sees no staff, and can do nothing about people past the buttons either', async () => {
  const page = await session.as('viewer')
  await heading(page, 'Today')
  expect(await page.getByRole('menuitem', { name: 'Staff' }).count()).toBe(0)
  const { id } = await session.db
    .selectFrom('staff_account')
    .select('id')
    .where('email', '=', people.operator.email)
    .executeTakeFirstOrThrow()
  const reason = 'x'
  const tries = [
    ['GET', 'staff', {}],
    ['GET', `staff/${id}`, {}],
    ['GET', `staff/${id}/sessions`, {}],
    ['POST', 'staff', { email: 'eve@company.example', name: 'Eve', roles: ['admin'], reason }],
    ['POST', `staff/${id}`, { name: 'Eve', roles: ['admin'], version: 1, reason }],
    ['POST', `staff/${id}/disable`, { reason }],
    ['POST', `staff/${id}/enable`, { reason }],
    ['POST', `staff/${id}/password-link`, { reason }],
    ['POST', `staff/${id}/second-factor/reset`, { reason }],
    ['POST', `staff/${id}/sessions/end`, { reason }],
  ] as const
  for (const [method, path, body] of tries)
    expect(await send(page, method, path, body)).toMatchObject({ status: 403, code: 'forbidden' })
})

test('the audit is filtered by the person, who is chosen by name', async () => {
  const page = await session.as('viewer')
  await openPage(page, 'Audit')
  await page.getByRole('combobox', { name: 'By', exact: true }).click()
  await page.getByRole('option', { name: people.admin.name }).click()
  await page.waitForURL(/actor_id/)
  await page.getByRole('row').filter({ hasText: 'Staff disabled' }).first().waitFor()
  // The list before the filter stays on screen until the filtered one is there.
  const ofOthers = page.getByRole('row').filter({ hasText: '@', hasNotText: people.admin.email })
  await ofOthers.first().waitFor({ state: 'detached' })
  const by = await page.getByRole('row').filter({ hasText: '@' }).allInnerTexts()
  expect(by.length).toBeGreaterThan(0)
  for (const row of by) expect(row).toContain(people.admin.email)
})

describe('a person of the identity provider', () => {
  let page: Page

  test('signs in there with two factors, and is known here by the roles of their groups', async () => {
    page = await session.fresh()
    await page.getByRole('button', { name: 'Sign in with Company SSO' }).click()
    await heading(page, 'Company SSO')
    await page.getByRole('button', { name: 'gina with a second factor' }).click()
    await heading(page, 'Today')
    await page.getByRole('button', { name: 'Profile: Gina Group' }).click()
    await page.getByText('Finance, Finance approver').waitFor()
    await page.keyboard.press('Escape')
  })

  test('proves who they are there, in a window of its own, and the form is sent as it was typed', async () => {
    await openRecord(page, 'Accounts', 'Anchor Names')
    await page.getByRole('button', { name: 'Edit credit limit' }).click()
    const dialog = page.getByRole('dialog', { name: /Edit credit limit/ })
    await dialog.getByLabel(/^Credit limit/).fill('1500')
    await dialog.getByLabel('Reason').fill('Proven at the provider.')
    await session.db
      .updateTable('staff_session')
      .set({ proven_at: new Date(Date.now() - 86_400_000) })
      .execute()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const proof = page.getByRole('dialog', { name: 'Confirm that it is you' })
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      proof.getByRole('button', { name: 'Open sign-in window' }).click(),
    ])
    await heading(opened, 'Company SSO')
    await opened.getByRole('button', { name: 'gina with a second factor' }).click()
    await page.getByText(/Credit limit of Anchor Names changed/).waitFor()
    await proof.waitFor({ state: 'hidden' })
  })

  test('signs in there again, over the form, when the session ends', async () => {
    await page.getByRole('button', { name: 'Edit credit limit' }).click()
    const dialog = page.getByRole('dialog', { name: /Edit credit limit/ })
    await dialog.getByLabel(/^Credit limit/).fill('1600')
    await dialog.getByLabel('Reason').fill('Typed before the session ended.')
    await session.db
      .updateTable('staff_session')
      .set({ ended_at: new Date() })
      .where('staff_id', '=', await idOf('gina@company.example'))
      .execute()
    const again = page.getByRole('dialog', { name: 'Your session has ended' })
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      again.getByRole('button', { name: 'Open sign-in window' }).click(),
    ])
    // The provider knows the person still, and asks nothing.
    await again.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText(/Credit limit of Anchor Names changed/).waitFor()
    await opened.close().catch(() => undefined)
  })

  test('who has no group with a role, or gives up there, is shown what to do', async () => {
    const other = await session.fresh()
    await other.getByRole('button', { name: 'Sign in with Company SSO' }).click()
    await other.getByRole('button', { name: 'otto', exact: true }).click()
    expect(await textWith(other.getByRole('alert'), 'No role for you here')).toContain('Ask for a group')
    const third = await session.fresh()
    await third.getByRole('button', { name: 'Sign in with Company SSO' }).click()
    await third.getByRole('button', { name: 'Give up' }).click()
    expect(await textWith(third.getByRole('alert'), 'Sign-in not completed')).toContain('Begin again')
    await third.getByRole('button', { name: 'Sign in with Company SSO' }).waitFor()
  })
})

async function idOf(email: string): Promise<string> {
  const { id } = await session.db
    .selectFrom('staff_account')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  return id
}
