import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { browserOrReason, type Console, openConsole } from './support/console.ts'
import { confirm, openPage, textWith } from './support/pages.ts'

// Schedules as operators work with them, with a worker beside the console: later tests see what earlier ones did.

const browser = await browserOrReason()
const dayMs = 86_400_000

let session: Console
let registry: Server
/** What the registry's server answers now. */
let list = Array.from({ length: 40 }, (_each, index) => `fetched-${index}.pl`).join('\n')

beforeAll(async () => {
  if (typeof browser === 'string') return
  registry = createServer((_request, response) => response.end(`${list}\n`))
  await new Promise<void>((resolve) => {
    registry.listen(0, '127.0.0.1', resolve)
  })
  session = await openConsole({ withWorker: true })
}, 240_000)

beforeEach(({ skip }) => {
  if (typeof browser === 'string') skip(browser)
})

afterAll(async () => {
  if (typeof browser === 'string') return
  registry.close()
  await session.close()
})

const inThreeDays = new Date(Date.now() + 3 * dayMs).toISOString().slice(0, 10)

/** The list of the day in three days: its name says when its names drop. */
function address(): string {
  const { port } = registry.address() as AddressInfo
  return `http://127.0.0.1:${port}/${inThreeDays}.txt`
}

/** Reads the page again until it shows something: a worker is a process of its own. */
async function refreshUntil(page: Page, shown: Locator): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.getByRole('button', { name: 'Refresh' }).click()
    if (
      await shown.waitFor({ timeout: 1_000 }).then(
        () => true,
        () => false,
      )
    )
      return
  }
  await shown.waitFor()
}

const openTab = async (page: Page, entry: string, tab: string, heading: string) => {
  await openPage(page, entry)
  await page.getByRole('link', { name: tab, exact: true }).click()
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
}

const openSource = async (page: Page) => {
  await openTab(page, 'Syncs', 'Sources', 'List sources')
  await page.getByRole('link', { name: address() }).click()
  await page.getByRole('heading', { name: address(), level: 1 }).waitFor()
}

test('an operator adds a source, and its list is fetched and published', async () => {
  const page = await session.as('operator')
  await openTab(page, 'Syncs', 'Sources', 'List sources')
  await page.getByRole('button', { name: 'Add source' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Address').fill(address())
  // Then it is fetched only when it is run.
  await dialog.getByLabel('Time between tries').fill('1 d')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('heading', { name: address(), level: 1 }).waitFor()
  await refreshUntil(page, page.getByRole('row').filter({ hasText: 'Published' }).filter({ hasText: '40' }))
})

test('a list that would list nothing is held back, and an operator discards it with a reason', async () => {
  const page = await session.as('operator')
  list = Array.from({ length: 40 }, (_each, index) => `fetched-${index}.invalid`).join('\n')
  await openSource(page)
  await page.getByRole('button', { name: 'Run now' }).click()
  await confirm(page, 'Run now', 'The registry corrected its list.')
  const held = page.getByRole('row').filter({ hasText: 'Held back' })
  await refreshUntil(page, held)
  await held.getByRole('link').click()
  await textWith(page.getByRole('alert'), 'can be listed')
  await page.getByRole('button', { name: 'Discard' }).click()
  await confirm(page, 'Discard', 'The registry sent an empty list.')
  await page.getByText('Discarded by Otto Operator').waitFor()
  await page.getByText('The registry sent an empty list.').waitFor()
  await page.getByRole('link', { name: 'View source' }).click()
  await page.getByRole('heading', { name: address(), level: 1 }).waitFor()
})

test('a dry run is compared and changes nothing', async () => {
  const page = await session.as('operator')
  list = Array.from({ length: 45 }, (_each, index) => `fetched-${index}.pl`).join('\n')
  await openSource(page)
  await page.getByRole('button', { name: 'Dry run' }).click()
  await confirm(page, 'Dry run', 'To see what is new.')
  const run = page.getByRole('row').filter({ hasText: 'Dry run' }).filter({ hasText: 'Ready' })
  await refreshUntil(page, run)
  await run.getByRole('link').click()
  expect(await textWith(page.getByRole('tablist'), 'Added')).toContain('Added 5')
  expect(await page.getByRole('button', { name: 'Publish' }).count()).toBe(0)
})

test('of two operators who edit one source the second is refused, keeps what was typed and sees what changed', async () => {
  const [page, other] = await Promise.all([session.as('operator'), session.again('operator')])
  for (const each of [page, other]) {
    await openSource(each)
    await each.getByRole('button', { name: 'Edit', exact: true }).click()
  }
  await other.getByRole('dialog').getByLabel('Late after').fill('30 h')
  await confirm(other, 'Save', 'The registry publishes later.')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Precedence').fill('5')
  await dialog.getByLabel('Reason').fill('The better list.')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await textWith(dialog, 'source_changed')
  expect(await textWith(dialog.getByLabel('Changed meanwhile'), '30 h')).toContain(
    'Late without a new list for: 26 h → 30 h',
  )
  expect(await dialog.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true)
  expect(await dialog.getByLabel('Precedence').inputValue()).toBe('5')
  await dialog.getByRole('button', { name: 'Keep mine and go on' }).click()
  await dialog.getByLabel('Late after').fill('30 h')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await textWith(page.getByRole('region', { name: 'Terms' }), '30 h')
  await other.close()
})

test('an operator moves a day of a zone after a preview, and undoes it; its names are as before', async () => {
  const page = await session.as('operator')
  await openTab(page, 'Drop schedules', 'Calendar', 'Calendar')
  // The days are drawn before what drops on them is known.
  const day = new Date(Date.now() + 2 * dayMs).toISOString().slice(0, 10)
  await page.getByRole('gridcell').first().waitFor()
  if ((await page.locator(`[data-day="${day}"]`).count()) === 0)
    await page.getByRole('button', { name: 'Next month' }).click()
  await page.getByRole('gridcell', { name: /\.com\.pl\s*40/ }).click()
  await page
    .getByRole('row')
    .filter({ hasText: '.com.pl' })
    .getByRole('link', { name: 'Move this day' })
    .click()
  await page.getByRole('heading', { name: 'New schedule change', level: 1 }).waitFor()
  await page.getByLabel(/^By/).fill('2 h')
  await page.getByRole('button', { name: 'Preview', exact: true }).click()
  const preview = page.getByRole('table', { name: 'Preview' })
  expect(await textWith(preview, 'amber-anchor.com.pl')).toContain('Moves')
  await page.getByRole('button', { name: 'Apply', exact: true }).click()
  await confirm(page, 'Apply', 'Maintenance at the registry.')
  await page.getByRole('heading', { name: 'Windows 2 h later', level: 1 }).waitFor()
  await refreshUntil(page, page.getByText('40 of 40 done'))
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await page.getByRole('dialog').getByRole('table', { name: 'Preview' }).waitFor()
  await confirm(page, 'Undo', 'The maintenance was called off.')
  await refreshUntil(page, page.getByText('40 of 40 undone'))
  await page.getByText('The maintenance was called off.').waitFor()
})

test('arrow keys go through the days of the calendar', async () => {
  const page = await session.as('operator')
  await openTab(page, 'Drop schedules', 'Calendar', 'Calendar')
  await page.getByRole('button', { name: 'Today' }).click()
  const chosen = page.getByRole('gridcell', { selected: true })
  await chosen.focus()
  const before = await chosen.getAttribute('data-day')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  const after = new Date(Date.parse(String(before)) + 8 * dayMs).toISOString().slice(0, 10)
  await page.locator(`[data-day="${after}"]:focus`).waitFor()
})

test('a policy is changed after a preview, and a change of it is refused where another came first', async () => {
  const [page, other] = await Promise.all([session.as('operator'), session.again('operator')])
  for (const each of [page, other]) {
    await openTab(each, 'Drop schedules', 'Zone policies', 'Zone policies')
    await each.getByRole('link', { name: '.net.pl', exact: true }).click()
    await each.getByRole('button', { name: 'Edit policy' }).click()
    await each
      .getByRole('dialog')
      .getByLabel('First batch starts')
      .fill(each === page ? '11:00' : '10:00')
    await each.getByRole('button', { name: 'Preview', exact: true }).click()
    await textWith(each.getByRole('region', { name: 'Preview' }), 'First batch starts')
  }
  await confirm(other, 'Save', 'New terms of the registry.')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('Announced by the registry.')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await textWith(dialog, 'zone_policy_changed')
  expect(await textWith(dialog.getByLabel('Changed meanwhile'), '10:00')).toContain('First batch starts')
  await dialog.getByRole('button', { name: 'Keep mine and go on' }).click()
  await confirm(page, 'Save', 'Announced by the registry.')
  await textWith(page.getByRole('region', { name: 'Policy in force' }), '11:00')
  await other.close()
})

test('an operator blocks names after a preview, and unblocks one', async () => {
  const page = await session.as('operator')
  await openTab(page, 'Withdrawals', 'Blocked', 'Blocked names')
  await page.getByRole('button', { name: 'Block names' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Names' }).fill('fetched-1.pl\nmüller-fetched.pl')
  await dialog.getByLabel('Reason').fill('A court order.')
  await dialog.getByRole('button', { name: 'Preview', exact: true }).click()
  expect(await textWith(dialog.getByRole('table', { name: 'Preview' }), 'fetched-1.pl')).toContain(
    'Blocked and withdrawn',
  )
  await dialog.getByRole('button', { name: 'Block', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('searchbox', { name: 'Name' }).fill('müller-fetched')
  const row = page.getByRole('row').filter({ hasText: 'xn--mller-fetched-' })
  await row.getByRole('button', { name: 'Unblock' }).click()
  await confirm(page, 'Unblock', 'The order was lifted.')
  await row.waitFor({ state: 'detached' })
})

test('a viewer reads all of it and sees no button that changes anything', async () => {
  const page = await session.as('viewer')
  const none = async (...names: readonly string[]) => {
    for (const name of names) {
      expect(await page.getByRole('button', { name, exact: true }).count(), name).toBe(0)
      expect(await page.getByRole('link', { name, exact: true }).count(), name).toBe(0)
    }
  }
  await openSource(page)
  await page.getByRole('row').filter({ hasText: 'Published' }).first().waitFor()
  await none('Run now', 'Dry run', 'Edit', 'Disable', 'Add source')
  await openTab(page, 'Drop schedules', 'Changes', 'Schedule changes')
  await page.getByRole('row').filter({ hasText: 'Maintenance at the registry.' }).click()
  await textWith(page.getByRole('region', { name: 'History' }), 'called off')
  await none('New change', 'Undo', 'Apply', 'Stop')
  await openTab(page, 'Drop schedules', 'Zone policies', 'Zone policies')
  await page.getByRole('link', { name: '.net.pl', exact: true }).click()
  await textWith(page.getByRole('region', { name: 'Policy in force' }), '11:00')
  await none('Edit policy', 'Apply to live names')
  await openTab(page, 'Withdrawals', 'Blocked', 'Blocked names')
  await page.getByRole('row').filter({ hasText: 'fetched-1.pl' }).waitFor()
  await none('Block names', 'Unblock')
  await openTab(page, 'Registry notices', 'Maintenance', 'Maintenance')
  await none('Enter maintenance', 'Cancel maintenance')
  expect(session.faults).toEqual([])
})
