type Ordered = {
  readonly id: string
  readonly listingId: string
  readonly name: string
  readonly accountId: string
  readonly priceMinor: bigint
  readonly currency: string
  readonly cutoffAt: Date
  readonly dropFrom: Date
  readonly dropTo: Date
}

/** A backorder as it is the moment it is secured. Amounts in minor units. */
export type SecuredBackorder = Ordered & { readonly state: 'backordered'; readonly securedAt: Date }

/** A backorder as it is the moment it is held: exclusive, unpaid, and over at `payBy`. */
export type HeldBackorder = Ordered & {
  readonly state: 'pending_payment'
  readonly heldAt: Date
  readonly payBy: Date
  /** The card payment that is waited for; the provider is asked for it after this transaction. */
  readonly paymentId: string
}
