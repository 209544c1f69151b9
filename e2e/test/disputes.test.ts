import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { consoleOfFile } from './support/console.ts'
import { confirm, openPage, textWith } from './support/pages.ts'

// Disputes are answered, and payouts are matched to the bank statement.

const console = consoleOfFile()

async function openDispute(page: Page) {
  await openPage(page, 'Disputes')
  await page.getByRole('row').filter({ hasText: 'fair-winds.shop' }).click()
  await page.getByRole('heading', { name: 'Dispute: fair-winds.shop', level: 1 }).waitFor()
}

test('finance completes the suggested evidence, keeps what was typed when another saved first, and submits it once', async () => {
  const page = await console.as('finance')
  await openDispute(page)
  const form = page.getByRole('form', { name: 'Evidence' })
  await textWith(form, 'Suggested from our records')
  expect(await form.getByLabel('What happened, with times').inputValue()).toContain('paid by card')
  const submit = page.getByRole('button', { name: 'Submit to the bank' })
  expect(await submit.isDisabled()).toBe(true)

  const other = await console.as('approver')
  await openDispute(other)
  await other.getByLabel('Customer', { exact: true }).fill('Cobalt Web Ltd')
  await other.getByRole('button', { name: 'Save draft' }).click()
  await other.getByText('Draft saved').waitFor()

  await form.getByLabel('Anything else').fill('The customer uses the name.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await textWith(page.getByRole('alert').filter({ hasText: 'Changed since' }), 'Cobalt Web Ltd')
  expect(await form.getByLabel('Anything else').inputValue()).toBe('The customer uses the name.')
  await page.getByRole('button', { name: 'Keep mine and go on' }).click()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.getByText('Draft saved').waitFor()
  await submit.click()
  await textWith(page.getByRole('dialog'), 'This happens once')
  await confirm(page, 'Submit', 'Checked with the case.', 'Note')
  await textWith(page.getByRole('region', { name: 'Evidence' }), 'Submitting')
  expect(await submit.count()).toBe(0)
  const submitted = console.db
    .selectFrom('dispute_evidence')
    .select('version')
    .where('state', '=', 'submitting')
  expect(await submitted.execute()).toEqual([{ version: 2 }])
})

test('an operator sees a dispute and its case and can answer nothing; a viewer does not see money', async () => {
  const page = await console.as('operator')
  await openPage(page, 'Disputes')
  await page.getByRole('row').filter({ hasText: 'Top-up' }).first().click()
  await page.getByRole('heading', { name: /^Dispute: /, level: 1 }).waitFor()
  expect(await page.getByRole('button', { name: /Save draft|Submit to the bank/ }).count()).toBe(0)
  const viewer = await console.as('viewer')
  expect(await viewer.getByRole('menuitem', { name: /Disputes|Payouts/ }).count()).toBe(0)
})

test('finance matches a payout to a line of the bank statement, and takes it back', async () => {
  const page = await console.as('finance')
  await openPage(page, 'Payouts')
  await textWith(page.getByRole('region', { name: 'Held by sandbox' }), 'None')
  await page
    .getByRole('row')
    .filter({ hasText: 'Not matched' })
    .first()
    .getByRole('button', { name: 'Match' })
    .click()
  await page.getByRole('dialog').getByLabel('Bank reference').fill('stripe 4711')
  await confirm(page, 'Match', 'On the statement.', 'Note')
  const row = page.getByRole('row').filter({ hasText: 'STRIPE4711' })
  await row.getByRole('button', { name: 'Undo match' }).click()
  await confirm(page, 'Undo match', 'The line of another payout.')
  await page.getByRole('row').filter({ hasText: 'Not matched' }).first().waitFor()
})
