import type { Language } from '@droplock/rules/members'
import type { en } from './en.ts'

/** Texts of the same shape in another language. */
export type TextsLike<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : TextsLike<T[Key]> }

export type Texts = TextsLike<typeof en>

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
