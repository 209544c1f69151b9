import type { Page } from 'playwright-core'
import type { Picture } from './picture.ts'
import { openRow, visit } from './steps.ts'

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
