import type { Language } from '@droplock/rules/members'
import type { DehydratedState } from '@tanstack/react-query'

/** Who looks at a page: a person with a session, or a visitor. */
export type Viewer = {
  readonly email: string
  readonly name: string
  readonly role: 'owner' | 'buyer' | 'viewer'
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
  readonly queries: DehydratedState
}
