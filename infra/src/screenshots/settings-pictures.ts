import type { Page } from 'playwright-core'
import type { Picture } from './picture.ts'
import { open, visit } from './steps.ts'

const list = 'kind,zone,match,currency,amount,starts_at\nlength,,1-3,USD,250.00,\ntier,,standard,XXX,oops,'

/** Settings, and what came of the orders. */
export const settingsPictures: readonly Picture[] = [
  { name: 'registries', as: 'operator', show: open('Registries') },
  { name: 'registry', as: 'operator', show: visit('registries/sim-exact/show', 'sim-exact') },
  {
    name: 'registry-test-failed',
    as: 'operator',
    show: visit('registries/sim-daily/show', 'sim-daily'),
  },
  { name: 'registry-test', as: 'operator', show: dialog('Test connection of sim-exact/droplock') },
  {
    name: 'registry-account-edit',
    as: 'operator',
    show: async (page) => {
      await dialog('Edit registry account sim-exact/droplock')(page)
      await page.getByLabel('Sessions', { exact: true }).fill('2')
      await page.getByRole('button', { name: 'Preview' }).click()
      await page.getByRole('region', { name: 'Preview' }).waitFor()
    },
  },
  {
    name: 'registry-zone-edit',
    as: 'operator',
    show: async (page) => {
      await dialog('Edit .shop')(page)
      await page.getByLabel('Phase fee (USD)').fill('2.00')
      await page.getByRole('button', { name: 'Preview' }).click()
      await page.getByRole('region', { name: 'Preview' }).waitFor()
    },
  },
  { name: 'registry-checks-edit', as: 'operator', show: dialog('Edit the list checks') },
  {
    name: 'receiver-test',
    as: 'operator',
    show: async (page) => {
      await visit('receivers', 'Notifications')(page)
      await page.getByRole('button', { name: 'Test on-call@anchor.example' }).click()
      await page.getByRole('button', { name: 'Send test' }).click()
      await page.getByRole('status', { name: 'Result' }).waitFor()
    },
  },
  { name: 'fee-answers', as: 'operator', show: visit('fee-answers', 'Fee checks') },
  { name: 'zones', as: 'operator', show: visit('zones', 'Zones') },
  {
    name: 'zone-stop',
    as: 'operator',
    show: async (page) => {
      await visit('zones', 'Zones')(page)
      await page
        .getByRole('button', { name: /^Stop orders in/ })
        .first()
        .click()
    },
  },
  { name: 'prices', as: 'approver', show: open('Prices') },
  {
    name: 'price-upload',
    as: 'approver',
    show: async (page) => {
      await openUpload(page)
      await page.getByRole('textbox', { name: 'CSV' }).fill(list)
      await page.getByRole('button', { name: 'Preview' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'price-upload-preview',
    as: 'approver',
    show: async (page) => {
      await openUpload(page)
      await page
        .getByRole('textbox', { name: 'CSV' })
        .fill('kind,zone,match,currency,amount\nlength,,1-12,USD,25.00')
      await page.getByRole('button', { name: 'Preview' }).click()
      await page.getByText(/become dearer/).waitFor()
    },
  },
  {
    name: 'price-explained',
    as: 'operator',
    show: async (page) => {
      await open('Prices')(page)
      await page.getByRole('button', { name: 'Why this price?' }).click()
      await page.getByLabel('Listed name').fill('winter-garden.site')
      await page.getByRole('button', { name: 'Explain' }).click()
      await page.getByRole('list', { name: 'Rules' }).waitFor()
    },
  },
  { name: 'price-lists', as: 'operator', show: visit('price-lists', 'Price uploads') },
  { name: 'reserved-words', as: 'operator', show: visit('reserved-words', 'Reserved words') },
  { name: 'roles', as: 'viewer', show: open('Roles') },
  { name: 'statistics', as: 'viewer', show: open('Statistics') },
]

async function openUpload(page: Page): Promise<void> {
  await open('Prices')(page)
  await page.getByRole('button', { name: 'Upload price list' }).click()
  await page.getByLabel('Name of the list').fill('December')
}

/** Opens a dialog of the page of a registry by the name of its button. */
function dialog(button: string): (page: Page) => Promise<void> {
  return async (page) => {
    await visit('registries/sim-exact/show', 'sim-exact')(page)
    await page.getByRole('button', { name: button, exact: true }).click()
    await page.getByRole('dialog').waitFor()
  }
}
