/** The part of a domain's RDAP data that decides a drop. RFC 9083 §5.3. */
export type RdapDomain = {
  readonly name: string
  /** RFC 8056, lower case: `pending delete`, `redemption period`, `active`. */
  readonly statuses: readonly string[]
  /** The event `registration`. */
  readonly registeredAt?: Date
  /** The event `last update of RDAP database`: later changes are not in the answer. RFC 9083 §4.5. */
  readonly updatedAt?: Date
  /** The sponsoring registrar's own name. */
  readonly registrar?: string
}

export type RdapAnswer =
  | { readonly kind: 'found'; readonly domain: RdapDomain }
  /** 404: the registry publishes no such domain. RFC 7480 §5.3. */
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'unavailable'
      readonly reason: string
      /** As the server asked, RFC 7480 §5.5. */
      readonly retryAfterMs?: number
    }
