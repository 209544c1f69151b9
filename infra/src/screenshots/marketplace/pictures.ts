import type { Language } from '@droplock/rules/members'
import type { Page } from 'playwright-core'
import { unsubscribeKey } from './mails.ts'
import type { MemberKey } from './members.ts'
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
  caseOf('registering', 'owner', 'silent-hour.shop'),
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
      await page.getByRole('button', { name: /50/ }).waitFor()
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
  { name: 'pay', as: 'owner', path: ({ orderOf }) => `/orders/${orderOf(unpaid)}/pay` },
  { name: 'pay-secured', as: 'owner', path: ({ orderOf }) => `/orders/${orderOf('winter-garden.site')}/pay` },
  { name: 'pay-expired', as: 'owner', path: ({ orderOf }) => `/orders/${orderOf(released)}/pay` },
]

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
  { name: 'help', path: '/help' },
  { name: 'not-found', path: '/nothing/here' },
]
