import type { Language } from '@droplock/rules/members'
import type { Texts } from './shape.ts'

/** All texts in a language: what the server draws with. */
export async function textsOf(language: Language): Promise<Texts> {
  return language === 'zh' ? (await import('./zh.ts')).zh : (await import('./en.ts')).en
}

/** The texts that are loaded before anything is shown. Those of other pages come with the pages. */
export async function firstTextsOf(language: Language): Promise<Partial<Texts>> {
  return language === 'zh' ? (await import('./zh/first.ts')).first : (await import('./en/first.ts')).first
}

type Load = () => Promise<Partial<Texts>>

/** The texts of the pages of a folder. */
const areas = {
  account: {
    en: async () => (await import('./en/account.ts')).account,
    zh: async () => (await import('./zh/account.ts')).account,
  },
  contacts: {
    en: async () => (await import('./en/contacts.ts')).contacts,
    zh: async () => (await import('./zh/contacts.ts')).contacts,
  },
  help: {
    en: async () => (await import('./en/help.ts')).help,
    zh: async () => (await import('./zh/help.ts')).help,
  },
  mails: {
    en: async () => (await import('./en/mails.ts')).mails,
    zh: async () => (await import('./zh/mails.ts')).mails,
  },
  members: {
    en: async () => (await import('./en/members.ts')).members,
    zh: async () => (await import('./zh/members.ts')).members,
  },
  order: {
    en: async () => (await import('./en/order.ts')).order,
    zh: async () => (await import('./zh/order.ts')).order,
  },
  orders: {
    en: async () => (await import('./en/orders.ts')).orders,
    zh: async () => (await import('./zh/orders.ts')).orders,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, Load>>>>

export type Area = keyof typeof areas

const loaded = new Map<string, Promise<Partial<Texts>>>()

/** The texts of some areas together: the same promise for the same areas, so that React can wait for it. */
export function textsOfAreas(language: Language, wanted: readonly Area[]): Promise<Partial<Texts>> {
  const key = `${language} ${wanted.join(' ')}`
  const known = loaded.get(key)
  if (known !== undefined) return known
  const loading = Promise.all(wanted.map((area) => areas[area][language]())).then(
    (all): Partial<Texts> => Object.assign({}, ...all),
  )
  loaded.set(key, loading)
  // What could not be loaded is tried again with the next page.
  loading.catch(() => loaded.delete(key))
  return loading
}

declare module 'use-intl' {
  interface AppConfig {
    Messages: Texts
    Locale: Language
  }
}
