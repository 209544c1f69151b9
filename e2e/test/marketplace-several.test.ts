import { expect, test } from 'vitest'
import { BEGIN_MINOR, booksOf, type Customer, newCustomer, PRICE_MINOR } from './support/customers.ts'
import { isReady, like, marketplaceOfFile, type Visit } from './support/marketplace.ts'

// Several names that are ordered at once, on the real pages, where the answer is lost: each is ordered once, and shown as the customer's.

const marketplace = marketplaceOfFile()

const TEST_MS_MAX = 120_000

/** A new customer with the order of three names open, which nobody else knows of. */
async function withSeveralOpen(mark: string): Promise<Customer & { readonly names: readonly string[] }> {
  const names = ['a', 'b', 'c'].map((letter) => `${mark}-${letter}.live`)
  await marketplace.drops.announce(names)
  const customer = await newCustomer(marketplace, mark)
  await openSeveral(customer, names)
  return { ...customer, names }
}

const orderAll = /^Order 3 names and pay/

const openSeveral = ({ open }: Visit, names: readonly string[]) =>
  open(`/order?${new URLSearchParams(names.map((name) => ['name', name]))}`)

/** Presses the button; the order arrives, and every answer to it is lost. */
async function orderUnanswered({ page, hand }: Customer): Promise<void> {
  await page.route('**/api/v1/bulk-orders', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await hand.press(page.getByRole('button', { name: orderAll }))
}

const threeOrders = {
  orders: ['backordered 2900', 'backordered 2900', 'backordered 2900'],
  payments: ['balance succeeded 2900', 'balance succeeded 2900', 'balance succeeded 2900'],
  refunds: [],
  available: BEGIN_MINOR - 3 * PRICE_MINOR,
}

test(
  'several names whose answer is lost are shown as ordered, with their orders, on the page as it is and after a reload',
  async () => {
    const customer = await withSeveralOpen('several-lost')
    const { page, hand, texts, names } = customer
    const isShown = async () => {
      const rows = page.getByRole('row').filter({ hasText: texts.order.yours })
      await expect.poll(() => rows.count(), { timeout: 20_000 }).toBe(names.length)
      await page.getByText(texts.order.allYours).waitFor()
      expect(await page.getByText(texts.problems.codes.name_taken).count()).toBe(0)
      expect(await page.getByRole('button', { name: orderAll }).count()).toBe(0)
      return rows
    }
    await orderUnanswered(customer)
    await isShown()
    await page.reload()
    await isReady(page)
    const rows = await isShown()
    await hand.press(rows.first().getByRole('link', { name: texts.order.toOrder, exact: true }))
    await page.getByRole('heading', { name: names[0] ?? '', level: 1 }).waitFor()
    expect(await booksOf(marketplace, customer)).toEqual(threeOrders)

    // The server draws these pages as everybody may see them.
    const [name = ''] = names
    await customer.open(`/names/${name}`)
    await page.getByText(texts.names.heldByYou, { exact: true }).waitFor()
    await customer.open('/names?q=several-lost')
    const own = page.getByText(texts.names.heldByYou, { exact: true })
    await expect.poll(() => own.count(), { timeout: 20_000 }).toBe(names.length)
    expect(await page.getByText(texts.names.held, { exact: true }).count()).toBe(0)
    const visitor = await marketplace.visit({ language: 'en' })
    await visitor.open(`/names/${name}`)
    await visitor.page.getByText(visitor.texts.names.held, { exact: true }).waitFor()
  },
  TEST_MS_MAX,
)

test(
  'several names that are ordered again by a page that does not know of the lost answer are ordered once, in its tab and in another',
  async () => {
    const customer = await withSeveralOpen('several-again')
    const { page, hand, texts, names } = customer
    const button = { name: orderAll }
    const otherTab = await page.context().newPage()
    await otherTab.goto(page.url())
    for (const tab of [page, otherTab]) {
      await tab.getByRole('button', button).waitFor()
      // From now on the page learns nothing new of the names.
      await tab.route('**/api/v1/backorder-checks', (route) => route.abort())
    }
    await orderUnanswered(customer)
    await page.getByRole('alert').filter({ hasText: texts.problems.unreachable }).waitFor()
    await page.unroute('**/api/v1/bulk-orders')
    await hand.press(page.getByRole('button', button))
    await page.getByRole('heading', { name: '3 names are secured for you', level: 1 }).waitFor()

    // Another tab has another key.
    await hand.press(otherTab.getByRole('button', button))
    await otherTab.getByRole('heading', { name: '3 were ordered by you before', level: 1 }).waitFor()
    expect(await otherTab.getByText(texts.order.yours, { exact: true }).count()).toBe(names.length)
    await otherTab.unroute('**/api/v1/backorder-checks')
    await hand.press(otherTab.getByRole('link', { name: texts.order.toOrder, exact: true }).first())
    await otherTab.getByRole('heading', { name: like(texts.order.secured), level: 1 }).waitFor()
    expect(await booksOf(marketplace, customer)).toEqual(threeOrders)
  },
  TEST_MS_MAX,
)
