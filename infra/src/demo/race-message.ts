/** What a reseller's process is told, and what it tells: messages between the demo and its racers. */

export type RaceOrder = {
  readonly gateway: string
  readonly apiKey: string
  /** In the order in which they are tried. */
  readonly names: readonly string[]
  /** Requests under way at once. */
  readonly atOnce: number
}

/** The gateway's last answer to one attempt. */
export type Attempt = {
  readonly name: string
  readonly status: number
  /** The problem's code, unless it was taken. */
  readonly code?: string
  /** The backorder's id, when it was taken. */
  readonly id?: string
}

export type ToRacer = { readonly kind: 'order'; readonly order: RaceOrder } | { readonly kind: 'go' }
export type FromRacer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly attempts: readonly Attempt[] }
