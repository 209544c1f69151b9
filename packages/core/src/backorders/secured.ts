/** A backorder as it is the moment it is secured. Amounts in minor units. */
export type SecuredBackorder = {
  readonly id: string
  readonly listingId: string
  readonly name: string
  readonly accountId: string
  readonly state: 'backordered'
  readonly priceMinor: bigint
  readonly currency: string
  readonly securedAt: Date
  readonly cutoffAt: Date
  readonly dropFrom: Date
  readonly dropTo: Date
}
