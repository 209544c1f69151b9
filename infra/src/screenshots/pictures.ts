import type { Page } from 'playwright-core'
import { byBank } from '../console/fixture/finance.ts'
import { movable, movedAndCaught } from '../console/fixture/make-fixture.ts'
import { people } from '../console/fixture/people.ts'
import { failedRefundOf } from '../console/fixture/provider.ts'
import { accessPictures } from './access-pictures.ts'
import { booksPictures } from './books.ts'
import { cases } from './cases.ts'
import { disputePictures } from './dispute-pictures.ts'
import { dropPictures, stopPictures } from './drop-pictures.ts'
import { moneyPictures } from './money-pictures.ts'
import type { Picture } from './picture.ts'
import { resellerPictures } from './reseller-pictures.ts'
import { settingsPictures } from './settings-pictures.ts'
import { moveLater, open, openOrderOfService, openRow } from './steps.ts'

/** Every page of the console, and what opens on it. */
export const pictures: readonly Picture[] = [
  // First: nothing is ordered or moved yet.
  {
    name: 'order-of-service-unserved',
    as: 'operator',
    show: async (page) => {
      await openOrderOfService(page)
      await page.getByLabel('Registry').click()
      await page.getByRole('option', { name: 'sim-exact' }).click()
      await page.getByText('Deposit empty').first().waitFor()
    },
  },
  { name: 'sign-in', show: async () => undefined },
  {
    name: 'sign-in-refused',
    show: async (page) => {
      await page.getByLabel('Email').fill(people.operator.email)
      await page.getByLabel('Password').fill('not the password')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  { name: 'today', phone: true, as: 'operator', show: open('Today') },
  { name: 'drop-room', phone: true, as: 'operator', show: open('Drop room') },
  { name: 'alarms', phone: true, as: 'operator', show: open('Alarms') },
  {
    name: 'alarm-close',
    as: 'operator',
    show: async (page) => {
      await open('Alarms')(page)
      await page.getByRole('button', { name: 'Close', exact: true }).first().click()
    },
  },
  { name: 'notifications', as: 'operator', show: open('Notifications') },
  {
    name: 'notification-add',
    as: 'operator',
    show: async (page) => {
      await open('Notifications')(page)
      await page.getByRole('button', { name: 'Add receiver' }).click()
    },
  },
  {
    name: 'notification-webhook',
    as: 'operator',
    show: async (page) => {
      await open('Notifications')(page)
      await page.getByRole('button', { name: 'Edit', exact: true }).first().click()
    },
  },
  { name: 'syncs', as: 'operator', show: open('Syncs') },
  {
    name: 'sync-upload',
    as: 'operator',
    show: async (page) => {
      await open('Syncs')(page)
      await page.getByRole('button', { name: 'Upload list' }).click()
    },
  },
  { name: 'sync-held-back', as: 'operator', show: openRow('Syncs', 'site-snapshot.csv') },
  { name: 'sync-nothing-to-list', as: 'operator', show: openRow('Syncs', 'pl-last-year.csv') },
  {
    name: 'sync-publish',
    as: 'operator',
    show: async (page) => {
      await openRow('Syncs', 'site-snapshot.csv')(page)
      await page.getByRole('button', { name: 'Publish' }).click()
    },
  },
  { name: 'sync-published', as: 'viewer', show: openRow('Syncs', 'pl-day-1.csv') },
  { name: 'schedules', as: 'operator', show: open('Drop schedules') },
  { name: 'schedule', as: 'operator', show: openRow('Drop schedules', movable) },
  {
    name: 'schedule-move',
    as: 'operator',
    show: async (page) => {
      await openRow('Drop schedules', movable)(page)
      await moveLater(page)
    },
  },
  {
    name: 'schedule-moved',
    as: 'operator',
    show: async (page) => {
      await openRow('Drop schedules', movable)(page)
      await moveLater(page)
      await page.getByLabel('Reason').fill('The registry announced maintenance on its drop system.')
      await page.getByRole('button', { name: 'Move', exact: true }).click()
      await page.getByRole('button', { name: 'Undo move' }).waitFor()
    },
  },
  {
    name: 'schedule-undo',
    as: 'operator',
    show: async (page) => {
      await openRow('Drop schedules', movable)(page)
      await page.getByRole('button', { name: 'Undo move' }).click()
      await page.getByRole('table', { name: 'Preview' }).waitFor()
    },
  },
  { name: 'order-of-service', phone: true, as: 'operator', show: openOrderOfService },
  { name: 'backorders', as: 'viewer', show: open('Backorders') },
  {
    name: 'case-caught',
    phone: true,
    as: 'finance',
    show: async (page) => {
      await openRow('Backorders', movedAndCaught)(page)
      await page
        .getByRole('button', { name: /Show all/ })
        .first()
        .click()
    },
  },
  { name: 'case-failed', phone: true, as: 'finance', show: openRow('Backorders', 'copperfield.shop') },
  { name: 'case-idn', as: 'viewer', show: openRow('Backorders', 'xn--bcher-kva.shop') },
  ...cases,
  {
    name: 'refund-propose',
    as: 'finance',
    show: async (page) => {
      await openRow('Backorders', movedAndCaught)(page)
      await page.getByRole('button', { name: 'Propose refund' }).click()
      await page.getByLabel('Amount (USD)').fill('5.00')
      await page
        .getByLabel('Note')
        .fill('The reseller’s customer paid twice at their side; goodwill for the delay.')
    },
  },
  {
    name: 'refunds-proposer',
    as: 'finance',
    show: async (page) => {
      await openRow('Backorders', movedAndCaught)(page)
      await page.getByRole('button', { name: 'Propose refund' }).click()
      await page.getByLabel('Amount (USD)').fill('5.00')
      await page.getByLabel('Note').fill('Goodwill for the delay.')
      await page.getByRole('button', { name: 'Propose', exact: true }).click()
      await page.getByText('Proposed by you').waitFor()
      await open('Refunds')(page)
    },
  },
  { name: 'refunds-approver', as: 'approver', show: open('Refunds') },
  {
    name: 'refund-approve',
    as: 'approver',
    show: async (page) => {
      await open('Refunds')(page)
      await page.getByRole('button', { name: 'Approve', exact: true }).click()
    },
  },
  { name: 'today-finance', as: 'finance', show: open('Today') },
  { name: 'finance-tasks', as: 'finance', show: open('Finance tasks') },
  {
    name: 'finance-task',
    as: 'finance',
    show: async (page) => {
      await open('Finance tasks')(page)
      await page.getByText('Refund failed').first().click()
      await page.getByRole('heading', { name: 'Refund failed', level: 1 }).waitFor()
    },
  },
  {
    name: 'finance-retry',
    as: 'finance',
    show: async (page) => {
      await open('Finance tasks')(page)
      await page.getByRole('button', { name: 'Credit balance' }).first().click()
    },
  },
  { name: 'payments', as: 'finance', show: open('Payments') },
  { name: 'payment-disputed', as: 'finance', show: openRow('Payments', 'fair-winds.shop') },
  { name: 'payment', as: 'finance', show: openRow('Payments', 'north-orchard.shop') },
  {
    name: 'payment-refund-now',
    as: 'finance',
    show: async (page) => {
      await openRow('Payments', 'north-orchard.shop')(page)
      await page.getByRole('button', { name: 'Refund now' }).click()
    },
  },
  {
    name: 'refund-failed',
    as: 'finance',
    show: async (page) => {
      await open('Refunds')(page)
      await page
        .getByRole('row')
        .filter({ hasText: failedRefundOf })
        .getByText('Failed', { exact: true })
        .click()
      await page.getByRole('heading', { name: /^Refund of/, level: 1 }).waitFor()
    },
  },
  { name: 'accounts', as: 'finance', show: open('Accounts') },
  { name: 'account', as: 'approver', show: openRow('Accounts', byBank) },
  { name: 'account-by-card', as: 'approver', show: openRow('Accounts', 'Cobalt Web') },
  ...resellerPictures,
  ...settingsPictures,
  { name: 'bank-transfers', as: 'approver', show: open('Bank transfers') },
  {
    name: 'bank-transfer-record',
    as: 'finance',
    show: async (page) => {
      await openRow('Accounts', byBank)(page)
      await page.getByRole('button', { name: 'Record bank transfer' }).click()
    },
  },
  {
    name: 'bank-transfer-approve',
    as: 'approver',
    show: async (page) => {
      await open('Bank transfers')(page)
      await page.getByRole('button', { name: 'Approve', exact: true }).click()
    },
  },
  { name: 'reconciliation', as: 'finance', show: open('Reconciliation') },
  ...booksPictures,
  { name: 'refund-limits', as: 'approver', show: open('Refund limits') },
  { name: 'seller-unset', as: 'finance', show: open('Seller') },
  { name: 'seller-set', as: 'approver', show: typeSeller },
  {
    name: 'seller-saved',
    as: 'approver',
    show: async (page) => {
      await typeSeller(page)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByRole('button', { name: 'Edit', exact: true }).waitFor()
    },
  },
  {
    name: 'invoice-issue',
    as: 'finance',
    show: async (page) => {
      await openRow('Backorders', movedAndCaught)(page)
      await page.getByRole('button', { name: 'Issue invoice' }).click()
      await page.getByLabel('Reason').fill('Asked for by telephone.')
    },
  },
  {
    name: 'case-invoiced',
    as: 'finance',
    show: async (page) => {
      await openRow('Backorders', movedAndCaught)(page)
      await page.getByRole('button', { name: 'Issue invoice' }).click()
      await page.getByLabel('Reason').fill('Asked for by telephone.')
      await page.getByRole('button', { name: 'Issue', exact: true }).click()
      await page.getByRole('link', { name: /^View TEST-INV/ }).scrollIntoViewIfNeeded()
    },
  },
  { name: 'invoices', as: 'finance', show: open('Invoices') },
  {
    name: 'invoice',
    as: 'finance',
    show: async (page) => {
      await open('Invoices')(page)
      await page.getByText(/^TEST-INV/).click()
      await page.getByRole('heading', { name: /^TEST-INV/, level: 1 }).waitFor()
    },
  },
  {
    name: 'audit',
    as: 'admin',
    show: async (page) => {
      await open('Audit')(page)
      await page.getByRole('combobox', { name: 'Action' }).click()
      await page.getByRole('option', { name: 'Bank transfer recorded' }).click()
      await page.getByRole('row', { name: 'Bank transfer recorded' }).first().click()
      await page.getByText('Previous hash').first().waitFor()
    },
  },
  ...dropPictures,
  {
    name: 'not-found',
    as: 'viewer',
    show: async (page) => {
      await page.goto(new URL('/backorders/0/show', page.url()).href)
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'empty',
    as: 'viewer',
    show: async (page) => {
      await open('Backorders')(page)
      await page.getByRole('searchbox', { name: 'Name' }).fill('no such name')
      await page.getByText('No matches').waitFor()
    },
  },
  ...accessPictures,
  ...moneyPictures,
  ...stopPictures,
  ...disputePictures,
]

async function typeSeller(page: Page): Promise<void> {
  await open('Seller')(page)
  await page.getByRole('button', { name: 'Set seller' }).click()
  const typed = {
    'Legal name': 'Droplock Services Ltd',
    Address: '1 Example Street\nDublin 2',
    Country: 'IE',
    'Tax ID': 'IE1234567X',
    'Tax in prices (%)': '23',
    Reason: 'As registered.',
  }
  for (const [label, text] of Object.entries(typed))
    await page.getByRole('textbox', { name: label }).fill(text)
}
