import type { Page } from 'playwright-core'
import { failingSource } from '../console/fixture/schedules.ts'
import type { Picture } from './picture.ts'
import { open, visit } from './steps.ts'

/** The pages about when names drop, and where that is known from. */
export const dropPictures: readonly Picture[] = [
  { name: 'sources', as: 'operator', show: visit('list-sources', 'List sources') },
  { name: 'source', as: 'operator', show: openSource },
  {
    name: 'source-edit',
    as: 'operator',
    show: async (page) => {
      await openSource(page)
      await page.getByRole('button', { name: 'Edit', exact: true }).click()
    },
  },
  {
    name: 'source-run',
    as: 'operator',
    show: async (page) => {
      await openSource(page)
      await page.getByRole('button', { name: 'Run now' }).click()
    },
  },
  {
    name: 'source-add',
    as: 'operator',
    show: async (page) => {
      await visit('list-sources', 'List sources')(page)
      await page.getByRole('button', { name: 'Add source' }).click()
    },
  },
  { name: 'calendar', as: 'operator', show: openCalendar },
  {
    name: 'calendar-week',
    as: 'operator',
    show: async (page) => {
      await openCalendar(page)
      await page.getByRole('button', { name: 'Week', exact: true }).click()
    },
  },
  { name: 'schedule-changes', as: 'operator', show: visit('schedule-changes', 'Schedule changes') },
  {
    name: 'schedule-change',
    as: 'operator',
    show: async (page) => {
      await visit('schedule-changes', 'Schedule changes')(page)
      await page.getByRole('row').filter({ hasText: 'announced a later start' }).click()
      await page.getByRole('region', { name: 'Progress' }).waitFor()
    },
  },
  {
    name: 'schedule-change-undo',
    as: 'operator',
    show: async (page) => {
      await visit('schedule-changes', 'Schedule changes')(page)
      await page.getByRole('row').filter({ hasText: 'announced a later start' }).click()
      await page.getByRole('button', { name: 'Undo', exact: true }).click()
      await page.getByRole('table', { name: 'Preview' }).waitFor()
    },
  },
  {
    name: 'schedule-change-new',
    as: 'operator',
    show: async (page) => {
      await visit('schedule-changes/create?zone=site', 'New schedule change')(page)
      await page.getByRole('button', { name: 'Preview', exact: true }).click()
      await page.getByRole('table', { name: 'Preview' }).waitFor()
    },
  },
  { name: 'zone-policies', as: 'operator', show: visit('zone-policies', 'Zone policies') },
  { name: 'zone-policy', as: 'operator', show: visit('zone-policies/pl/show', 'Policy of .pl') },
  {
    name: 'zone-policy-edit',
    as: 'operator',
    show: async (page) => {
      await visit('zone-policies/pl/show', 'Policy of .pl')(page)
      await page.getByRole('button', { name: 'Edit policy' }).click()
      await page.getByLabel('First batch starts').fill('10:00')
      await page.getByRole('button', { name: 'Preview', exact: true }).click()
      await page.getByRole('region', { name: 'Preview' }).waitFor()
    },
  },
  {
    name: 'drift',
    as: 'operator',
    show: async (page) => {
      await visit('drift', 'Drift')(page)
      await page.getByRole('figure').waitFor()
    },
  },
  {
    name: 'drift-day',
    as: 'operator',
    show: async (page) => {
      await visit('drift?filter={"zone":"shop"}', 'Drift')(page)
      await page.getByRole('row').getByRole('link').first().click()
      await page.getByRole('heading', { name: /^Drops of/, level: 1 }).waitFor()
    },
  },
  { name: 'withdrawals', as: 'operator', show: visit('withdrawals', 'Withdrawals') },
  { name: 'suspects', as: 'operator', show: visit('suspects', 'Suspects') },
  { name: 'blocked-names', as: 'operator', show: visit('blocked-names', 'Blocked names') },
  {
    name: 'block-names',
    as: 'operator',
    show: async (page) => {
      await visit('blocked-names', 'Blocked names')(page)
      await page.getByRole('button', { name: 'Block names' }).click()
      await page
        .getByRole('textbox', { name: 'Names' })
        .fill('birch-anchor.pl\nwinter-garden.site\nnot a name!')
      await page.getByLabel('Reason').fill('Court order.')
      await page.getByRole('button', { name: 'Preview', exact: true }).click()
      await page.getByRole('table', { name: 'Preview' }).waitFor()
    },
  },
  { name: 'registry-messages', as: 'operator', show: visit('registry-messages', 'Registry notices') },
  { name: 'maintenances', as: 'operator', show: visit('maintenances', 'Maintenance') },
]

/** The stop of a registry. They are taken last: what they change is in no other picture. */
export const stopPictures: readonly Picture[] = [
  {
    name: 'drop-room-stop',
    as: 'operator',
    show: async (page) => {
      await open('Drop room')(page)
      await page.getByRole('button', { name: 'Stop sim-daily' }).click()
      await page.getByLabel('Reason').fill('Its creates cost ten times the fee.')
    },
  },
  {
    name: 'drop-room-propose-stop',
    as: 'operator',
    show: async (page) => {
      await open('Drop room')(page)
      await page.getByRole('button', { name: 'Propose stop sim-exact' }).click()
      await page.getByLabel('Reason').fill('Its creates cost ten times the fee.')
    },
  },
  {
    name: 'drop-room-stopped',
    phone: true,
    as: 'operator',
    show: async (page) => {
      await open('Drop room')(page)
      await stop(page, 'Stop', 'sim-daily')
      await stop(page, 'Propose stop', 'sim-exact')
      await page.getByText('You proposed it').waitFor()
    },
  },
  {
    name: 'drop-room-restart',
    as: 'operator',
    show: async (page) => {
      await open('Drop room')(page)
      await page.getByRole('button', { name: 'Restart sim-daily' }).click()
      await page.getByLabel('Reason').fill('The registry corrected its fees.')
    },
  },
  {
    name: 'drop-room-approve-stop',
    as: 'admin',
    show: async (page) => {
      await open('Drop room')(page)
      await page.getByRole('button', { name: 'Approve', exact: true }).click()
    },
  },
]

async function stop(page: Page, action: string, registry: string): Promise<void> {
  await page.getByRole('button', { name: `${action} ${registry}` }).click()
  await page.getByLabel('Reason').fill('Its creates cost ten times the fee.')
  await page.getByRole('button', { name: action, exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}

async function openSource(page: Page): Promise<void> {
  await visit('list-sources', 'List sources')(page)
  await page.getByRole('link', { name: failingSource }).click()
  await page.getByRole('heading', { name: failingSource, level: 1 }).waitFor()
}

async function openCalendar(page: Page): Promise<void> {
  await visit('calendar', 'Calendar')(page)
  await page.getByText('paid').first().waitFor()
}
