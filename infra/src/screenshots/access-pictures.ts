import type { Page, Route } from 'playwright-core'
import { people } from '../console/fixture/people.ts'
import type { Picture } from './picture.ts'
import { open, openRow, visit } from './steps.ts'

/** Signing in again and proving an identity, over pages that are open. */
export const accessPictures: readonly Picture[] = [
  {
    name: 'step-up',
    as: 'approver',
    show: async (page) => {
      await refuse(page, '**/credit-limit', 403, 'step_up_required')
      await saveCreditLimit(page)
      await page.getByText('Confirm that it is you').waitFor()
    },
  },
  {
    name: 'session-ended',
    as: 'approver',
    show: async (page) => {
      await refuse(page, '**/credit-limit', 401, 'session_required')
      await refuse(page, '**/api/session', 401, 'session_required')
      await saveCreditLimit(page)
      await page.getByText('Your session has ended').waitFor()
    },
  },
  { name: 'profile', as: 'operator', show: visit('profile', 'Your profile') },
  {
    name: 'second-factor',
    as: 'operator',
    show: async (page) => {
      await visit('profile', 'Your profile')(page)
      await page.getByRole('button', { name: 'Set up' }).click()
      await page.getByRole('img', { name: 'QR code for an authenticator app' }).waitFor()
    },
  },
  { name: 'staff', as: 'admin', show: open('Staff') },
  { name: 'staff-member', as: 'admin', show: openPerson },
  {
    name: 'staff-invite',
    as: 'admin',
    show: async (page) => {
      await typeInvitation(page)
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'staff-link',
    as: 'admin',
    show: async (page) => {
      await page.route('**/api/staff', (route) => answerInvitation(route))
      await typeInvitation(page)
      await page.getByRole('button', { name: 'Invite', exact: true }).click()
      await page.getByRole('dialog', { name: 'Link for Nia Newcomer' }).waitFor()
    },
  },
  { name: 'staff-edit', as: 'admin', show: openDialog('Edit') },
  { name: 'staff-reset', as: 'admin', show: openDialog('Reset password') },
  { name: 'staff-disable', as: 'admin', show: openDialog('Disable') },
  {
    name: 'choose-password',
    show: async (page) => {
      const link = { email: 'nia@company.example', name: 'Nia Newcomer', expires_at: '2030-01-07T09:00:00Z' }
      await page.route('**/api/staff-link', (route) => route.fulfill({ json: link }))
      await visit('choose-password#a-token-of-a-picture', 'Choose a password')(page)
      await page.getByText('Hello Nia Newcomer').waitFor()
    },
  },
  {
    name: 'choose-password-invalid',
    show: async (page) => {
      await visit('choose-password#a-token-that-is-none', 'Choose a password')(page)
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'sign-in-provider',
    show: async (page) => {
      await withProvider(page)
      await page.reload()
      await page.getByRole('button', { name: 'Sign in with Company SSO' }).waitFor()
    },
  },
  {
    name: 'provider-refused',
    show: async (page) => {
      await withProvider(page)
      await visit('login?problem=identity_without_role', 'Droplock console')(page)
      await page.getByRole('alert').waitFor()
      await page.getByRole('button', { name: 'Sign in with Company SSO' }).waitFor()
    },
  },
  {
    name: 'provider-answer',
    show: async (page) => {
      await visit('provider-answer?problem=identity_of_another', 'Not completed')(page)
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'step-up-provider',
    as: 'approver',
    show: async (page) => {
      await asIdentified(page)
      await refuse(page, '**/credit-limit', 403, 'step_up_required')
      await saveCreditLimit(page)
      await page.getByRole('button', { name: 'Open sign-in window' }).waitFor()
    },
  },
  {
    name: 'must-enrol',
    as: 'operator',
    show: async (page) => {
      await changeSession(page, { must_enrol: true })
      await visit('', 'A second factor is required')(page)
    },
  },
  {
    name: 'forget-devices',
    as: 'operator',
    show: async (page) => {
      await visit('profile', 'Your profile')(page)
      await page.getByRole('button', { name: 'Forget all' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
]

/** The operator's page. */
async function openPerson(page: Page): Promise<void> {
  await open('Staff')(page)
  await page.getByRole('link', { name: people.operator.name }).click()
  await page.getByRole('heading', { name: people.operator.name, level: 1 }).waitFor()
}

function openDialog(button: string): Picture['show'] {
  return async (page) => {
    await openPerson(page)
    await page.getByRole('button', { name: button, exact: true }).click()
    await page.getByRole('dialog').waitFor()
  }
}

async function typeInvitation(page: Page): Promise<void> {
  await open('Staff')(page)
  await page.getByRole('button', { name: 'Invite person' }).click()
  await page.getByRole('textbox', { name: 'Email' }).fill('nia@company.example')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Nia Newcomer')
  await page.getByRole('checkbox', { name: 'Finance', exact: true }).check()
  await page.getByLabel('Reason').fill('Begins on Monday.')
}

/** The picture shows nobody whom other pictures would show too. */
async function answerInvitation(route: Route): Promise<void> {
  if (route.request().method() !== 'POST') return route.fallback()
  const staff = { name: 'Nia Newcomer', email: 'nia@company.example' }
  const path = `/choose-password#${'a-token-of-a-picture-'.repeat(2)}x`
  await route.fulfill({
    status: 201,
    json: { staff, delivery: 'shown', path, expires_at: '2030-01-07T09:00:00Z' },
  })
}

const withProvider = (page: Page) =>
  page.route('**/api/session/means', (route) =>
    route.fulfill({ json: { provider: { name: 'Company SSO' } } }),
  )

const asIdentified = (page: Page) =>
  changeSession(page, { proof: { password: false, code: false, provider: true } })

/** Changes what the page reads of its session from now on. */
async function changeSession(page: Page, changed: object): Promise<void> {
  await page.route('**/api/session', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), ...changed } })
  })
  await page.reload()
}

/** Answers a request once as the server does when a proof of identity is old, or a session has ended. */
async function refuse(page: Page, url: string, status: number, code: string): Promise<void> {
  const problem = { code, title: code, detail: code, status, request_id: 'picture' }
  const answer = { status, contentType: 'application/problem+json', body: JSON.stringify(problem) }
  await page.route(url, (route) => route.fulfill(answer), { times: 1 })
}

async function saveCreditLimit(page: Page): Promise<void> {
  await openRow('Accounts', 'Anchor Names')(page)
  await page.getByRole('button', { name: 'Edit credit limit' }).click()
  await page
    .getByLabel(/^Credit limit/)
    .first()
    .fill('2500')
  await page.getByLabel('Reason').fill('Agreed with the customer on Monday.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
}
