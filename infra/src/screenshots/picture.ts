import type { Page } from 'playwright-core'
import type { PersonKey } from '../console/fixture/people.ts'

export type Picture = {
  readonly name: string
  /** The person signed in; none on the sign-in page. */
  readonly as?: PersonKey
  /** Used on call: taken as on a telephone too. */
  readonly phone?: boolean
  /** Brings the page to what is to be seen. It runs once, before the first look. */
  readonly show: (page: Page) => Promise<void>
}

/** How a picture is taken: 1440×900 light and dark, and some at 390×844. */
export type Look = 'light' | 'dark' | 'phone'

export function looksOf({ phone = false }: Picture): readonly Look[] {
  return phone ? ['light', 'dark', 'phone'] : ['light', 'dark']
}
