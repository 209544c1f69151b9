import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { consoleOfFile } from './support/console.ts'
import { confirm, textWith } from './support/pages.ts'

// Settings of registries as operators and others work with them.

const session = consoleOfFile()

async function openRegistry(page: Page): Promise<void> {
  await page.goto(new URL('/registries/sim-exact/show', page.url()).href)
  await page.getByRole('heading', { name: 'sim-exact', level: 1 }).waitFor()
}

const EDIT = 'Edit registry account sim-exact/droplock'

test('of two operators who edit one registry account the second is refused, keeps what was typed and sees what changed', async () => {
  const [page, other] = await Promise.all([session.as('operator'), session.again('operator')])
  for (const each of [page, other]) {
    await openRegistry(each)
    await each.getByRole('button', { name: EDIT }).click()
  }
  await other.getByLabel('Sessions', { exact: true }).fill('3')
  await other.getByRole('button', { name: 'Preview' }).click()
  expect(await textWith(other.getByRole('region', { name: 'Preview' }), '→')).toBe('Sessions: 4 → 3')
  await confirm(other, 'Save', 'The contract of 2027.')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Idle time of a session (s)').fill('120')
  await dialog.getByRole('button', { name: 'Preview' }).click()
  await dialog.getByLabel('Reason').fill('The registry says so.')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await textWith(dialog, 'stale_version')
  expect(await textWith(dialog.getByLabel('Changed meanwhile'), '→')).toBe('Sessions: 4 → 3')
  expect(await dialog.getByLabel('Idle time of a session (s)').inputValue()).toBe('120')
  await dialog.getByRole('button', { name: 'Keep mine and go on' }).click()
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  const limit = page.getByRole('table', { name: 'Limits' }).getByRole('row', { name: /^Idle time/ })
  expect(await textWith(limit, '120')).toMatch(/120\s+Our contract\s+300/)
  await other.close()
})

test('a test of a connection is requested with a button, and shown as it waits for the catcher', async () => {
  const page = await session.as('operator')
  await openRegistry(page)
  await page.goto(new URL('/registries/sim-daily/show', page.url()).href)
  const result = page.getByRole('region', { name: 'Last connection test of sim-daily/droplock' })
  expect(await textWith(result, 'Failed')).toContain('2200')
  await page.getByRole('button', { name: 'Test connection of sim-daily/droplock' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Test connection' }).click()
  await result.getByText('2200').waitFor({ state: 'detached' })
  await textWith(result, 'Requested')
})

test('a viewer sees the limits and the last test, and is offered no change', async () => {
  const page = await session.as('viewer')
  await openRegistry(page)
  await textWith(
    page.getByRole('region', { name: 'Last connection test of sim-exact/droplock' }),
    'Succeeded',
  )
  for (const name of [EDIT, /^Test connection/, /^Edit \./, 'Edit the list checks'])
    expect(await page.getByRole('button', { name }).count()).toBe(0)
})
