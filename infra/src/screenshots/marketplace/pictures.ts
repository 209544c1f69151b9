import type { Language } from '@droplock/rules/members'
import type { Page } from 'playwright-core'
import { unsubscribeKey } from './mails.ts'
import type { MemberKey } from './members.ts'

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

/** Every page of the marketplace. */
export const pagePictures: readonly PagePicture[] = [
  { name: 'names', path: '/names' },
  { name: 'names-none', path: '/names?q=nothing-is-named-so' },
  {
    name: 'names-filters',
    path: '/names?zone=pl&length_max=12&digits=none',
  },
  { name: 'name', path: '/names/amber-door.site' },
  { name: 'name-held', path: '/names/winter-garden.site' },
  { name: 'name-unknown', path: '/names/nobody-lists-this.site' },
  { name: 'notices', as: 'noted', path: '/names' },
  { name: 'account-mails', as: 'owner', path: '/account/mails' },
  { name: 'account-mails-refused', as: 'noted', path: '/account/mails' },
  { name: 'mails-off', path: `/mails/off?key=${unsubscribeKey}` },
  { name: 'mails-off-old', path: '/mails/off?key=00' },
  { name: 'help', path: '/help' },
  { name: 'not-found', path: '/nothing/here' },
]
