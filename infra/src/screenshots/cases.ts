import type { Page } from 'playwright-core'
import { leftToPeople } from '../console/fixture/make-fixture.ts'
import type { Picture } from './picture.ts'
import { open, openRow } from './steps.ts'

/** The search, and what two people decide. */
export const cases: readonly Picture[] = [
  {
    name: 'search',
    as: 'operator',
    show: async (page) => {
      await page.keyboard.press('Control+K')
      await page.getByRole('combobox', { name: 'Search' }).fill('anchor')
      await page.getByRole('option', { name: /^Anchor Names/ }).waitFor()
    },
  },
  {
    name: 'keys',
    as: 'viewer',
    show: async (page) => {
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    },
  },
  { name: 'case-undecided', phone: true, as: 'operator', show: openUndecided },
  {
    name: 'outcome-propose',
    as: 'operator',
    show: async (page) => {
      await openUndecided(page)
      await typeOutcome(page)
    },
  },
  {
    name: 'case-outcome-proposed',
    as: 'operator',
    show: async (page) => {
      await openUndecided(page)
      await typeOutcome(page)
      await page.getByRole('button', { name: 'Propose', exact: true }).click()
      await page.getByText('You proposed it').waitFor()
    },
  },
  { name: 'approvals-own', as: 'operator', show: open('Approvals') },
  {
    name: 'approvals',
    as: 'approver',
    show: async (page) => {
      await open('Approvals')(page)
      await page.getByText(`${leftToPeople}: lost`).click()
      await page.getByRole('table', { name: 'Answers' }).waitFor()
    },
  },
  {
    name: 'outcome-approve',
    as: 'approver',
    show: async (page) => {
      await open('Approvals')(page)
      await page
        .getByRole('row')
        .filter({ hasText: leftToPeople })
        .getByRole('button', { name: 'Approve', exact: true })
        .click()
      await page.getByRole('table', { name: 'Answers' }).waitFor()
    },
  },
  {
    name: 'proposal-approve',
    as: 'secondApprover',
    show: async (page) => {
      await open('Approvals')(page)
      await page
        .getByRole('row')
        .filter({ hasText: 'Credit limit' })
        .getByRole('button', { name: 'Approve', exact: true })
        .click()
    },
  },
]

async function openUndecided(page: Page): Promise<void> {
  await openRow('Backorders', leftToPeople)(page)
  await page.getByRole('group', { name: 'What is known' }).waitFor()
}

async function typeOutcome(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Propose result' }).click()
  await page.getByRole('combobox', { name: 'Result' }).click()
  await page.getByRole('option', { name: 'Lost to another registrar' }).click()
  await page
    .getByRole('textbox', { name: 'Evidence' })
    .fill('RDAP, 10:12 UTC: registrar "Rival Three", created 09:00:01 UTC.')
  await page.getByLabel('Reason').fill('The registry answers no more queries about it.')
}
