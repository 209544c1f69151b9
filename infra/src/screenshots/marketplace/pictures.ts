import type { Language } from '@droplock/rules/members'
import type { Page, Route } from 'playwright-core'
import { unsubscribeKey } from './mails.ts'
import { type MemberKey, memberPassword, members } from './members.ts'
import { released, unpaid } from './orders.ts'

/** What a picture may look up before it is taken. */
export type Found = {
  /** The order of a name, whoever's it is. */
  readonly orderOf: (name: string) => string
}

/** A page of the marketplace, taken at 1440×900 and 390×844, in both languages. */
export type PagePicture = {
  readonly name: string
  /** Below the language. */
  readonly path: string | ((found: Found) => string)
  /** Signed in as; nobody on the pages of visitors. */
  readonly as?: MemberKey
  /** Done with the page before it is opened. */
  readonly before?: (page: Page) => Promise<void>
  /** Brings the page to what is to be seen. It runs for every look of the picture, so it changes nothing. */
  readonly show?: (page: Page) => Promise<void>
}

/** How a picture is taken. */
export type PageLook = { readonly language: Language; readonly size: 'wide' | 'phone' }

export const pageLooks: readonly PageLook[] = [
  { language: 'en', size: 'wide' },
  { language: 'en', size: 'phone' },
  { language: 'zh', size: 'wide' },
  { language: 'zh', size: 'phone' },
]

/** The case of an order. */
function caseOf(name: string, as: MemberKey, domain: string): PagePicture {
  return { name: `order-${name}`, as, path: ({ orderOf }) => `/orders/${orderOf(domain)}` }
}

const orderStates = ['pending_payment', 'backordered', 'registering', 'successful', 'failed', 'expired']

/** "My backordered domains": each tab, and the case of each way in which an order goes and ends. */
const orderPictures: readonly PagePicture[] = [
  { name: 'orders', as: 'owner', path: '/orders' },
  ...orderStates.map((state) => ({
    name: `orders-${state}`,
    as: 'owner' as const,
    path: `/orders?state=${state}`,
  })),
  { name: 'orders-none', as: 'card', path: '/orders?state=pending_payment' },
  { name: 'orders-not-found', as: 'owner', path: '/orders?name=nothing-is-named-so' },
  caseOf('unpaid', 'owner', unpaid),
  caseOf('released', 'owner', released),
  caseOf('backordered', 'owner', 'winter-garden.site'),
  caseOf('registering', 'euro', 'half-answered.shop'),
  caseOf('successful', 'owner', 'harbour-lights.shop'),
  caseOf('successful-idn', 'euro', 'xn--bcher-kva.shop'),
  caseOf('lost', 'owner', 'velvet-hammer.shop'),
  caseOf('lost-by-card', 'card', 'broken-mast.shop'),
  caseOf('missed', 'euro', 'slow-river.shop'),
  caseOf('premium', 'owner', 'crown.shop'),
  caseOf('withdrawn', 'euro', 'restored-after-all.shop'),
  caseOf('refused', 'owner', 'reserved-word.shop'),
  {
    ...caseOf('renew', 'owner', 'north-orchard.shop'),
    show: async (page) => {
      await page.getByRole('button', { name: /^(Renew|续费)$/ }).click()
      await page.getByRole('radio').or(page.getByRole('alert')).first().waitFor()
    },
  },
  {
    ...caseOf('name-servers', 'owner', 'north-orchard.shop'),
    show: (page) => page.getByRole('button', { name: /Change name servers|更改域名服务器/ }).click(),
  },
]

/** The parts of an account, and the forms that are opened on them. */
const accountPictures: readonly PagePicture[] = [
  ...['balance', 'statement', 'invoices', 'contacts', 'watches', 'keys', 'webhooks'].map((part) => ({
    name: `account-${part}`,
    as: 'owner' as const,
    path: `/account/${part}`,
  })),
  {
    name: 'account-top-up',
    as: 'owner',
    path: '/account/balance',
    show: async (page) => {
      await page.getByLabel(/^(Amount|金额)/).fill('50')
      await page.getByRole('button', { name: /^(Continue to payment|前往付款)$/ }).click()
      await page.getByRole('link', { name: /50/ }).waitFor()
    },
  },
  {
    name: 'account-contact-refused',
    as: 'owner',
    path: '/account/contacts',
    show: async (page) => {
      await page.getByRole('button', { name: /^(Add a contact|添加联系人)$/ }).click()
      await page.getByRole('button', { name: /^(Save contact|保存联系人)$/ }).click()
      await page.locator('[aria-invalid="true"]').first().waitFor()
    },
  },
  {
    name: 'account-new-key',
    as: 'owner',
    path: '/account/keys',
    show: (page) => page.getByRole('button', { name: /^(New key|新建密钥)$/ }).click(),
  },
  {
    name: 'account-new-endpoint',
    as: 'owner',
    path: '/account/webhooks',
    show: async (page) => {
      await page.getByRole('button', { name: /^(New endpoint|新建端点)$/ }).click()
      await page.getByRole('radio').last().click()
    },
  },
  {
    name: 'account-delete-contact',
    as: 'owner',
    path: '/account/contacts',
    show: (page) =>
      page
        .getByRole('button', { name: /^(Delete|删除)/ })
        .first()
        .click(),
  },
]

/** Of one order of several names, whose results are known. */
const bulkOrder = {
  id: '01a00000-0000-7000-8000-0000000000b0',
  state: 'finished',
  items: 3,
  waiting: 0,
  placed: 1,
  refused: 2,
  created_at: '2026-11-30T09:00:00.000Z',
}

const refusedItem = (position: number, name: string, code: string) => ({
  position,
  name,
  state: 'refused',
  problem: { code, title: code, detail: code, status: 409 },
})

const bulkItems = {
  items: [
    {
      position: 0,
      name: 'amber-door.site',
      state: 'placed',
      backorder_id: '01a00000-0000-7000-8000-0000000000d0',
    },
    refusedItem(1, 'amber-anchor.site', 'insufficient_balance'),
    refusedItem(2, 'xn--bcher-kva.site', 'name_taken'),
  ],
}

/** Names are checked, ordered and paid. Nothing is pressed that orders. */
const orderingPictures: readonly PagePicture[] = [
  { name: 'ordering-visitor', path: '/order?name=amber-door.site' },
  { name: 'ordering', as: 'owner', path: '/order?name=amber-door.site' },
  {
    name: 'ordering-by-card',
    as: 'card',
    path: '/order?name=amber-door.site',
    show: (page) => page.getByRole('radio', { name: /^(By card|银行卡)$/ }).check(),
  },
  { name: 'ordering-taken', as: 'card', path: '/order?name=winter-garden.site' },
  { name: 'ordering-unlisted', as: 'card', path: '/order?name=nobody-lists-this.site' },
  {
    name: 'ordering-several',
    as: 'owner',
    path: '/order?name=amber-door.site&name=amber-anchor.site&name=nobody-lists-this.site',
  },
  {
    name: 'ordering-one-of-several',
    as: 'card',
    path: '/order?name=amber-door.site&name=amber-anchor.site&step=1',
  },
  {
    name: 'ordering-results',
    as: 'owner',
    path: '/order?bulk=01a00000-0000-7000-8000-0000000000b0',
    before: async (page) => {
      await page.route('**/api/v1/bulk-orders/*', (route) => route.fulfill({ json: bulkOrder }))
      await page.route('**/api/v1/bulk-orders/*/items*', (route) => route.fulfill({ json: bulkItems }))
    },
  },
  {
    name: 'pay',
    as: 'owner',
    path: ({ orderOf }) => `/orders/${orderOf(unpaid)}/pay`,
    show: (page) => page.locator('a.pay').waitFor(),
  },
  { name: 'pay-secured', as: 'owner', path: ({ orderOf }) => `/orders/${orderOf('winter-garden.site')}/pay` },
  { name: 'pay-expired', as: 'owner', path: ({ orderOf }) => `/orders/${orderOf(released)}/pay` },
]

/** Becoming a member, coming back as one, and the ways in which that is refused. Nothing that is sent succeeds. */
const memberPictures: readonly PagePicture[] = [
  { name: 'sign-in', path: '/sign-in' },
  {
    name: 'sign-in-refused',
    path: '/sign-in',
    show: async (page) => {
      await page.route('**/auth/sign-in/email', (route) => refuse(route, 401, 'invalid_credentials'))
      await page.locator('input[name=email]').fill(members.owner.email)
      await page.locator('input[name=password]').fill('not the password')
      await page.locator('main button[type=submit]').click()
      await page.getByRole('alert').waitFor()
    },
  },
  { name: 'sign-in-first', path: '/account/balance' },
  { name: 'sign-up', path: '/sign-up' },
  {
    name: 'sign-up-refused',
    path: '/sign-up',
    show: async (page) => {
      await page.locator('main button[type=submit]').click()
      await page.locator('[aria-invalid="true"]').first().waitFor()
    },
  },
  {
    name: 'sign-up-sent',
    path: '/sign-up',
    show: async (page) => {
      await page.route('**/auth/sign-up/email', (route) => route.fulfill({ json: {} }))
      await page.locator('input[name=name]').fill('Nia Newcomer')
      await page.locator('input[name=email]').fill('nia@newcomer.example')
      await page.locator('input[name=password]').fill(memberPassword)
      await page.locator('input[name=terms]').check()
      await page.locator('main button[type=submit]').click()
      await page.getByText('nia@newcomer.example').waitFor()
    },
  },
  { name: 'sign-up-invited', path: '/sign-up?invitation=1&email=nia%40newcomer.example' },
  { name: 'reset-password', path: '/reset-password' },
  { name: 'reset-password-old', path: '/reset-password?error=INVALID_TOKEN' },
  { name: 'reset-password-choose', path: '/reset-password?token=of-a-picture' },
  { name: 'confirmed', path: '/confirmed' },
  { name: 'confirmed-old', path: '/confirmed?error=TOKEN_EXPIRED' },
  { name: 'confirm-address', path: '/confirm-address?token=of-a-picture' },
  { name: 'account-people', as: 'owner', path: '/account/people' },
  {
    name: 'account-person',
    as: 'owner',
    path: '/account/people',
    show: (page) =>
      page
        .getByRole('button', { name: /^(Change role|更改角色)/ })
        .first()
        .click(),
  },
  { name: 'account-security', as: 'owner', path: '/account/security' },
  {
    name: 'account-close',
    as: 'owner',
    path: '/account/security',
    show: async (page) => {
      await page.getByRole('button', { name: /^(Close the account|关闭账户|注销账户)/ }).click()
      await page.getByRole('dialog').locator('button[type=submit]').click()
      await page.locator('[aria-invalid="true"]').first().waitFor()
    },
  },
]

function refuse(route: Route, status: number, code: string): Promise<void> {
  const problem = { code, title: code, detail: code, status, request_id: 'picture' }
  return route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify(problem) })
}

/** Every page of the marketplace. */
export const pagePictures: readonly PagePicture[] = [
  { name: 'names', path: '/names' },
  { name: 'names-none', path: '/names?q=nothing-is-named-so' },
  {
    name: 'names-filters',
    path: '/names?zone=pl&length_max=12&digits=none',
  },
  { name: 'names-refused', path: '/names?shape=ZZZ&price_max=cheap' },
  { name: 'names-zone', path: '/names?zone=site' },
  { name: 'name', path: '/names/amber-door.site' },
  { name: 'name-held', path: '/names/winter-garden.site' },
  { name: 'name-unknown', path: '/names/nobody-lists-this.site' },
  ...orderingPictures,
  ...orderPictures,
  ...accountPictures,
  { name: 'notices', as: 'noted', path: '/names' },
  { name: 'account-mails', as: 'owner', path: '/account/mails' },
  { name: 'account-mails-refused', as: 'noted', path: '/account/mails' },
  { name: 'mails-off', path: `/mails/off?key=${unsubscribeKey}` },
  { name: 'mails-off-old', path: '/mails/off?key=00' },
  ...memberPictures,
  { name: 'help', path: '/help' },
  { name: 'not-found', path: '/nothing/here' },
]
