import type { Page } from 'playwright-core'
import { byBank } from '../console/fixture/finance.ts'
import { endpoints } from '../console/fixture/resellers.ts'
import type { Picture } from './picture.ts'
import { open, openRow } from './steps.ts'

/** Accounts of resellers: what administrators do with them, and what belongs to each. */
export const resellerPictures: readonly Picture[] = [
  {
    name: 'account-open',
    as: 'admin',
    show: async (page) => {
      await open('Accounts')(page)
      await page.getByRole('button', { name: 'Open account' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name', { exact: false }).first().fill('Delta Domains')
      await dialog.getByLabel('Currency').fill('EUR')
      await dialog.getByLabel('Legal name').fill('Delta Domains GmbH')
    },
  },
  { name: 'account-admin', as: 'admin', show: openRow('Accounts', byBank) },
  { name: 'account-keys', as: 'admin', show: tab('API keys') },
  {
    name: 'account-key-issue',
    as: 'admin',
    show: async (page) => {
      await tab('API keys')(page)
      await page.getByRole('button', { name: 'Issue key' }).click()
      await page.getByLabel('Label').fill('shop backend')
    },
  },
  {
    name: 'account-key-shown',
    as: 'admin',
    show: async (page) => {
      await tab('API keys')(page)
      await page.getByRole('button', { name: 'Issue key' }).click()
      await page.getByLabel('Label').fill('a key for the pictures')
      await page.getByRole('button', { name: 'Issue', exact: true }).click()
      await page.getByLabel('Key', { exact: true }).waitFor()
    },
  },
  {
    name: 'account-key-revoke',
    as: 'operator',
    show: async (page) => {
      await tab('API keys')(page)
      await page.getByRole('button', { name: 'Revoke', exact: true }).first().click()
    },
  },
  { name: 'account-webhooks', as: 'operator', show: tab('Webhooks') },
  {
    name: 'account-deliveries',
    as: 'operator',
    show: async (page) => {
      await openDeliveries(page)
      await page.getByRole('cell', { name: 'backorder.secured' }).first().click()
    },
  },
  {
    name: 'account-delivery-retry',
    as: 'operator',
    show: async (page) => {
      await openDeliveries(page)
      await page.getByRole('button', { name: 'Send again' }).first().click()
    },
  },
  {
    name: 'account-webhooks-missed',
    as: 'operator',
    show: async (page) => {
      await tab('Webhooks')(page)
      await page.getByRole('button', { name: 'Send missed' }).first().click()
    },
  },
  { name: 'account-registrations', as: 'finance', show: tab('Registrations') },
  { name: 'account-sub-accounts', as: 'finance', show: tab('Sub-accounts') },
  { name: 'account-contacts', as: 'finance', show: tab('Contacts') },
  { name: 'account-suspend', as: 'admin', show: press('Suspend') },
  { name: 'account-rename', as: 'admin', show: press('Rename') },
  { name: 'account-watch-limit', as: 'admin', show: press('Edit watch limit') },
  { name: 'account-request-limits', as: 'admin', show: press('Edit request limits') },
]

/** A tab of the account that has something of everything. */
function tab(name: string): (page: Page) => Promise<void> {
  return async (page) => {
    await openRow('Accounts', byBank)(page)
    await page.getByRole('tab', { name }).click()
    await page.getByRole('table').first().waitFor()
  }
}

async function openDeliveries(page: Page): Promise<void> {
  await tab('Webhooks')(page)
  const row = page.getByRole('row').filter({ hasText: endpoints[1] })
  await row.getByRole('button', { name: 'Deliveries' }).click()
  await page
    .getByRole('region', { name: `Deliveries to ${endpoints[1]}` })
    .getByRole('row')
    .nth(1)
    .waitFor()
}

/** A button of the account. */
function press(name: string): (page: Page) => Promise<void> {
  return async (page) => {
    await openRow('Accounts', byBank)(page)
    await page.getByRole('button', { name, exact: true }).click()
    await page.getByRole('dialog').waitFor()
  }
}
