import type { Language } from '@droplock/rules/members'
import type { Client } from '@droplock/sdk/client'
import type { DehydratedState } from '@tanstack/react-query'

/** Who looks at a page: a person with a session, or a visitor. */
export type Viewer = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: 'owner' | 'buyer' | 'viewer'
  /** Operators have suspended the account: nothing can be ordered. */
  readonly isSuspended: boolean
  readonly mustAcceptTerms: boolean
}

/** What the server knows when it draws a page, and the browser goes on with. */
export type PageState = {
  readonly language: Language
  readonly currency: string
  readonly currencies: readonly string[]
  readonly viewer: Viewer | null
  /** Stripe's publishable key, where the payment itself does not name one. */
  readonly stripeKey: string | null
  /** Where customers write to. */
  readonly supportMail: string | null
  readonly queries: DehydratedState
}

/** A page to be drawn by the server. */
export type PageRequest = {
  readonly origin: string
  readonly path: string
  readonly search: string
  readonly now: Date
  readonly state: Omit<PageState, 'queries'>
  /** Reads for this page, with the visitors' key. */
  readonly api: Client
}

export type DrawnPage = {
  readonly status: 200 | 404 | 503
  readonly head: string
  readonly body: string
  readonly state: PageState
}
