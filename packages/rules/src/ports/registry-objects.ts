import type { Money } from '../money.ts'

/** What a registrar sends to a registry besides creates, and what it receives (RFC 5731–5733). */

/** An exact decimal in major units as the registry writes it (`10.00`). Never a float: `parseAmount` reads it. */
export type Decimal = string

type FeeCommand = 'create' | 'renew' | 'restore' | 'delete' | 'transfer' | 'update'

export type FeeQuestion = {
  readonly command: FeeCommand
  readonly years?: number
  readonly currency?: string
}

/** One command's price for one name. RFC 8748 §5.1.1. */
export type FeeQuote = {
  readonly name: string
  readonly command: string
  readonly currency: string
  readonly years?: number
  readonly fees: readonly { readonly amount: Decimal; readonly description?: string }[]
  /** The registry's name of the price tier. */
  readonly class?: string
  /** Whether the registry calls this its standard fee. Absent where it did not say. */
  readonly standard?: boolean
  /** Why there is no fee. */
  readonly reason?: string
}

/** The fees and credits in an answer; `chargedMoney` is their sum. RFC 8748 §5.2.1. */
export type ChargedFee = {
  readonly currency?: string
  readonly fees: readonly Decimal[]
  /** Zero or negative. */
  readonly credits?: readonly Decimal[]
  /** What is left of our deposit. */
  readonly balance?: Decimal
}

export type DomainContact = { readonly type: 'admin' | 'billing' | 'tech'; readonly id: string }

/** With addresses it is sent as a host attribute, which only registries without host objects take. RFC 5731 §1.1. */
export type NameServer = { readonly name: string; readonly addresses?: readonly string[] }

/** A delegation signer or a key; a registry takes one of the two kinds. RFC 5910 §4. */
export type DnssecRecord =
  | {
      readonly kind: 'ds'
      readonly keyTag: number
      readonly algorithm: number
      readonly digestType: number
      /** Hexadecimal. */
      readonly digest: string
    }
  | {
      readonly kind: 'key'
      readonly flags: number
      readonly protocol: number
      readonly algorithm: number
      /** Base64. */
      readonly publicKey: string
    }

/** The statuses that a registrar may set. RFC 5731 §2.3. */
type ClientStatus =
  | 'clientDeleteProhibited'
  | 'clientHold'
  | 'clientRenewProhibited'
  | 'clientTransferProhibited'
  | 'clientUpdateProhibited'

export type RenewDomain = {
  readonly name: string
  readonly clTRID: string
  /** As the registry last stated it: it prevents a second renewal. Its UTC day is sent. */
  readonly currentExDate: Date
  readonly years: number
  /** The most that we pay, as for a create. */
  readonly feeCap?: Money
}

export type Renewed = { readonly name: string; readonly exDate?: Date; readonly charged?: ChargedFee }

export type DomainParts = {
  readonly nameServers?: readonly NameServer[]
  readonly contacts?: readonly DomainContact[]
  readonly statuses?: readonly ClientStatus[]
}

export type UpdateDomain = {
  readonly name: string
  readonly clTRID: string
  readonly add?: DomainParts
  readonly remove?: DomainParts
  readonly registrant?: string
  readonly authInfo?: string
  readonly dnssec?: {
    readonly remove?: 'all' | readonly DnssecRecord[]
    readonly add?: readonly DnssecRecord[]
    /** Asks for immediate publication; a registry may refuse that (2102). Absent: as the registry requires. RFC 5910 §5.2.5. */
    readonly urgent?: boolean
  }
}

/** The report that completes a restore. RFC 3915 §4.2.5. */
export type RestoreReport = {
  readonly preData: string
  readonly postData: string
  readonly deletedAt: Date
  readonly restoredAt: Date
  readonly reason: string
  /** One or two. */
  readonly statements: readonly [string, string?]
}

export type PostalInfo = {
  /** `int` is ASCII; `loc` may be anything. */
  readonly type: 'int' | 'loc'
  readonly name: string
  readonly org?: string
  /** At most three lines. */
  readonly street: readonly string[]
  readonly city: string
  readonly province?: string
  readonly postalCode?: string
  /** ISO 3166 alpha-2. */
  readonly country: string
}

/** Which fields may be shown (`show: true`) or must not be. RFC 5733 §2.9. */
export type Disclosure = {
  readonly show: boolean
  readonly fields: readonly ('name' | 'org' | 'addr' | 'voice' | 'fax' | 'email')[]
}

export type ContactDetails = {
  readonly postal: readonly [PostalInfo, PostalInfo?]
  /** `+CC.number`, with `x` and digits where there is an extension. */
  readonly voice?: string
  readonly fax?: string
  readonly email: string
  readonly disclosure?: Disclosure
}

export type CreateContact = ContactDetails & {
  readonly id: string
  readonly clTRID: string
  readonly authInfo: string
}

export type UpdateContact = {
  readonly id: string
  readonly clTRID: string
  readonly addStatuses?: readonly string[]
  readonly removeStatuses?: readonly string[]
  readonly change?: Partial<ContactDetails> & { readonly authInfo?: string }
}

export type ContactInfo = {
  readonly id: string
  readonly roid: string
  readonly clID: string
  readonly statuses: readonly string[]
  readonly postal: readonly PostalInfo[]
  readonly voice?: string
  readonly fax?: string
  readonly email?: string
  readonly crDate?: Date
}

export type HostInfo = {
  readonly name: string
  readonly roid: string
  readonly clID: string
  readonly statuses: readonly string[]
  readonly addresses: readonly string[]
  readonly crDate?: Date
}

/** Changes the addresses of a host. RFC 5732 §3.2.5. */
export type UpdateHost = {
  readonly name: string
  readonly clTRID: string
  readonly addAddresses: readonly string[]
  readonly removeAddresses: readonly string[]
}

/** The result of a command that was answered 1001: an award, or none. RFC 5731 §3.3. */
export type PendingAction = {
  readonly object: 'domain' | 'contact' | 'host'
  readonly name: string
  readonly done: boolean
  /** Our clTRID of that command, where the registry kept it. */
  readonly clTRID?: string
  readonly svTRID: string
  readonly at?: Date
}

export type Transfer = {
  readonly object: 'domain' | 'contact'
  readonly name: string
  readonly status: string
  readonly requestedBy: string
  readonly actedBy: string
  readonly exDate?: Date
}

/** What a message says in the data of a standard: RFC 9167, RFC 8590, Verisign's and FRED's notices of low credit. */
export type RegistryNotice =
  | {
      readonly kind: 'maintenance'
      readonly id: string
      readonly from: Date
      readonly to: Date
      /** It was called off, or is over. */
      readonly isCanceled: boolean
      readonly systems: readonly string[]
    }
  /** Amounts as the registry writes them, or a percentage. */
  | { readonly kind: 'balance_low'; readonly available?: string; readonly threshold?: string }
  | {
      readonly kind: 'change'
      readonly operation: string
      readonly at?: Date
      readonly by?: string
      readonly reason?: string
    }

/** RFC 5730 §2.9.2.3. What is not understood is still in the evidence. */
export type PollMessage = {
  readonly id: string
  readonly queuedAt?: Date
  readonly text: string
  readonly pendingAction?: PendingAction
  readonly transfer?: Transfer
  /** The object that the message is about, where it carries an `infData`. */
  readonly about?: string
  readonly notice?: RegistryNotice
  /** Namespaces of unhandled data, which were not logged in (RFC 9038). */
  readonly unhandled: readonly string[]
  /** The whole answer as received, with secrets masked. */
  readonly evidence: string
}

/** `message` is absent when the queue is empty (1300). */
export type Polled = { readonly waiting: number; readonly message?: PollMessage }
