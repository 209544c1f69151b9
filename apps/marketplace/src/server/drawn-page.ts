import type { Language, MemberRole } from '@droplock/rules/members'
import type { Client } from '@droplock/sdk/client'

// What the server and the bundle of the pages say to each other. The bundle has the same types, checked with its own libraries.

export type Viewer = {
  readonly email: string
  readonly name: string
  readonly role: MemberRole
  readonly mustAcceptTerms: boolean
}

type ViewingState = {
  readonly language: Language
  readonly currency: string
  readonly currencies: readonly string[]
  readonly viewer: Viewer | null
  readonly stripeKey: string | null
}

export type PageRequest = {
  readonly origin: string
  readonly path: string
  readonly search: string
  readonly now: Date
  readonly state: ViewingState
  readonly api: Client
}

export type DrawnPage = {
  readonly status: 200 | 404 | 503
  readonly head: string
  readonly body: string
  readonly state: ViewingState
}
