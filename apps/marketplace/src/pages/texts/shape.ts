import type { en } from './en.ts'

/** Texts of the same shape in another language. */
export type TextsLike<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : TextsLike<T[Key]> }

export type Texts = TextsLike<typeof en>
