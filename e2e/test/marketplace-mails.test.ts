import { topUp } from '@droplock/core/accounts/top-up'
import { mailTo } from '@droplock/infra/marketplace/people'
import { expect, test } from 'vitest'
import { accountOf } from './support/customers.ts'
import { openOrder, payFromBalance, signUp } from './support/journey.ts'
import { isReady, marketplaceOfFile } from './support/marketplace.ts'

// What customers are sent, by the worker's process, and what they do with it on the real pages.

const marketplace = marketplaceOfFile()

const DROP_IN_MS = 15_000
const TEST_MS_MAX = 240_000

test(
  'who orders is written to: backordered, the result and the refund, each leading to the order, until the link in a mail switches them off',
  async () => {
    const visit = await marketplace.visit({ language: 'en' })
    const { page, hand, texts } = visit
    const { environment } = marketplace
    const [email, name] = ['mia@visitors.example', 'written-about.live']
    await marketplace.drops.announce([name])
    await visit.open('/names')
    await signUp(marketplace, visit, email)
    const accountId = await accountOf(marketplace, email)
    await topUp(environment.ctx, { accountId, amountMinor: 10_000n, receiptId: environment.ctx.newId() })
    await openOrder(visit, name)
    await payFromBalance(visit)

    const secured = await mailTo(environment, email, /backordered for you alone/)
    expect(secured.subject).toBe(`${name} is backordered`)
    const [order = ''] = /http\S*\/en\/orders\/\S+/.exec(secured.text) ?? []
    await page.goto(order)
    await page.getByRole('heading', { name, level: 1 }).waitFor()

    await marketplace.drops.bringForward({ [name]: 'contested_at_once' }, DROP_IN_MS)
    const lost = await mailTo(
      environment,
      email,
      new RegExp(`${name} could not be registered: someone else`),
      DROP_IN_MS * 4,
    )
    expect(lost.text).toMatch(/was refunded/)

    const [link = ''] = /http\S*\/en\/mails\/off\S+/.exec(lost.text) ?? []
    await page.goto(link)
    await isReady(page)
    await hand.press(page.getByRole('button', { name: texts.mails.off.confirm, exact: true }))
    await page.getByRole('heading', { name: texts.mails.off.doneTitle, level: 1 }).waitFor()
    await hand.press(page.getByRole('link', { name: texts.mails.off.toChoices, exact: true }))
    const result = page.getByRole('checkbox', { name: texts.mails.kinds.result.label, exact: true })
    await expect.poll(() => result.isChecked()).toBe(false)
    expect(
      await page.getByRole('checkbox', { name: texts.mails.kinds.secured.label, exact: true }).isChecked(),
    ).toBe(true)

    await hand.press(result)
    await page.getByText(`“${texts.mails.kinds.result.label}” is on. Saved.`).waitFor()
    expect(await result.isChecked()).toBe(true)
    expect(marketplace.faults).toEqual([])
  },
  TEST_MS_MAX,
)
