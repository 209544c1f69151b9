import { switchAccount } from '@droplock/core/accounts/administer'
import { asService } from '@droplock/core/context'
import { uploadPrices } from '@droplock/core/prices/upload'
import { expect, test } from 'vitest'
import {
  BEGIN_MINOR,
  booksOf,
  type Customer,
  newCustomer,
  PRICE_MINOR,
  withOrderOpen,
} from './support/customers.ts'
import {
  goOnToCard,
  isSecured,
  openCardPage,
  orderByCard,
  payFromBalance,
  payWithCard,
  signIn,
} from './support/journey.ts'
import { isReady, like, marketplaceOfFile, type Visit } from './support/marketplace.ts'

// What goes wrong while a customer orders, on the real pages: it is said plainly, nothing is lost, and nothing is ordered or paid twice.

const marketplace = marketplaceOfFile()

const TEST_MS_MAX = 120_000

/** One order of a new customer, paid once, in the one way or the other. */
const paidOnce = {
  fromBalance: {
    orders: ['backordered 2900'],
    payments: ['balance succeeded 2900'],
    refunds: [],
    available: BEGIN_MINOR - PRICE_MINOR,
  },
  byCard: {
    orders: ['backordered 2900'],
    payments: ['card succeeded 2900'],
    refunds: [],
    available: BEGIN_MINOR,
  },
} as const

const nothing = { orders: [], payments: [], refunds: [], available: BEGIN_MINOR }

/** What the customer has not paid yet can be paid for a moment only. */
async function endTimeToPay({ accountId }: Customer): Promise<void> {
  const payBy = new Date(Date.now() + 1_000)
  const { db } = marketplace.environment.ctx
  for (const table of ['backorder', 'payment'] as const)
    await db
      .updateTable(table)
      .set({ pay_by: payBy })
      .where('account_id', '=', accountId)
      .where('pay_by', 'is not', null)
      .execute()
}

/** Does something while a process does not answer, as a machine that hangs; it goes on where it was. */
async function whileStopped(app: 'gateway' | 'worker', during: () => Promise<void>): Promise<void> {
  const pid = marketplace.environment.pidOf(app)
  process.kill(pid, 'SIGSTOP')
  try {
    await during()
  } finally {
    process.kill(pid, 'SIGCONT')
  }
}

const payButton = ({ page, texts }: Visit) =>
  page.getByRole('button', { name: like(texts.order.orderFromBalance) })

const says = ({ page }: Visit, text: string) => page.getByRole('alert').filter({ hasText: text }).waitFor()

test(
  'an order whose time to pay passes says so by itself, and the name is ordered again',
  async () => {
    const customer = await withOrderOpen(marketplace, 'lapsed')
    const { page, hand, texts } = customer
    await orderByCard(customer)
    await endTimeToPay(customer)
    await page.getByRole('heading', { name: like(texts.order.expired.lapsed), level: 1 }).waitFor()
    await page.getByText(texts.order.freeAgain).waitFor()

    await hand.press(page.getByRole('link', { name: texts.order.orderAgain, exact: true }))
    await payFromBalance(customer)
    await expect
      .poll(() => booksOf(marketplace, customer))
      .toEqual({
        orders: ['expired 2900', 'backordered 2900'],
        payments: ['card canceled 0', 'balance succeeded 2900'],
        refunds: [],
        available: BEGIN_MINOR - PRICE_MINOR,
      })
  },
  TEST_MS_MAX,
)

test(
  'a declined card is said, and another one pays the same order once',
  async () => {
    const customer = await withOrderOpen(marketplace, 'declined')
    const { page, texts } = customer
    await goOnToCard(customer)
    await payWithCard(customer, 'declined')
    await page.getByText(texts.pay.declinedTitle, { exact: true }).waitFor()
    await page.getByText(texts.pay.anotherCard).waitFor()
    await openCardPage(customer)
    await payWithCard(customer, 'good')
    await isSecured(customer)
    expect(await booksOf(marketplace, customer)).toEqual(paidOnce.byCard)
  },
  TEST_MS_MAX,
)

test(
  'a price that changes meanwhile is shown before anything is ordered, and accepted by ordering again',
  async () => {
    const customer = await withOrderOpen(marketplace, 'dearer')
    const { page, hand, texts, name } = customer
    await hand.press(page.getByRole('radio', { name: texts.pay.balance }))
    await setPrice(customer, name, '31')
    await hand.press(payButton(customer))
    await says(customer, texts.order.priceChangedTitle)
    await says(customer, texts.order.priceChanged.replace('{now}', '$31.00').replace('{before}', '$29.00'))
    expect(await booksOf(marketplace, customer)).toEqual(nothing)

    await hand.press(page.getByRole('button', { name: /\$31\.00/ }))
    await isSecured(customer)
    expect(await booksOf(marketplace, customer)).toEqual({
      orders: ['backordered 3100'],
      payments: ['balance succeeded 3100'],
      refunds: [],
      available: BEGIN_MINOR - 3_100,
    })
  },
  TEST_MS_MAX,
)

/** An operator's price for one name, and until the name has it. */
async function setPrice({ page }: Customer, name: string, amount: string): Promise<void> {
  await uploadPrices(asService(marketplace.environment.ctx), {
    title: `${name} is dearer`,
    text: `kind,match,currency,amount\nname,${name},USD,${amount}`,
    reason: 'a test',
    dryRun: false,
  })
  const listing = new URL(`/api/v1/listings/${name}`, page.url()).href
  await expect
    .poll(async () => (await (await page.request.get(listing)).json()).price.amount_minor, {
      timeout: 10_000,
    })
    .toBe(Number(amount) * 100)
}

test(
  'a payment that the cut-off overtakes is said to be too late, and goes back to the card once',
  async () => {
    const customer = await withOrderOpen(marketplace, 'overtaken')
    const { page, texts, name } = customer
    await goOnToCard(customer)
    // What closes orders is held up, as it may be: the provider still takes the card.
    await whileStopped('worker', async () => {
      await marketplace.environment.ctx.db
        .updateTable('listing')
        .set({ cutoff_at: new Date() })
        .where('name', '=', name)
        .execute()
      await payWithCard(customer, 'good')
      await page.getByRole('heading', { name: like(texts.order.payFor), level: 1 }).waitFor()
    })
    await page.getByRole('heading', { name: like(texts.order.tooLate), level: 1 }).waitFor()
    await page.getByText(like(texts.order.late.original_payment)).waitFor()
    expect(await booksOf(marketplace, customer)).toEqual({
      orders: ['expired 2900'],
      payments: ['card succeeded 2900'],
      refunds: ['late_payment original_payment 2900'],
      available: BEGIN_MINOR,
    })
    expect(await page.getByRole('link', { name: texts.order.orderAgain, exact: true }).count()).toBe(0)
  },
  TEST_MS_MAX,
)

test(
  'a card that is sent after the time to pay takes nothing: its page says so, and leads back to the order, which has ended',
  async () => {
    const customer = await withOrderOpen(marketplace, 'too-slow')
    const { page, hand, texts } = customer
    await goOnToCard(customer)
    await page.getByRole('heading', { name: 'Sandbox payment' }).waitFor()
    await endTimeToPay(customer)
    const { db } = marketplace.environment.ctx
    const payments = db.selectFrom('payment').select('state').where('account_id', '=', customer.accountId)
    await expect.poll(() => payments.execute(), { timeout: 20_000 }).toEqual([{ state: 'canceled' }])
    await hand.press(page.getByRole('button', { name: 'Pay', exact: true }))
    await page.getByText('Nothing was taken.').waitFor()
    await hand.press(page.getByRole('link', { name: 'Return to the shop' }))
    await page.getByRole('heading', { name: like(texts.order.expired.lapsed), level: 1 }).waitFor()
    await page.getByText(texts.order.expiredAbout).waitFor()
    expect(await booksOf(marketplace, customer)).toEqual({
      orders: ['expired 2900'],
      payments: ['card canceled 0'],
      refunds: [],
      available: BEGIN_MINOR,
    })
  },
  TEST_MS_MAX,
)

test(
  'while the gateway hangs, a page says that it cannot be reached, and leads back to itself',
  async () => {
    const visit = await marketplace.visit({ language: 'en' })
    const { page, hand, texts } = visit
    const address = `${marketplace.environment.urlOf('marketplace')}/en/names?q=unreached`
    await whileStopped('gateway', async () => {
      const answer = await page.goto(address)
      expect(answer?.status()).toBe(503)
      expect(Number(answer?.headers()['retry-after'])).toBeGreaterThan(0)
      await page
        .getByRole('heading', { name: 'The service cannot be reached at the moment', level: 1 })
        .waitFor()
    })
    await hand.press(page.getByRole('link', { name: 'Try again now', exact: true }))
    await isReady(page)
    await page.getByRole('heading', { name: texts.names.title, level: 1 }).waitFor()
    expect(page.url()).toBe(address)
  },
  TEST_MS_MAX,
)

test(
  'an order that the gateway leaves unanswered is said to have failed, and is placed once however often Pay is pressed',
  async () => {
    const customer = await withOrderOpen(marketplace, 'unanswered')
    const { page, hand, texts } = customer
    await hand.press(page.getByRole('radio', { name: texts.pay.balance }))
    await whileStopped('gateway', async () => {
      await hand.press(payButton(customer))
      await says(customer, texts.problems.unreachable)
      expect(await page.getByRole('radio', { name: texts.pay.balance }).isChecked()).toBe(true)
      await page.getByText(texts.order.spelledOf.split('{')[0] ?? '').waitFor()
      await hand.press(payButton(customer))
    })
    await isSecured(customer)
    expect(await booksOf(marketplace, customer)).toEqual(paidOnce.fromBalance)
  },
  TEST_MS_MAX,
)

test(
  'Pay pressed twice at once orders and pays once, from the balance and by card',
  async () => {
    const customer = await withOrderOpen(marketplace, 'twice')
    const { page, hand, texts } = customer
    await hand.press(page.getByRole('radio', { name: texts.pay.balance }))
    await payButton(customer).dblclick()
    await isSecured(customer)
    expect(await booksOf(marketplace, customer)).toEqual(paidOnce.fromBalance)

    const byCard = await withOrderOpen(marketplace, 'twice-by-card')
    await byCard.hand.press(byCard.page.getByRole('radio', { name: texts.pay.card }))
    await byCard.page.getByRole('button', { name: like(texts.order.orderByCard) }).dblclick()
    await openCardPage(byCard)
    await payWithCard(byCard, 'good')
    await isSecured(byCard)
    expect(await booksOf(marketplace, byCard)).toEqual(paidOnce.byCard)
  },
  TEST_MS_MAX,
)

test(
  'a suspended account is shown as such when it pays and before it orders, and orders once it is resumed',
  async () => {
    const customer = await withOrderOpen(marketplace, 'suspended')
    const { page, hand, texts, accountId } = customer
    const operator = asService(marketplace.environment.ctx)
    await hand.press(page.getByRole('radio', { name: texts.pay.balance }))
    await switchAccount(operator, { accountId, enabled: false, reason: 'a test' })
    await hand.press(payButton(customer))
    await says(customer, texts.problems.codes.account_suspended)

    await page.reload()
    await page.getByText(texts.order.suspended, { exact: true }).waitFor()
    expect(await payButton(customer).count()).toBe(0)

    await switchAccount(operator, { accountId, enabled: true, reason: 'a test' })
    await page.reload()
    await payFromBalance(customer)
    expect(await booksOf(marketplace, customer)).toEqual(paidOnce.fromBalance)
  },
  TEST_MS_MAX,
)

test(
  'who may only look is not offered to order or to pay, and the API refuses their session',
  async () => {
    const owner = await withOrderOpen(marketplace, 'looked-at')
    await orderByCard(owner)
    const viewer = await newCustomer(marketplace, 'looks-on', owner)
    const { page, texts } = viewer
    await marketplace.drops.announce(['not-offered.live'])

    await viewer.open('/names?q=not-offered')
    await page.getByRole('link', { name: 'not-offered.live', exact: true }).waitFor()
    expect(await page.getByRole('link', { name: like(texts.names.backorderName) }).count()).toBe(0)
    expect(await page.getByRole('main').getByRole('checkbox').count()).toBe(0)
    await viewer.open('/names/not-offered.live')
    await page.getByText(texts.name.viewerMayNot, { exact: true }).waitFor()
    expect(await page.getByRole('link', { name: texts.names.backorder, exact: true }).count()).toBe(0)
    await viewer.open('/order?name=not-offered.live')
    await page.getByText(texts.order.viewerMayNot, { exact: true }).waitFor()

    await page.goto(owner.page.url())
    await page.getByText(texts.order.viewerMayNot, { exact: true }).waitFor()
    expect(await page.getByRole('link', { name: like(texts.pay.toCardPage) }).count()).toBe(0)
    const [, id] = /orders\/([^/]+)\/pay/.exec(owner.page.url()) ?? []
    for (const [path, body] of [
      ['/api/v1/backorders', { name: 'not-offered.live', payment: 'balance' }],
      [`/api/v1/backorders/${id}/pay`, {}],
    ] as const)
      expect(await refusalOf(viewer, path, body)).toEqual([403, 'insufficient_scope'])
    expect((await booksOf(marketplace, owner)).orders).toEqual(['pending_payment 2900'])
  },
  TEST_MS_MAX,
)

/** How the API answers what a page could send. */
async function refusalOf({ page }: Visit, path: string, body: object): Promise<readonly [number, string]> {
  const { origin } = new URL(page.url())
  const answer = await page.request.post(origin + path, {
    headers: { origin, 'idempotency-key': crypto.randomUUID() },
    data: body,
  })
  return [answer.status(), (await answer.json()).code]
}

test(
  'a session that was ended elsewhere asks for the sign-in, and comes back to the same order',
  async () => {
    const customer = await withOrderOpen(marketplace, 'signed-out')
    const { page, hand, texts, name, email } = customer
    await hand.press(page.getByRole('radio', { name: texts.pay.balance }))
    const { db } = marketplace.environment.ctx
    await db
      .deleteFrom('member_session')
      .where('member_id', 'in', (eb) => eb.selectFrom('member').select('id').where('email', '=', email))
      .execute()
    await hand.press(payButton(customer))
    await says(customer, texts.problems.codes.unauthenticated)
    await hand.press(page.getByRole('alert').getByRole('link', { name: texts.nav.signIn, exact: true }))
    await signIn(customer, email)
    await page.getByRole('heading', { name: like(texts.order.titleOf), level: 1 }).waitFor()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain(name)
    await payFromBalance(customer)
    expect(await booksOf(marketplace, customer)).toEqual(paidOnce.fromBalance)
    expect(marketplace.faults).toEqual([])
  },
  TEST_MS_MAX,
)
