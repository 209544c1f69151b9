import type { Language } from '@droplock/rules/members'
import type { Texts } from './shape.ts'

/** A language is loaded when it is used: a page needs one. */
export async function textsOf(language: Language): Promise<Texts> {
  return language === 'zh' ? (await import('./zh.ts')).zh : (await import('./en.ts')).en
}

declare module 'use-intl' {
  interface AppConfig {
    Messages: Texts
    Locale: Language
  }
}
