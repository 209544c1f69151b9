import { people } from '@droplock/infra/console/fixture/people'
import { totpCode, totpSecretOf } from '@droplock/passwords/totp'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { browserOrReason, type Console, openConsole } from './support/console.ts'
import { openRecord, textWith } from './support/pages.ts'

// How people get in, stay in and prove who they are, in order: later tests sign in with what earlier ones set up.

const browser = await browserOrReason()

let session: Console

beforeAll(async () => {
  if (typeof browser === 'string') return
  session = await openConsole()
}, 180_000)

beforeEach(({ skip }) => {
  if (typeof browser === 'string') skip(browser)
})

afterAll(async () => {
  if (typeof browser === 'string') return
  expect(session.faults).toEqual([])
  await session.close()
})

const { approver, operator } = people

async function idOf(email: string): Promise<string> {
  const { id } = await session.db
    .selectFrom('staff_account')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  return id
}

/** Opens the dialog of a credit limit and fills it in. */
async function typeCreditLimit(page: Page, limit: string, reason: string): Promise<void> {
  await openRecord(page, 'Accounts', 'Anchor Names')
  await page.getByRole('button', { name: 'Edit credit limit' }).click()
  const dialog = page.getByRole('dialog', { name: /Edit credit limit/ })
  await dialog.getByLabel(/^Credit limit/).fill(limit)
  await dialog.getByLabel('Reason').fill(reason)
}

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()

const reasonsOfLimits = async () => {
  const rows = await session.db
    .selectFrom('audit_entry')
    .select('reason')
    .where('action', '=', 'account.credit_limit_set')
    .orderBy('seq')
    .execute()
  return rows.map(({ reason }) => reason)
}

test('a credit limit with an old proof asks for the password over the form, and is then made as it was typed', async () => {
  const page = await session.as('approver')
  await typeCreditLimit(page, '1200', 'Agreed on the telephone.')
  await session.db
    .updateTable('staff_session')
    .set({ proven_at: new Date(Date.now() - 86_400_000) })
    .where('staff_id', '=', await idOf(approver.email))
    .execute()
  await save(page)
  const proof = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await proof.getByLabel('Password').fill('not the password')
  await proof.getByRole('button', { name: 'Confirm' }).click()
  expect(await textWith(proof.getByRole('alert'), 'invalid_credentials')).toContain('Request')
  expect(await reasonsOfLimits()).not.toContain('Agreed on the telephone.')
  await proof.getByLabel('Password').fill(approver.password)
  await proof.getByRole('button', { name: 'Confirm' }).click()
  await page.getByText(/Credit limit of Anchor Names changed/).waitFor()
  expect(await reasonsOfLimits()).toContain('Agreed on the telephone.')
})

test('a proof that is cancelled leaves the form as it was typed', async () => {
  const page = await session.as('approver')
  await typeCreditLimit(page, '1300', 'Kept while nobody proves anything.')
  await session.db
    .updateTable('staff_session')
    .set({ proven_at: new Date(Date.now() - 86_400_000) })
    .where('staff_id', '=', await idOf(approver.email))
    .execute()
  await save(page)
  await page
    .getByRole('dialog', { name: 'Confirm that it is you' })
    .getByRole('button', { name: 'Cancel' })
    .click()
  const dialog = page.getByRole('dialog', { name: /Edit credit limit/ })
  expect(await textWith(dialog.getByRole('alert'), 'step_up_required')).toContain('Confirm')
  expect(await dialog.getByLabel('Reason').inputValue()).toBe('Kept while nobody proves anything.')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
})

test('a session that ends in the middle of a form is opened again over it, and the change is made as it was typed', async () => {
  const page = await session.as('approver')
  await typeCreditLimit(page, '1400', 'Typed before the session ended.')
  await session.db
    .updateTable('staff_session')
    .set({ ended_at: new Date() })
    .where('staff_id', '=', await idOf(approver.email))
    .execute()
  // The page may learn of it before: then it is saved once the dialog has gone.
  const saved = save(page)
  const again = page.getByRole('dialog', { name: 'Your session has ended' })
  await again.getByLabel('Password').fill(approver.password)
  await again.getByRole('button', { name: 'Sign in' }).click()
  await saved
  await page.getByText(/Credit limit of Anchor Names changed/).waitFor()
  expect(await reasonsOfLimits()).toContain('Typed before the session ended.')
})

let secret: Uint8Array
let recoveryCodes: string[] = []

/** A code that was not used: the next half minute's is accepted too. */
const codeIn = (steps: number) => totpCode(secret, new Date(Date.now() + steps * 30_000))

async function openSignIn(): Promise<Page> {
  const page = await session.fresh()
  await page.getByLabel('Email').fill(operator.email)
  await page.getByLabel('Password').fill(operator.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  return page
}

test('a person sets up a second factor with the key that is shown, and gets ten recovery codes', async () => {
  const page = await session.as('operator')
  await page.getByRole('button', { name: 'Profile' }).click()
  await page.getByRole('menuitem', { name: 'Your profile' }).click()
  await page.getByRole('button', { name: 'Set up' }).click()
  const dialog = page.getByRole('dialog', { name: 'Set up a second factor' })
  await dialog.getByRole('img', { name: /QR code/ }).waitFor()
  secret = totpSecretOf((await dialog.locator('code').first().innerText()).replaceAll(/\s/g, ''))
  await dialog.getByRole('textbox', { name: 'Code' }).fill(codeIn(0))
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  const items = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await items.first().waitFor()
  recoveryCodes = await items.allInnerTexts()
  expect(recoveryCodes).toHaveLength(10)
  await page.getByRole('button', { name: 'I have stored them' }).click()
  await page.getByText('Recovery codes left').waitFor()
})

test('from then on the password alone opens nothing, and a code of the app completes the sign-in, once', async () => {
  const page = await openSignIn()
  await page.getByRole('textbox', { name: 'Code' }).fill('000000')
  await page.getByRole('button', { name: 'Sign in' }).click()
  expect(await textWith(page.getByRole('alert'), 'invalid_code')).toContain('Request')
  const code = codeIn(1)
  await page.getByRole('textbox', { name: 'Code' }).fill(code)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
  const other = await openSignIn()
  await other.getByRole('textbox', { name: 'Code' }).fill(code)
  await other.getByRole('button', { name: 'Sign in' }).click()
  expect(await textWith(other.getByRole('alert'), 'invalid_code')).toContain('used already')
})

test('a recovery code signs in, and a session is ended from another browser', async () => {
  const page = await openSignIn()
  await page.getByRole('textbox', { name: 'Code' }).fill(recoveryCodes[0] ?? '')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
  const own = await session.as('operator')
  await own.getByRole('button', { name: 'Profile' }).click()
  await own.getByRole('menuitem', { name: 'Your profile' }).click()
  await own.getByRole('button', { name: 'End all others' }).click()
  await own.getByRole('dialog').getByRole('button', { name: 'End them' }).click()
  await own.getByText('Your other sessions have ended.').waitFor()
  await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
})
