import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { asService } from '@droplock/core/context'
import { stopRegistry } from '@droplock/core/registry-stops/stop'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { browserOrReason } from './support/console.ts'
import { endHard, type LiveDrop, openLiveDrop, registryId } from './support/live-drop.ts'
import { confirm, openPage, openRecord } from './support/pages.ts'

// One drop after the other, with a registry, a catcher and a worker as processes: later tests see what earlier ones did. No page
// is ever reloaded.

const OPEN_MS_MAX = 240_000
const TEST_MS_MAX = 120_000

/** From the last report of a catcher until its silence is on the page: 5 s, and what a busy machine adds. */
const SILENT_MS_MAX = 20_000

/** From a registry's last answer until its sessions are given up, which is after 10 s without one. */
const UNREACHABLE_MS_MAX = 45_000

/** Of our four. The rate is written in the same way, and its limit is 40. */
const allSessions = /4 of 4(?!0)/

let live: LiveDrop
let catcher: ChildProcess
let consoleApi: ChildProcess
let missing: string | undefined

beforeAll(async () => {
  const found = await browserOrReason()
  if (typeof found === 'string') missing = found
  else {
    live = await openLiveDrop()
    consoleApi = await live.startConsoleApi()
    catcher = await live.startCatcher()
  }
}, OPEN_MS_MAX)
beforeEach(({ skip }) => {
  if (missing !== undefined) skip(missing)
})
afterAll(() => live?.close())

const region = (page: Page, name: string): Locator => page.getByRole('region', { name })

/** A row of the drop room's accounts with this state. */
const account = (page: Page, state: string) =>
  region(page, 'Registry accounts')
    .getByRole('row')
    .filter({ hasText: `${registryId}/droplock` })
    .filter({ hasText: state })

const registry = (page: Page, state: string) =>
  region(page, 'Registries').getByRole('row').filter({ hasText: registryId }).filter({ hasText: state })

const result = (page: Page, name: string, state: string) =>
  region(page, 'Results').getByRole('row').filter({ hasText: name }).filter({ hasText: state })

test('a catcher that starts is on the page with its sessions against their limit, and what the registry says of our funds', async () => {
  const page = await live.as('operator')
  await openPage(page, 'Drop room')
  await account(page, 'Driven').filter({ hasText: allSessions }).waitFor()
  await live.notify({ text: 'Low Account Balance (SRS)', notice: 'low_balance' })
  await account(page, 'reported').filter({ hasText: 'USD 80' }).waitFor()
})

test(
  'an operator watches a drop: counters, wins and losses come as they happen, and a case follows its name to its end and refund',
  async () => {
    const room = await live.as('operator')
    const today = await live.again('viewer')
    const [won, lost] = [await live.again('viewer'), await live.again('finance')]
    const endings = {
      'won-one.live': 'uncontested',
      'won-two.live': 'contested_late',
      'lost-one.live': 'contested_at_once',
      'lost-two.live': 'contested_at_once',
    } as const
    await live.order(Object.keys(endings))
    await openRecord(won, 'Backorders', 'won-one.live')
    await openRecord(lost, 'Backorders', 'lost-one.live')
    for (const page of [won, lost]) await page.getByText('Backordered', { exact: true }).first().waitFor()
    await live.drop(endings, 24_000)
    const days = region(today, 'Drop day')
    await days.getByRole('row').filter({ hasText: '.live' }).waitFor({ timeout: 40_000 })
    await region(room, 'Paid names of the next window').getByText('4 in all').waitFor()

    await registry(room, 'Firing').waitFor()
    await result(room, 'won-one.live', 'Registered').waitFor()
    await result(room, 'won-two.live', 'Registered').waitFor()
    for (const name of ['lost-one.live', 'lost-two.live']) await result(room, name, 'Lost').waitFor()
    await registry(room, 'Idle').waitFor()

    await cellIs(days, 'Caught', '2')
    await cellIs(days, 'Lost', '2')
    await won.getByText('Successful', { exact: true }).first().waitFor()
    await lost.getByText('Failed', { exact: true }).first().waitFor()
    await region(lost, 'Refunds').getByText('Succeeded').waitFor()
  },
  TEST_MS_MAX,
)

test(
  'when the server of the console ends its windows say so, connect to the next one, and read what changed meanwhile',
  async () => {
    const page = await live.as('operator')
    await page.getByRole('heading', { name: 'Drop room', level: 1 }).waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    const ended = once(consoleApi, 'exit')
    consoleApi.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    await page.getByText('Not live', { exact: true }).waitFor()
    await stopRegistry(asService(live.ctx), { registryId, reason: 'It was stopped meanwhile.' })
    consoleApi = await live.startConsoleApi()
    await registry(page, 'It was stopped meanwhile.').waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    await page.getByRole('button', { name: `Restart ${registryId}` }).click()
    await confirm(page, 'Restart', 'A test.')
    await registry(page, 'Idle').waitFor()
  },
  TEST_MS_MAX,
)

test(
  'a catcher that is killed is shown as silent within seconds, and its successor as driving',
  async () => {
    const page = await live.as('operator')
    await account(page, 'Driven').waitFor()
    await endHard(catcher)
    await account(page, 'Silent').waitFor({ timeout: SILENT_MS_MAX })
    const today = await live.again('viewer')
    await account(today, 'Silent').waitFor()
    catcher = await live.startCatcher()
    await account(page, 'Driven').filter({ hasText: allSessions }).waitFor()
    await account(today, 'Driven').waitFor()
  },
  TEST_MS_MAX,
)

test(
  'in a drop one person proposes to stop the registry and another approves: no create reaches it until it is restarted',
  async () => {
    const page = await live.as('operator')
    const other = await live.as('admin')
    await openPage(other, 'Drop room')
    await live.order(['kept-one.live', 'kept-two.live'])
    await live.drop({ 'kept-one.live': 'unreleased', 'kept-two.live': 'unreleased' }, 16_000)
    await registry(page, 'Firing').waitFor()
    await page.getByRole('button', { name: `Propose stop ${registryId}` }).click()
    await confirm(page, 'Propose stop', 'Its creates cost ten times the fee.')
    await page.getByText('You proposed it. Another person has to decide.').waitFor()
    const before = await live.creates()
    await expect.poll(() => live.creates(), { timeout: 20_000 }).toBeGreaterThan(before)

    const proposal = registry(other, 'Its creates cost ten times the fee.')
    await proposal.getByRole('button', { name: 'Approve', exact: true }).click()
    await other.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click()
    await registry(page, 'Stopped').waitFor()
    await account(page, 'Registry stopped').waitFor()
    // The catcher has said that it sends none any more; what it sent before has arrived.
    const stopped = await live.creates()
    await expectStill(() => live.creates(), stopped)

    await page.getByRole('button', { name: `Restart ${registryId}` }).click()
    await confirm(page, 'Restart', 'The registry corrected its fees.')
    await expect.poll(() => live.creates(), { timeout: 20_000 }).toBeGreaterThan(stopped)
    await registry(page, 'Firing').waitFor()
  },
  TEST_MS_MAX,
)

test(
  'a registry that stops answering is shown as unreachable, and as driven when it answers again',
  async () => {
    const page = await live.as('operator')
    live.simulator.kill('SIGSTOP')
    await account(page, 'Registry unreachable').waitFor({ timeout: UNREACHABLE_MS_MAX })
    live.simulator.kill('SIGCONT')
    await account(page, 'Driven').filter({ hasText: allSessions }).waitFor({ timeout: UNREACHABLE_MS_MAX })
    await expect.poll(() => account(page, 'Registry unreachable').count(), { timeout: 20_000 }).toBe(0)
  },
  TEST_MS_MAX,
)

test(
  'a registry without paid names in their window is stopped and restarted by one person',
  async () => {
    const page = await live.as('operator')
    await registry(page, 'Idle').waitFor({ timeout: 90_000 })
    await page.getByRole('button', { name: `Stop ${registryId}` }).click()
    await confirm(page, 'Stop', 'The registry announced a fault.')
    await registry(page, 'Stopped').filter({ hasText: 'The registry announced a fault.' }).waitFor()
    await page.getByRole('button', { name: `Restart ${registryId}` }).click()
    await confirm(page, 'Restart', 'The fault is over.')
    await registry(page, 'Idle').waitFor()
    const viewer = await live.as('viewer')
    await openPage(viewer, 'Drop room')
    await registry(viewer, 'Idle').waitFor()
    expect(await viewer.getByRole('button', { name: /Stop|Restart|Propose/ }).count()).toBe(0)
    expect(live.faults).toEqual([])
  },
  TEST_MS_MAX,
)

/** Waits until the column of the only row has this. */
async function cellIs(table: Locator, column: string, text: string): Promise<void> {
  const headers = await table.getByRole('columnheader').allInnerTexts()
  const cell = table.getByRole('row').last().getByRole('cell').nth(headers.indexOf(column))
  await cell.filter({ hasText: new RegExp(`^${text}$`) }).waitFor()
}

/** Reads a number again and again: it stays. */
async function expectStill(read: () => Promise<number>, value: number): Promise<void> {
  const until = Date.now() + 3_000
  while (Date.now() < until) expect(await read()).toBe(value)
}
