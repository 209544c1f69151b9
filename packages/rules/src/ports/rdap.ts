/** What a registry publishes of a domain by RDAP, as far as a drop can be judged by it. RFC 9083 §5.3. */
export type RdapDomain = {
  readonly name: string
  /** RFC 8056, lower case: `pending delete`, `redemption period`, `active`. */
  readonly statuses: readonly string[]
  /** The event `registration`. */
  readonly registeredAt?: Date
  /** The event `last update of RDAP database`: what happened later is not in the answer. RFC 9083 §4.5. */
  readonly updatedAt?: Date
  /** The sponsoring registrar, as it calls itself. */
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
